import { base64url } from 'jose';
import { sameAddress } from '../address.js';
import { sha256, sha256OfText } from '../bytes.js';
import { TransportError } from '../error.js';
import { formatHeader, headerBinding, parseHeader, type RoutingHeader } from '../routing-header.js';
import { sealFile } from './file-jwe.js';
import { distinctKeys, keyFault } from './key-validity.js';
import type { OfficeKeys, PublicKey } from './keys.js';
import { ENVELOPE_LIMITS } from './limits.js';
import {
  distinctNames,
  formatManifest,
  isNamed,
  isPrevious,
  MANIFEST_TYP,
  type ManifestFile,
  sameKinds,
} from './manifest.js';
import { sealManifest } from './manifest-jwe.js';
import type { PlainMessage, PreviousMessage, SealedMessage } from './message.js';
import { utf8 } from './text.js';

export interface SealOptions {
  /** The sender's own. */
  readonly keys: OfficeKeys;
  /** The receiver's keys for encryption (`encryptionKeys`), as a directory gives them: all of them can open it. */
  readonly recipients: readonly PublicKey[];
  /** What was sent before in this lane; null for the first. */
  readonly previous: PreviousMessage | null;
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/**
 * Signs and seals a message for its receiver and, as the copy of what was sent, for its sender.
 *
 * The result is for storing: sealing again gives other bytes, which every transport takes for another message of the same id.
 * Throws a TransportError and seals nothing: `key.unknown`, `key.expired`, `key.revoked`, `key.untrusted` (a key of the receiver, or
 * the signing key at `createdAt`); `message.invalid` (id, addresses, serial, times, names, media types; kinds that are not those of the
 * files), `address.self`, `too-large` (`ENVELOPE_LIMITS`); and what the signer throws.
 */
export async function sealMessage(message: PlainMessage, options: SealOptions): Promise<SealedMessage> {
  const { keys, previous, createdAt } = options;
  checkPlain(message, options);
  const recipients = recipientsOf(options);
  const sealed: string[] = [];
  const files: ManifestFile[] = [];
  for (const [i, { name, kind, mediaType, bytes }] of message.files.entries()) {
    const cek = crypto.getRandomValues(new Uint8Array(32));
    const jwe = await sealFile(bytes, mediaType, cek);
    sealed.push(jwe);
    files.push({
      n: i + 1,
      name,
      kind,
      mediaType,
      size: bytes.length,
      sha256: await sha256(bytes),
      cipherSha256: await sha256OfText(jwe),
      cek: base64url.encode(cek),
    });
  }
  const parts = files.map(({ n, cipherSha256 }, i) => ({ n, size: sealed[i]?.length ?? 0, sha256: cipherSha256 }));
  const header = headerOf(message, options, [{ n: 0, size: 0, sha256: '0'.repeat(64) }, ...parts]);
  const binding = await headerBinding(header);
  const signed = await keys.signer.sign(utf8(formatManifest({ files, previous }, header, binding)), MANIFEST_TYP);
  const manifest = await sealManifest(signed, binding, recipients);
  const first = { n: 0, size: manifest.length, sha256: await sha256OfText(manifest) };
  return {
    header: formatHeader({ ...header, createdAt, parts: [first, ...parts] }),
    parts: [manifest, ...sealed],
  };
}

function headerOf(
  message: PlainMessage,
  { createdAt, expiresAt }: SealOptions,
  parts: RoutingHeader['parts'],
): RoutingHeader {
  const { id, from, to, serial, standard, kinds } = message;
  return parseHeader(formatHeader({ v: 1, id, from, to, serial, standard, kinds, parts, createdAt, expiresAt }));
}

function checkPlain(message: PlainMessage, options: SealOptions): void {
  const { files, kinds, id } = message;
  const refuse = (code: 'message.invalid' | 'too-large' | 'address.self', part?: number): never => {
    throw new TransportError(code, { messageId: id, ...(part === undefined ? {} : { part: part + 1 }) });
  };
  if (files.length > ENVELOPE_LIMITS.files) refuse('too-large');
  const hash = '0'.repeat(64);
  headerOf(
    message,
    options,
    [0, ...files].map((_, n) => ({ n, size: 0, sha256: hash })),
  );
  if (sameAddress(message.from, message.to)) refuse('address.self');
  if (options.expiresAt <= options.createdAt || !isPrevious(options.previous)) refuse('message.invalid');
  for (const [i, file] of files.entries()) {
    if (!isNamed(file) || !(file.bytes instanceof Uint8Array)) refuse('message.invalid', i);
    if (file.bytes.length > ENVELOPE_LIMITS.fileBytes) refuse('too-large', i);
  }
  if (!sameKinds(files, kinds) || !distinctNames(files)) refuse('message.invalid');
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > ENVELOPE_LIMITS.messageBytes) refuse('too-large');
}

/** For whom it is sealed: the receiver's keys, which must all be valid, and the valid ones of the sender. */
function recipientsOf({ keys, recipients, createdAt }: SealOptions): readonly PublicKey[] {
  const receiver = recipients.filter(({ use }) => use === 'enc');
  const signing = keys.publicKeys.find(({ use, kid }) => use === 'sig' && kid === keys.signer.kid);
  if (receiver.length === 0 || !signing) throw new TransportError('key.unknown');
  for (const key of [signing, ...receiver]) {
    const fault = keyFault(key, createdAt);
    if (fault) throw new TransportError(fault);
  }
  const own = keys.publicKeys.filter((key) => key.use === 'enc' && keyFault(key, createdAt) === undefined);
  const all = distinctKeys([...receiver, ...own]);
  if (all.length > ENVELOPE_LIMITS.recipients) throw new TransportError('too-large');
  return all;
}
