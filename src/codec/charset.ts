import { isLead, isTrail, ms932Table } from './ms932-table.js';

/** The charsets that are read. The standard knows MS932 only; UTF-8 is read with an issue. */
export type Charset = 'ms932' | 'utf-8';

/** How a file is encoded, and how many bytes of byte order mark precede it; or why it is refused. */
export type DetectedCharset =
  | { readonly charset: Charset; readonly bom: number }
  | { readonly refused: 'UTF-16' | 'EUC-JP' };

/**
 * Tells the charset of a file from its bytes: a byte order mark; else UTF-8, only if it is valid UTF-8 and holds a
 * character of three bytes or more (half-width kana of MS932 can be valid UTF-8 of two); else MS932. A few broken bytes
 * among many characters do not make another charset of a file, nor does a mark that was put before MS932. UTF-16 and
 * EUC-JP are recognised and refused.
 */
export function detectCharset(bytes: Uint8Array): DetectedCharset {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    const { bad, wide } = countUtf8(bytes.subarray(3));
    return { charset: bad > wide && isSoundMs932(bytes.subarray(3)) ? 'ms932' : 'utf-8', bom: 3 };
  }
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || hasAlternatingZeros(bytes)) {
    return { refused: 'UTF-16' };
  }
  const { bad, wide } = countUtf8(bytes);
  if (wide > 0 && bad * MANY <= wide) return { charset: 'utf-8', bom: 0 };
  return isEucJp(bytes) ? { refused: 'EUC-JP' } : { charset: 'ms932', bom: 0 };
}

/** So many characters of UTF-8 to a broken byte are no chance. */
const MANY = 16;

/** The bytes of the first character that is not ASCII: what shows the charset; undefined where there is none. */
export function firstWide(bytes: Uint8Array): { readonly start: number; readonly end: number } | undefined {
  const start = bytes.findIndex((byte) => byte >= 0x80);
  return start < 0 ? undefined : { start, end: start + Math.max(1, utf8Length(bytes, start)) };
}

/** The beginning of a record in bytes of one each, which UTF-16 does not have. */
const RECORD = /(?:^|[\r\n])"?[0-9]{6}"?,/;

/**
 * UTF-16 without a mark: the digits and commas of a record have a zero byte each, all on the same side. The columns at
 * the start are all digits; a header is not.
 */
function hasAlternatingZeros(bytes: Uint8Array): boolean {
  // Nearly every file begins with a record.
  const isRecordIn = (end: number) => RECORD.test(String.fromCharCode(...bytes.subarray(0, end)));
  if (isRecordIn(16) || isRecordIn(4096)) return false;
  return [bytes.subarray(0, 64), bytes.subarray(0, 512)].some((sample) => {
    const zeros = [0, 0];
    sample.forEach((byte, i) => {
      if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
    });
    const [fewer = 0, more = 0] = zeros.sort((a, b) => a - b);
    return more >= 4 && more * 20 >= sample.length && fewer * 4 < more;
  });
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

/**
 * How many characters of three bytes or more there are in UTF-8, and how many bytes that are none; stops where there are
 * too many of those. A last character that is cut off is not bad.
 */
function countUtf8(bytes: Uint8Array): { readonly wide: number; readonly bad: number } {
  let wide = 0;
  let bad = 0;
  for (let i = 0; i < bytes.length && bad * MANY <= wide + 1024; ) {
    if ((bytes[i] as number) < 0x80) {
      i++;
      continue;
    }
    const size = utf8Length(bytes, i);
    if (size === 0 && bytes.length - i < 4 && isCutUtf8(bytes.subarray(i))) break;
    if (size === 0) bad++;
    if (size > 2) wide++;
    i += size || 1;
  }
  return { wide, bad };
}

/**
 * EUC-JP: all high bytes belong to its characters, and as MS932 they are no sound text, or a most unlikely one. Sound
 * in both are half-width kana in even numbers and some rare kanji: they count as MS932 unless the odds are overwhelming.
 * So a few kanji of EUC-JP can pass for half-width kana, but kana are not refused.
 */
function isEucJp(bytes: Uint8Array): boolean {
  const characters = eucCharacters(bytes);
  if (!characters || characters.length < 2) return false;
  const bits = [...new Set(characters)].map((code) => eucBits(code >> 8));
  const isEuc = isSoundMs932(bytes)
    ? bits.reduce((sum, n) => sum + n, 0) >= EUC_BITS
    : bits.filter((n) => n >= 0).length * 2 >= bits.length;
  return isEuc && !isCutUtf8(bytes);
}

/** The characters of EUC-JP (their first two bytes); undefined where a high byte is not part of one. */
function eucCharacters(bytes: Uint8Array): number[] | undefined {
  const found: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number;
    const size = byte < 0x80 ? 1 : byte === 0x8f ? 3 : 2;
    if (i + size > bytes.length) break;
    const last = byte === 0x8e ? 0xdf : 0xfe;
    for (let k = 1; k < size; k++) {
      const next = bytes[i + k] as number;
      if (next < 0xa1 || next > last) return undefined;
    }
    if (size > 1) {
      if (!isEucRow(byte)) return undefined;
      found.push(byte * 256 + (bytes[i + 1] as number));
    }
    i += size;
  }
  return found;
}

/** First bytes of EUC-JP: half-width kana, JIS X 0212, the rows of JIS X 0208, and those of NEC and IBM. */
const isEucRow = (byte: number): boolean =>
  byte === 0x8e ||
  byte === 0x8f ||
  (byte >= 0xa1 && byte <= 0xa8) ||
  byte === 0xad ||
  (byte >= 0xb0 && byte <= 0xf4) ||
  (byte >= 0xf9 && byte <= 0xfc);

/** The odds, in bits, from which a text is EUC-JP that could be half-width kana of MS932. */
const EUC_BITS = 20;

/**
 * The odds in bits that a character of EUC-JP with this first byte is meant, and not two half-width kana (or a rare
 * kanji): of 63 kana one is the comma A4, three are the marks A1, A3 and A5, and every second lies in B0-CF.
 */
function eucBits(byte: number): number {
  if (byte === 0xa4) return 4; // hiragana
  if (byte === 0xa1 || byte === 0xa3 || byte === 0xa5) return 2; // marks, full-width digits, katakana
  return (byte >= 0xb0 && byte <= 0xcf) || [0x8e, 0x8f, 0xad].includes(byte) ? 0 : -4; // common kanji; all that is rare
}

/** Whether the bytes are UTF-8 up to a last character that is cut off. */
function isCutUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
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
