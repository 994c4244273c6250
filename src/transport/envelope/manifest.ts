import type { Address } from '../address.js';
import { isMessageId } from '../id.js';
import { foldName, nameFault } from '../names.js';
import type { RoutingHeader } from '../routing-header.js';
import type { PreviousMessage } from './message.js';
import { isBase64url, isObject } from './text.js';

export const MANIFEST_TYP = 'careplan-manifest+jws';

/** What the signed manifest says of a file. */
export interface ManifestFile {
  readonly n: number;
  readonly name: string;
  readonly kind: string;
  readonly mediaType: string;
  /** Bytes and SHA-256 of the file, before it was sealed. */
  readonly size: number;
  readonly sha256: string;
  /** SHA-256 of the sealed file. */
  readonly cipherSha256: string;
  /** Its key, 32 bytes in base64url. */
  readonly cek: string;
}

/** What only the manifest knows. */
export interface ManifestContent {
  readonly files: readonly ManifestFile[];
  readonly previous: PreviousMessage | null;
}

/** Writes a manifest as canonical JSON (RFC 8785); what the header says is repeated from it, `binding` is its hash. */
export const formatManifest = (content: ManifestContent, header: RoutingHeader, binding: string): string =>
  JSON.stringify({
    createdAt: header.createdAt,
    files: content.files.map(({ cek, cipherSha256, kind, mediaType, n, name, sha256, size }) => ({
      cek,
      cipherSha256,
      kind,
      mediaType,
      n,
      name,
      sha256,
      size,
    })),
    from: plain(header.from),
    header: binding,
    id: header.id,
    kinds: header.kinds,
    previous: content.previous && { id: content.previous.id, serial: content.previous.serial },
    serial: header.serial,
    standard: header.standard,
    to: plain(header.to),
    v: 1,
  });

/**
 * Reads the manifest of a header; undefined for what `formatManifest` would not have written of it: another receiver, id, serial,
 * order or number of files, kinds that differ, names that no file may have, members it does not know.
 */
export function parseManifest(text: string, header: RoutingHeader, binding: string): ManifestContent | undefined {
  try {
    const { files, previous } = JSON.parse(text) as ManifestContent;
    const content = { files, previous };
    if (!isContent(content, header) || formatManifest(content, header, binding) !== text) return undefined;
    return content;
  } catch {
    return undefined;
  }
}

const plain = ({ officeNumber, serviceType }: Address) => ({ officeNumber, serviceType });

function isContent({ files, previous }: ManifestContent, { parts, kinds }: RoutingHeader): boolean {
  if (!Array.isArray(files) || files.length !== parts.length - 1 || !isPrevious(previous)) return false;
  if (!files.every((file, i) => isFile(file) && file.n === i + 1 && file.cipherSha256 === parts[i + 1]?.sha256))
    return false;
  return sameKinds(files, kinds) && distinctNames(files);
}

/** Whether the kinds of files are these, each once. */
export const sameKinds = (files: readonly { readonly kind: string }[], kinds: readonly string[]): boolean =>
  new Set(kinds).size === kinds.length &&
  new Set(files.map(({ kind }) => kind)).size === kinds.length &&
  files.every(({ kind }) => kinds.includes(kind));

/** Whether no two files have a name that some file system takes for one. */
export const distinctNames = (files: readonly { readonly name: string }[]): boolean =>
  new Set(files.map(({ name }) => foldName(name))).size === files.length;

/** Whether a file of this name and media type may be sealed. */
export const isNamed = ({ name, mediaType }: { readonly name: unknown; readonly mediaType: unknown }): boolean =>
  typeof name === 'string' &&
  nameFault(name) === undefined &&
  typeof mediaType === 'string' &&
  /^[a-z]{1,20}\/[a-z0-9.+-]{1,80}$/.test(mediaType);

/** Whether a value names the message that went before, or says that there is none. */
export const isPrevious = (value: unknown): value is PreviousMessage | null =>
  value === null ||
  (isObject(value) &&
    typeof value.id === 'string' &&
    isMessageId(value.id) &&
    typeof value.serial === 'string' &&
    /^[0-9]{14}$/.test(value.serial));

function isFile(value: unknown): value is ManifestFile {
  if (!isObject(value) || !isNamed(value as unknown as ManifestFile)) return false;
  const { size, sha256, cek } = value;
  if (!Number.isSafeInteger(size) || (size as number) < 0 || typeof value.kind !== 'string') return false;
  return /^[0-9a-f]{64}$/.test(String(sha256)) && isBase64url(cek) && cek.length === 43;
}
