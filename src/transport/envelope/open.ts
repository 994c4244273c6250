import { base64url } from 'jose';
import { type Address, owns } from '../address.js';
import { sha256 } from '../bytes.js';
import { TransportError, type TransportErrorDetails } from '../error.js';
import type { TransportErrorCode } from '../error-codes.js';
import { headerBinding, parseHeader, type RoutingHeader } from '../routing-header.js';
import { openFile } from './file-jwe.js';
import type { CertificateCheck, Decrypter, PublicKey } from './keys.js';
import { ENVELOPE_LIMITS, type EnvelopeLimits, sealedFileBytes, sealedManifestBytes } from './limits.js';
import { MANIFEST_TYP, type ManifestContent, parseManifest } from './manifest.js';
import { readManifestJwe } from './manifest-jwe.js';
import type { OpenedMessage, PlainFile } from './message.js';
import { checkSigner, verifySignature } from './signature.js';
import { fromUtf8, utf8 } from './text.js';

/** A sealed message as it arrived. */
export interface SealedParts {
  readonly header: string;
  readonly parts: readonly (Uint8Array | string)[];
}

export interface OpenOptions {
  readonly keys: { readonly decrypter: Decrypter };
  /** The verified keys of the office that the header names as sender: of a directory, or one's own for the copy of what was sent. */
  readonly sender: readonly PublicKey[];
  /** The addresses whose mailboxes it may lie in; any where absent, as for the copy of what was sent. */
  readonly self?: readonly Address[];
  /** When it arrived, in milliseconds since 1970 UTC; the present where absent. */
  readonly now?: number;
  /** Where given, the signature must come with certificates that it accepts. */
  readonly certificates?: CertificateCheck;
  readonly limits?: Partial<EnvelopeLimits>;
}

/**
 * Opens a sealed message and proves it: all of it, or nothing is given.
 *
 * Throws a TransportError and nothing else: `message.invalid` (the header), `integrity.content` (a part is not as the header says),
 * `manifest.mismatch` (manifest, header and files differ; another receiver, kinds, order, number), `decrypt`, `signature`,
 * `key.unknown` (sealed for none of these keys, or signed by none of the sender's), `key.untrusted`, `key.expired`, `key.revoked`,
 * `too-large` (limits, or a file that becomes larger than the manifest says), and what a decrypter throws of its own.
 */
export async function openMessage(sealed: SealedParts, options: OpenOptions): Promise<OpenedMessage> {
  let messageId: string | undefined;
  try {
    if (typeof sealed.header !== 'string') refuse('message.invalid');
    const header = parseHeader(sealed.header);
    messageId = header.id;
    return await open(sealed.parts, header, options);
  } catch (error) {
    const known = error instanceof TransportError ? error : new TransportError('internal', { cause: error });
    throw messageId === undefined ? known : known.with({ messageId });
  }
}

async function open(parts: SealedParts['parts'], header: RoutingHeader, options: OpenOptions): Promise<OpenedMessage> {
  const limits = { ...ENVELOPE_LIMITS, ...options.limits };
  if (options.self && !owns(options.self, header.to)) refuse('manifest.mismatch');
  const [manifest = '', ...files] = await readParts(parts, header, limits);
  const binding = await headerBinding(header);
  const { decrypter } = options.keys;
  const jwe = await readManifestJwe(manifest, binding, limits.recipients);
  const kid = jwe.recipients.map(({ header }) => header?.kid).find((one) => decrypter.kids.includes(one ?? ''));
  const signed = fromBytes(await decrypter.decrypt(jwe, kid ?? refuse('key.unknown')), 'decrypt');
  const signature = await verifySignature(signed, MANIFEST_TYP, options.sender, manifest.length);
  await checkSigner(signature, { signedAt: header.createdAt, now: options.now ?? Date.now() }, options.certificates);
  const text = fromBytes(signature.payload, 'manifest.mismatch');
  const content = parseManifest(text, header, binding) ?? refuse('manifest.mismatch');
  const { id, from, to, serial, standard, kinds, createdAt } = header;
  return {
    ...{ id, from, to, serial, standard, kinds, createdAt },
    files: await openFiles(files, content, limits),
    previous: content.previous,
    manifestSha256: header.parts[0]?.sha256 ?? '',
    kid: signature.key.kid,
  };
}

/** The parts as text, in number, size and SHA-256 as the header says. Nothing is copied before sizes are known to be bearable. */
async function readParts(
  parts: SealedParts['parts'],
  header: RoutingHeader,
  limits: EnvelopeLimits,
): Promise<string[]> {
  if (header.parts.length - 1 > limits.files) refuse('too-large');
  if (parts.length !== header.parts.length) refuse('manifest.mismatch');
  for (const { n, size } of header.parts) {
    if (size > (n === 0 ? sealedManifestBytes(limits) : sealedFileBytes(limits.fileBytes)))
      refuse('too-large', { part: n + 1 });
    if (parts[n]?.length !== size) refuse('integrity.content', { part: n + 1 });
  }
  if (
    header.parts.reduce((sum, { size }) => sum + size, 0) >
    sealedFileBytes(limits.messageBytes) + limits.files * 200
  ) {
    refuse('too-large');
  }
  const texts: string[] = [];
  for (const { n, size, sha256: expected } of header.parts) {
    const part = parts[n] ?? '';
    const bytes = typeof part === 'string' ? utf8(part) : part;
    if (bytes.length !== size || (await sha256(bytes)) !== expected) refuse('integrity.content', { part: n + 1 });
    texts.push(typeof part === 'string' ? part : fromBytes(bytes, 'decrypt'));
  }
  return texts;
}

async function openFiles(
  sealed: readonly string[],
  content: ManifestContent,
  limits: EnvelopeLimits,
): Promise<PlainFile[]> {
  const { files } = content;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > limits.messageBytes || files.some(({ size }) => size > limits.fileBytes)) refuse('too-large');
  const opened: PlainFile[] = [];
  for (const [i, { name, kind, mediaType, size, sha256: expected, cek }] of files.entries()) {
    const bytes = await openFile(sealed[i] ?? '', size, base64url.decode(cek)).catch((error: TransportError) => {
      throw error.with({ part: i + 2 });
    });
    if ((await sha256(bytes)) !== expected) refuse('manifest.mismatch', { part: i + 2 });
    opened.push({ name, kind, mediaType, bytes });
  }
  return opened;
}

function refuse(code: TransportErrorCode, details: TransportErrorDetails = {}): never {
  throw new TransportError(code, details);
}

function fromBytes(bytes: Uint8Array, code: TransportErrorCode): string {
  try {
    return fromUtf8(bytes);
  } catch {
    return refuse(code);
  }
}
