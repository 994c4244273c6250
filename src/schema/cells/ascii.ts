/**
 * Texts and numbers straight from character codes. String.fromCharCode with its arguments in place is the quickest way
 * to a text, with an array of them the next.
 */

/** The longest text that `shortText` makes quickly. */
export const SHORT_TEXT = 48;

/** One array for each length: the arguments of String.fromCharCode. */
const UNITS: readonly number[][] = Array.from({ length: SHORT_TEXT + 1 }, (_, length) =>
  new Array<number>(length).fill(0),
);

/** A text from its UTF-16 units. */
export function shortText(units: Uint8Array | Uint16Array, start: number, length: number): string {
  const list = UNITS[length] ?? new Array<number>(length);
  for (let i = 0; i < length; i++) list[i] = units[start + i] as number;
  return String.fromCharCode(...list);
}

/** The same of ASCII codes: persons and offices have numbers of 10 digits, insurers and services of 6. */
export function asciiText(codes: Uint8Array, start: number, length: number): string {
  if (length === 10) {
    return String.fromCharCode(
      codes[start] as number,
      codes[start + 1] as number,
      codes[start + 2] as number,
      codes[start + 3] as number,
      codes[start + 4] as number,
      codes[start + 5] as number,
      codes[start + 6] as number,
      codes[start + 7] as number,
      codes[start + 8] as number,
      codes[start + 9] as number,
    );
  }
  if (length === 6) {
    return String.fromCharCode(
      codes[start] as number,
      codes[start + 1] as number,
      codes[start + 2] as number,
      codes[start + 3] as number,
      codes[start + 4] as number,
      codes[start + 5] as number,
    );
  }
  return shortText(codes, start, length);
}

/** Writes a whole number from 0, below 2 ** 31, and returns the place behind its digits. */
export function putNumber(value: number, out: Uint8Array, at: number): number {
  let end = at + 1;
  for (let rest = value; rest >= 10; rest = (rest / 10) | 0) end++;
  let rest = value;
  for (let i = end - 1; i >= at; i--) {
    const tens = (rest / 10) | 0;
    out[i] = 0x30 + rest - tens * 10;
    rest = tens;
  }
  return end;
}

/** Writes an ASCII text and returns the place behind it. */
export function putAscii(text: string, out: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) out[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/** The number that ASCII digits make; -1 where one is no digit. */
export function asciiNumber(codes: Uint8Array, start: number, length: number): number {
  let value = 0;
  for (let i = start; i < start + length; i++) {
    const digit = (codes[i] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
