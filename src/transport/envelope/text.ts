import { base64url } from 'jose';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A text as UTF-8. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** The text of UTF-8 bytes. Throws a TypeError for bytes that are none. */
export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Whether a text is base64url, in the one spelling that its bytes have: no padding, no bits left over. */
export function isBase64url(text: unknown): text is string {
  if (typeof text !== 'string' || /[^A-Za-z0-9_-]/.test(text)) return false;
  const over = text.length % 4;
  const last = text.slice(-1);
  if (over === 2) return 'AQgw'.includes(last);
  return over === 0 || (over === 3 && 'AEIMQUYcgkosw048'.includes(last));
}

/** How many bytes base64url of so many characters holds. */
export const bytesIn = (text: string): number => Math.floor((text.length * 3) / 4);

/** A value as JSON in base64url: what stands in the headers of JOSE. */
export const encodeJson = (value: unknown): string => base64url.encode(JSON.stringify(value));

/** An object that was JSON; undefined for what is none, or not of the one spelling without spaces and repeated keys. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || JSON.stringify(value) !== text) return undefined;
    return value;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object, and neither null nor an array. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an object has no other members than these. */
export const hasOnly = (value: object, members: readonly string[]): boolean =>
  Object.keys(value).every((key) => members.includes(key));

/** Whether a value is a time: whole milliseconds since 1970 UTC. */
export const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
