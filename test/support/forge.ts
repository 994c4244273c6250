import { createHash, randomBytes } from 'node:crypto';
import { CompactEncrypt, CompactSign, FlattenedEncrypt, type JWK } from 'jose';
import type {
  OfficeKeys,
  PlainMessage,
  PrivateJwk,
  PublicKey,
  SealedMessage,
} from '../../src/transport/envelope/index.js';
import { formatHeader, type RoutingHeader } from '../../src/transport/index.js';
import { DAY, NOW } from './envelope.js';

export const b64u = (value: unknown): string =>
  Buffer.from(value instanceof Uint8Array ? value : typeof value === 'string' ? value : JSON.stringify(value)).toString(
    'base64url',
  );
export const hash = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** JSON with its keys in order: RFC 8785 for what manifests hold, written again here so that two hands agree. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
    .join(',')}}`;
}

// biome-ignore lint/suspicious/noExplicitAny: forgeries have any form.
type Any = any;

/** Where a forger puts hands on: each is given what an honest sender has there, and gives what takes its place. */
export interface Hands {
  readonly createdAt?: number;
  /** The routing header, before anything is bound to it. */
  header?(header: RoutingHeader): RoutingHeader;
  /** The header of a file's JWE, and its plaintext. */
  fileHeader?(header: Any, n: number): Any;
  fileBytes?(bytes: Uint8Array, n: number): Uint8Array;
  fileText?(jwe: string, n: number): string;
  /** The manifest: an object to be written canonically, or a text as it is. */
  manifest?(manifest: Any): Any;
  /** The signature. */
  jwsHeader?(header: Any): Any;
  jws?(input: { header: Any; payload: string; honest: string }): string | Promise<string>;
  /** What is encrypted, and how. */
  enc?: string;
  binding?(binding: string): string;
  recipients?(recipients: Any[]): Any[];
  /** The protected header of the manifest's JWE, before it is encrypted. */
  protect?(header: Any): Any;
  /** The JWE: an object, or a text as it is. */
  jwe?(jwe: Any): Any;
  /** The header as it is sent. */
  sent?(header: RoutingHeader): RoutingHeader;
}

/** A sealed message made without the library, by one who has these keys; where no hand is put on, an honest one. */
export async function forge(
  message: PlainMessage,
  signing: PrivateJwk,
  receivers: readonly PublicKey[],
  hands: Hands = {},
): Promise<SealedMessage> {
  const files: Any[] = [];
  const sealed: string[] = [];
  for (const [i, { bytes, name, kind, mediaType }] of message.files.entries()) {
    const cek = randomBytes(32);
    const honest = { alg: 'dir', enc: 'A256GCM' };
    const header = hands.fileHeader?.(honest, i + 1) ?? honest;
    const plain = hands.fileBytes?.(bytes, i + 1) ?? bytes;
    const jwe = await new CompactEncrypt(plain).setProtectedHeader(header).encrypt(cek, { crit: { x: true } });
    const text = hands.fileText?.(jwe, i + 1) ?? jwe;
    sealed.push(text);
    const about = { n: i + 1, name, kind, mediaType, size: bytes.length, sha256: hash(bytes) };
    files.push({ ...about, cipherSha256: hash(text), cek: b64u(cek) });
  }
  const { id, from, to, serial, standard, kinds } = message;
  const createdAt = hands.createdAt ?? NOW;
  const parts = files.map(({ n, cipherSha256 }, i) => ({ n, size: sealed[i]?.length ?? 0, sha256: cipherSha256 }));
  const routed: RoutingHeader = {
    ...{ v: 1, id, from, to, serial, standard, kinds, createdAt, expiresAt: createdAt + 30 * DAY },
    parts: [{ n: 0, size: 0, sha256: '' }, ...parts],
  };
  const header = hands.header?.(routed) ?? routed;
  const own = hash(canonical({ ...header, parts: header.parts.slice(1) }));
  const binding = hands.binding?.(own) ?? own;
  const honest = { v: 1, id, from, to, serial, standard, kinds, createdAt, previous: null, header: binding, files };
  const manifest = hands.manifest?.(structuredClone(honest)) ?? honest;
  const payload = typeof manifest === 'string' ? manifest : canonical(manifest);
  const jws = await sign(payload, signing, hands);
  const first = await seal(jws, receivers, hands.binding ? own : binding, hands);
  const sent = { ...header, parts: [{ n: 0, size: first.length, sha256: hash(first) }, ...header.parts.slice(1)] };
  return { header: formatHeader(hands.sent?.(sent) ?? sent), parts: [first, ...sealed] };
}

async function sign(payload: string, { kid, alg, use, ...jwk }: PrivateJwk, hands: Hands): Promise<string> {
  const plain = { alg, kid, typ: 'careplan-manifest+jws' };
  const header = hands.jwsHeader?.(plain) ?? plain;
  const { notBefore, notAfter, ...key } = jwk;
  const honest = await new CompactSign(Buffer.from(payload)).setProtectedHeader(plain).sign(key as JWK);
  if (hands.jws) return hands.jws({ header, payload, honest });
  if (header === plain) return honest;
  return new CompactSign(Buffer.from(payload))
    .setProtectedHeader(header)
    .sign(key as JWK, { crit: { x: true, b64: true } });
}

/** Seals a text as a manifest is sealed. */
export async function seal(
  text: string,
  receivers: readonly PublicKey[],
  binding: string,
  hands: Hands = {},
): Promise<string> {
  const enc = hands.enc ?? 'A256GCM';
  const cek = randomBytes(enc === 'A256CBC-HS512' ? 64 : enc === 'A128GCM' ? 16 : 32);
  const honest: Any[] = [];
  for (const { alg, kid, jwk } of receivers) {
    const wrapped = await new FlattenedEncrypt(new Uint8Array())
      .setProtectedHeader({ alg, enc })
      .setContentEncryptionKey(cek)
      .encrypt({ ...jwk });
    const { epk } = JSON.parse(Buffer.from(wrapped.protected ?? '', 'base64url').toString());
    const { kty, crv, x, y } = epk ?? {};
    honest.push({
      encrypted_key: wrapped.encrypted_key,
      header: { alg, ...(epk ? { epk: { crv, kty, x, y } } : {}), kid },
    });
  }
  const recipients = hands.recipients?.(structuredClone(honest)) ?? honest;
  const plain = { enc, rcp: hash(canonical(recipients)), typ: 'careplan-manifest+jwe' };
  const {
    ciphertext,
    iv,
    tag,
    protected: head,
  } = await new FlattenedEncrypt(Buffer.from(text))
    .setProtectedHeader(hands.protect?.(plain) ?? plain)
    .setUnprotectedHeader({ alg: 'dir' })
    .setAdditionalAuthenticatedData(Buffer.from(binding))
    .encrypt(cek, { crit: { x: true } });
  const jwe = { aad: b64u(binding), ciphertext, iv, protected: head, recipients, tag };
  const given = hands.jwe?.(structuredClone(jwe)) ?? jwe;
  return typeof given === 'string' ? given : canonical(given);
}

/** What someone on the way makes of a sealed message: other parts, under a header that says so of the first. */
export function rehashed({ header, parts }: SealedMessage, first: string): SealedMessage {
  const parsed = JSON.parse(header) as RoutingHeader;
  const own = { n: 0, size: first.length, sha256: hash(first) };
  return {
    header: formatHeader({ ...parsed, parts: [own, ...parsed.parts.slice(1)] }),
    parts: [first, ...parts.slice(1)],
  };
}

/** The signed manifest, as a receiver sees it. */
export async function signedOf(sealed: SealedMessage, keys: OfficeKeys): Promise<string> {
  const [kid = ''] = keys.decrypter.kids;
  return Buffer.from(await keys.decrypter.decrypt(JSON.parse(sealed.parts[0] ?? ''), kid)).toString();
}
