import { asciiText, type Issue, issue, SHORT_TEXT, shortText } from '../schema/internal.js';
import { codePointsOf, type OnUnencodable, replaceUnencodable } from './ms932-replace.js';
import { GAIJI_LEAD_LAST, isLead, isTrail, ms932Table, NEC_FIRST, NEC_LAST } from './ms932-table.js';

export {
  codePointsOf,
  isEncodable,
  type OnUnencodable,
  type ReplacementClass,
  replaceUnencodable,
  type Unencodable,
} from './ms932-replace.js';

export interface EncodeMs932Options {
  /** What to do with characters outside MS932; `'error'` where absent. */
  readonly onUnencodable?: OnUnencodable;
}

/**
 * Encodes a text as MS932: exactly the bytes of the standard's table, and no other byte ever.
 *
 * Does not throw. Every replacement is an issue of severity info with place and code points; a character that remains
 * is an error and is missing in `bytes`. Section 3 of the standard.
 */
export function encodeMs932(
  text: string,
  options: EncodeMs932Options = {},
): { readonly bytes: Uint8Array; readonly issues: readonly Issue[] } {
  const { text: clean, issues } = replaceUnencodable(text, options.onUnencodable ?? 'error');
  const bytes = new Uint8Array(clean.length * 2);
  return { bytes: bytes.subarray(0, writeMs932(clean, bytes, 0)), issues };
}

/**
 * Writes a text at a place of a buffer with room for two bytes a unit and returns the place behind it; -1 where a
 * character is not in MS932. The ASCII character `doubled` is written twice.
 */
export function writeMs932(text: string, out: Uint8Array, at: number, doubled = -1): number {
  const { encode } = ms932Table();
  let end = at;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      out[end++] = unit;
      if (unit === doubled) out[end++] = unit;
      continue;
    }
    const code = encode[unit] as number;
    if (code === 0) return -1;
    if (code > 0xff) out[end++] = code >> 8;
    out[end++] = code;
  }
  return end;
}

const UTF16 = new TextDecoder('utf-16le', { ignoreBOM: true });
let scratch = new Uint16Array(1024);

/** A stretch of bytes that is no ordinary character. */
export interface OddBytes {
  readonly code: 'char.gaiji' | 'char.broken' | 'char.necSelected';
  readonly start: number;
  readonly end: number;
  /** Place in the text, in UTF-16 units. */
  readonly index: number;
  readonly text: string;
}

/** Decodes a stretch of bytes, telling `odd` of what is no ordinary character. */
export type ReadText = (bytes: Uint8Array, start: number, end: number, odd?: (bytes: OddBytes) => void) => string;

/**
 * Decodes a stretch of MS932; `odd` is told of gaiji (kept as U+E000-E757), of NEC-selected characters, which are read and
 * never written, and of broken bytes (one U+FFFD each).
 */
export function readMs932(bytes: Uint8Array, start: number, end: number, odd?: (bytes: OddBytes) => void): string {
  const length = end - start;
  let ascii = 0;
  while (ascii < length && (bytes[start + ascii] as number) < 0x80) ascii++;
  if (ascii === length && length <= SHORT_TEXT) return asciiText(bytes, start, length);
  const { decode } = ms932Table();
  if (scratch.length < length) scratch = new Uint16Array(length * 2);
  const units = scratch;
  let count = 0;
  for (let i = start; i < end; ) {
    const byte = bytes[i] as number;
    if (byte < 0x80) {
      units[count++] = byte;
      i++;
      continue;
    }
    const trail = isLead(byte) && i + 1 < end ? (bytes[i + 1] as number) : -1;
    const size = trail >= 0 && isTrail(trail) ? 2 : 1;
    const unit = decode[size === 2 ? byte * 256 + trail : byte] as number;
    if (unit === 0) {
      odd?.({ code: 'char.broken', start: i, end: i + size, index: count, text: '\ufffd' });
      units[count++] = 0xfffd;
    } else {
      if (byte >= NEC_FIRST && byte <= GAIJI_LEAD_LAST) {
        const code = byte <= NEC_LAST ? 'char.necSelected' : 'char.gaiji';
        odd?.({ code, start: i, end: i + size, index: count, text: String.fromCharCode(unit) });
      }
      units[count++] = unit;
    }
    i += size;
  }
  return count > SHORT_TEXT ? UTF16.decode(units.subarray(0, count)) : shortText(units, 0, count);
}

/**
 * Decodes MS932, duplicates and user-defined characters included.
 *
 * Does not throw. Broken bytes become U+FFFD, gaiji U+E000-E757; each has an issue with its range of bytes. A comma,
 * quote, CR or LF after a broken byte survives. Section 3 of the standard.
 */
export function decodeMs932(bytes: Uint8Array): { readonly text: string; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const text = readMs932(bytes, 0, bytes.length, ({ code, start, end, index, text: char }) => {
    const codePoints = code === 'char.broken' ? {} : { codePoints: codePointsOf(char) };
    issues.push(issue(code, { range: { start, end } }, { index, ...codePoints }));
  });
  return { text, issues };
}
