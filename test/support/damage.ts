import fc from 'fast-check';
import { encodeMs932, type RowIndex } from '../../src/codec/index.js';
import type { Issue } from '../../src/schema/index.js';

/** Bytes as a text of one character each, and back: what a test can cut and join. */
export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** A text in MS932, as one character a byte. */
export const ms932 = (text: string): string => latin1(encodeMs932(text).bytes);

/** The cells of a clean file as they are written, quotes included; one character a byte. */
export function writtenCells(bytes: Uint8Array): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of latin1(bytes).matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)) {
    rows.at(-1)?.push(cell);
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

/** A file of such cells. */
export const joinCells = (rows: readonly (readonly string[])[]): Uint8Array =>
  bytesOf(rows.map((cells) => `${cells.join(',')}\r\n`).join(''));

/** The file with another cell in one place. */
export const withCell = (bytes: Uint8Array, row: number, column: number, cell: string): Uint8Array =>
  joinCells(
    writtenCells(bytes).map((cells, r) => (r === row ? cells.map((old, c) => (c === column ? cell : old)) : cells)),
  );

/**
 * What is wrong with the ranges of a decoded file, of which every byte has to lie in exactly one row, or else in the
 * range of an issue; undefined where nothing is.
 */
export function wrongRanges(
  { length }: Uint8Array,
  file: { readonly records: readonly unknown[]; readonly rows: RowIndex; readonly issues: readonly Issue[] },
): string | undefined {
  if (file.rows.length !== file.records.length) return `${file.rows.length} rows, ${file.records.length} records`;
  const covered = new Uint8Array(length);
  for (const { range } of file.issues) {
    if (!range) continue;
    if (range.start > range.end || range.start < 0 || range.end > length) return `issue at ${JSON.stringify(range)}`;
    covered.fill(1, range.start, range.end);
  }
  let last = { row: 0, start: 0, end: 0 };
  for (const place of file.rows) {
    if (place.start < last.end || place.end <= place.start || place.end > length || place.row <= last.row) {
      return `row ${JSON.stringify(place)} after ${JSON.stringify(last)}`;
    }
    covered.fill(1, place.start, place.end);
    last = place;
  }
  const bare = covered.indexOf(0);
  return bare < 0 ? undefined : `byte ${bare} lies nowhere`;
}

/** Whether the first list is contained in the second, in its order. */
export function isContained(some: readonly unknown[], all: readonly unknown[]): boolean {
  let at = 0;
  for (const one of all) if (at < some.length && JSON.stringify(one) === JSON.stringify(some[at])) at++;
  return at === some.length;
}

/** A change of bytes: `removed` of them at a place are replaced. */
export interface Damage {
  /** The place, as a part of the whole from 0 to 1. */
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

export const placeOf = ({ at }: Pick<Damage, 'at'>, { length }: { readonly length: number }): number =>
  Math.min(Math.floor(at * (length + 1)), length);

export function damaged(text: string, damages: readonly Damage[]): string {
  return damages.reduce((old, damage) => {
    const from = placeOf(damage, old);
    return old.slice(0, from) + damage.added + old.slice(from + damage.removed);
  }, text);
}

/** Pieces of bytes that mean something to a reader of files. */
export const PIECES: readonly string[] = [
  ...['"', '""', ',', '\r\n', '\n', '\r', '\r\r\n', '",', ',"', '"\r\n', '\0', '\x1a', ' ', '\t', '0', '-', 'A', '#'],
  ...['202407', '202407,', '\r\n202407,', '\n"202407",', '202410', '202208,', '032026', '9999', 'CSV', '$raw'],
  ...['\x83', '\x83\x5c', '\x81\x40', '\x8f\xbc', '\xf0\x40', '\xee\xe0', '\xfb\xfc', '\x80', '\xa0', '\xff', '\xb1'],
  ...['\xef\xbb\xbf', '\xe4\xbb\x8b', '\xe8\xad\xb7', '\xff\xfe', '\xfe\xff', '2\x000\x00', '\xa4\xa2\xa4\xa4'],
];

const byte = fc.nat(255).map((code) => String.fromCharCode(code));
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Bytes of any kind, one character a byte. */
export const anyBytes = fc.oneof(
  fc.string({ unit: byte, maxLength: 300, size: 'max' }),
  fc.string({ unit: fc.oneof(fc.constantFrom(...PIECES), byte), maxLength: 60, size: 'max' }),
);

/** A few changes somewhere, of `pieces` and single bytes. */
export const someDamage = (pieces: readonly string[] = PIECES, maxLength = 4): fc.Arbitrary<Damage[]> =>
  fc.array(
    fc.record({
      at: share,
      removed: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(3), { weight: 1, arbitrary: fc.nat(200) }),
      added: fc.oneof(fc.constant(''), fc.constantFrom(...pieces), byte),
    }),
    { minLength: 1, maxLength },
  );
