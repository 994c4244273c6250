import { isLead, isTrail, ms932Table } from './ms932-table.js';

/** The charsets that are read. The standard knows MS932 only; UTF-8 is read with an issue. */
export type Charset = 'ms932' | 'utf-8';

/** How a file is encoded, and how many bytes of byte order mark precede it; or why it is refused. */
export type DetectedCharset =
  | { readonly charset: Charset; readonly bom: number }
  | { readonly refused: 'UTF-16' | 'EUC-JP' };

/**
 * Tells the charset of a file from its bytes: a byte order mark; else UTF-8, only if it is valid UTF-8 and holds a
 * character of three bytes or more (half-width kana of MS932 can be valid UTF-8 of two); else MS932. UTF-16 and EUC-JP
 * are recognised and refused.
 */
export function detectCharset(bytes: Uint8Array): DetectedCharset {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { charset: 'utf-8', bom: 3 };
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || hasAlternatingZeros(bytes)) {
    return { refused: 'UTF-16' };
  }
  if (isUtf8WithWideCharacter(bytes)) return { charset: 'utf-8', bom: 0 };
  return isEucJp(bytes) ? { refused: 'EUC-JP' } : { charset: 'ms932', bom: 0 };
}

/** UTF-16 without a mark: the digits and commas of a record have a zero byte each, all on the same side. */
function hasAlternatingZeros(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 512);
  if (sample.length < 8) return false;
  const zeros = [0, 0];
  sample.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  return Math.max(even, odd) * 4 >= sample.length && Math.min(even, odd) * 20 < sample.length;
}

/** Length of the UTF-8 sequence at a place; 0 where it is not one (overlong forms and surrogates are not). */
function utf8Length(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number;
  const size = byte < 0x80 ? 1 : byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0;
  for (let k = 1; k < size; k++) {
    if (((bytes[at + k] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1] ?? 0;
  if (byte === 0xe0 && second < 0xa0) return 0;
  if (byte === 0xed && second > 0x9f) return 0;
  if (byte === 0xf0 && second < 0x90) return 0;
  return byte === 0xf4 && second > 0x8f ? 0 : size;
}

function isUtf8WithWideCharacter(bytes: Uint8Array): boolean {
  let wide = false;
  for (let i = 0; i < bytes.length; ) {
    if ((bytes[i] as number) < 0x80) {
      i++;
      continue;
    }
    const size = utf8Length(bytes, i);
    if (size === 0) return false;
    if (size > 2) wide = true;
    i += size;
  }
  return wide;
}

/**
 * EUC-JP: high bytes come in pairs A1-FE, and the file is no sound MS932, or a third of its pairs are hiragana (A4),
 * which MS932 would read as a rain of half-width commas.
 */
function isEucJp(bytes: Uint8Array): boolean {
  let pairs = 0;
  let hiragana = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x80) continue;
    const next = bytes[++i] ?? 0;
    const kana = byte === 0x8e && next >= 0xa1 && next <= 0xdf;
    if (!kana && (byte < 0xa1 || byte === 0xff || next < 0xa1 || next === 0xff)) return false;
    pairs++;
    if (byte === 0xa4 && next <= 0xf3) hiragana++;
  }
  return pairs > 1 && (hiragana * 3 >= pairs || !isSoundMs932(bytes));
}

/** Whether every byte belongs to a character of MS932 that is not user-defined. */
function isSoundMs932(bytes: Uint8Array): boolean {
  const { decode } = ms932Table();
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x80) continue;
    if (byte >= 0xf0 && byte <= 0xf9) return false;
    const trail = bytes[i + 1] ?? 0;
    const pair = isLead(byte) && isTrail(trail);
    if (decode[pair ? byte * 256 + trail : byte] === 0) return false;
    if (pair) i++;
  }
  return true;
}
