/**
 * A new message id: a UUID of version 7 (RFC 9562), which sorts by the time it was made.
 *
 * `now` is milliseconds since 1970 UTC. The other 74 bits are random.
 */
export function messageId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  return uuid(bytes, 7);
}

/** A UUID of 16 bytes, or of the first 16 of more, in which the bits of version and variant are set. */
export function uuid(bytes: Uint8Array, version: 7 | 8): string {
  const hex = [...bytes.subarray(0, 16)]
    .map((byte, i) => (i === 6 ? (byte & 0x0f) | (version << 4) : i === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Whether a text is a UUID in lower case: what names a message. */
export const isMessageId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
