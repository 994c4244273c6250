import { bytesOfText } from './ascii.js';
import { TransportError } from './error.js';
import { uuid } from './id.js';
import type { OutboundMessage, PartSource } from './message.js';

/** The SHA-256 of bytes, as 64 hexadecimal digits in lower case. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The SHA-256 of a text of ASCII characters. */
export const sha256OfText = (text: string): Promise<string> => sha256(bytesOfText(text));

const CHUNK = 64 * 1024;

/** A part of bytes in memory, which must not change as long as the part is in use. */
export async function partOf(file: {
  readonly name: string;
  readonly kind: string;
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
}): Promise<PartSource> {
  const { name, kind, bytes } = file;
  return {
    name,
    kind,
    mediaType: file.mediaType ?? mediaTypeOf(name),
    size: bytes.length,
    sha256: await sha256(bytes),
    async *open({ start, end } = { start: 0, end: bytes.length }) {
      for (let at = start; at < end; at += CHUNK) yield bytes.slice(at, Math.min(at + CHUNK, end));
    },
  };
}

/** The media type of a file of the exchange, by its extension. */
export const mediaTypeOf = (name: string): string => (/\.jpe?g$/i.test(name) ? 'image/jpeg' : 'text/csv');

/**
 * The bytes of a part, all of them or none.
 *
 * Throws a TransportError (`integrity.content`, not sent) where they are not of the size and SHA-256 that the part says,
 * and ends with the signal's reason where that comes first.
 */
export async function readPart(part: PartSource, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(part.size);
  let at = 0;
  for await (const chunk of part.open()) {
    signal?.throwIfAborted();
    if (at + chunk.length > bytes.length) throw new TransportError('integrity.content');
    bytes.set(chunk, at);
    at += chunk.length;
  }
  if (at !== bytes.length || (await sha256(bytes)) !== part.sha256) throw new TransportError('integrity.content');
  return bytes;
}

/**
 * A message id made of what is sent: the same files between the same addresses under the same serial are the same
 * message, also for a process that remembers nothing. A UUID of version 8 (RFC 9562).
 */
export async function contentId(
  message: Pick<OutboundMessage, 'from' | 'to' | 'serial' | 'standard' | 'parts'>,
): Promise<string> {
  const hash = await messageDigest({ ...message, kinds: [], id: '' });
  return uuid(
    Uint8Array.from(hash.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16)),
    8,
  );
}

/**
 * What a message is, as one SHA-256: its routing and the names, sizes and SHA-256 of its parts, in any order. Two
 * messages with one id and different digests are a conflict. Of a sealed message it is that of its header, which says all of
 * this: whoever carries it can compute it, too.
 */
export function messageDigest({ id, from, to, serial, standard, parts, header }: OutboundMessage): Promise<string> {
  if (header !== undefined) return sha256OfText(header);
  const routing = [id, from.officeNumber, from.serviceType, to.officeNumber, to.serviceType, serial, standard];
  const files = parts
    .map((part) => [encodeURIComponent(part.name), part.kind, part.size, part.sha256])
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1));
  return sha256OfText(JSON.stringify([routing, files]));
}
