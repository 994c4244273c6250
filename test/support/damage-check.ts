import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type DecodedFile, decodeFile, decodeMs932, encodeFile } from '../../src/codec/index.js';
import { type FileKind, type Issue, type Layout, V4_1 } from '../../src/schema/index.js';
import { arbitraryRecords } from './arbitrary.js';
import { bytesOf, latin1, writtenCells, wrongRanges } from './damage.js';
import type { DamageRow } from './damages.js';
import { CLEAN_FILES } from './samples.js';

export interface CleanFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly layout: Layout;
  /** The cells of each row as they are written; one character a byte. */
  readonly rows: readonly (readonly string[])[];
}

const layoutOfName = (name: string) =>
  V4_1.layouts.find(({ kind }) => kind === decodeFile(new Uint8Array(), { name }).kind) as Layout;
const line = (cells: readonly string[]) => `${cells.join(',')}\r\n`;

/** Clean files of every layout: rows of the samples, and invented records with every kind of text. */
export const FILES: readonly CleanFile[] = V4_1.layouts.flatMap((layout: Layout) => {
  const samples = CLEAN_FILES.filter(({ name }) => layoutOfName(name) === layout);
  const name = samples[0]?.name ?? '';
  const heads = samples.map(({ bytes }) => bytesOf(writtenCells(bytes).slice(0, 6).map(line).join('')));
  const invented = fc
    .sample(arbitraryRecords(layout, { minLength: 1, maxLength: 5 }), { numRuns: 16, seed: 4 })
    .map((records) => encodeFile(layout.kind as FileKind, records as never[]).bytes ?? assert.fail());
  return [...heads, ...invented].map((bytes) => ({ name, bytes, layout, rows: writtenCells(bytes) }));
});

/** A clean file of any kind, a row of it, and numbers that decide how it is damaged. */
export const someRow = fc.constantFrom(...V4_1.layouts.map(({ kind }): string => kind)).chain((kind) =>
  fc.record({
    file: fc.constantFrom(...FILES.filter(({ layout }) => layout.kind === kind)),
    row: fc.nat(),
    numbers: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  }),
);
type SomeRow = typeof someRow extends fc.Arbitrary<infer T> ? T : never;

/** A file of which one row was damaged. */
export interface DamagedFile {
  readonly bytes: Uint8Array;
  /** The number of the row, from 1. */
  readonly row: number;
  /** The bytes that stand where the row stood, and that of the rows that were lost with it. */
  readonly start: number;
  readonly end: number;
  /** How many rows behind it were lost with it. */
  readonly lost: number;
}

/** Damages a row; `lost` rows behind it go with it. Undefined where the row cannot be damaged so. */
export function damageRow(
  damage: DamageRow,
  { file, row: any, numbers }: SomeRow,
  reach: Reach,
): DamagedFile | undefined {
  let drawn = 0;
  const random = (below: number) => (numbers[drawn++ % numbers.length] as number) % below;
  const at = any % file.rows.length;
  const lines = file.rows.map(line);
  const replaced = damage({ layout: file.layout, cells: file.rows[at] as string[], random });
  if (replaced === undefined) return undefined;
  const before = lines.slice(0, at).join('');
  const lost = Math.min({ row: 0, next: 1, rest: lines.length }[reach], lines.length - at - 1);
  const stretch = replaced + (reach === 'next' ? lines.slice(at + 1, at + 1 + lost).join('') : '');
  const bytes = bytesOf(before + stretch + lines.slice(at + 1 + lost).join(''));
  if (Buffer.compare(bytes, file.bytes) === 0) return undefined;
  return { bytes, row: at + 1, start: before.length, end: before.length + stretch.length, lost };
}

/** How far a damage reaches: its row, the row behind it, or all that stands behind. */
export type Reach = 'row' | 'next' | 'rest';

const decode = (bytes: Uint8Array, name: string): DecodedFile => {
  const file = decodeFile(bytes, { name });
  return { ...file, issues: file.issues.filter(({ code }) => !code.startsWith('name.')) } as DecodedFile;
};

/** A damage is told in its row; or a valid file is left; or bytes of another charset, for which the file is refused. */
export type Outcome = 'told' | 'valid' | 'refused';

/**
 * Checks that the rows before and behind are read as they were, that every issue is about the bytes of the damaged row,
 * and that there is one, unless the damaged file is to the character what encodeFile writes for the records that were
 * read: that is a valid file, and has other records. A file of ASCII may be refused for bytes of EUC-JP or UTF-16 in it.
 */
export function checkDamage(file: CleanFile, { bytes, row, start, end, lost }: DamagedFile): Outcome {
  const clean = decode(file.bytes, file.name);
  const read = decode(bytes, file.name);
  const shown = () =>
    `${file.name}, row ${row} of ${file.rows.length}: ${JSON.stringify(latin1(bytes.subarray(start, end)))}`;

  const written = encodeFile(read.kind as FileKind, read.records as never[]);
  // A few characters have a second code, which is read without a word; those of NEC's selection are told.
  const text = (some: Uint8Array) => decodeMs932(some).text;
  const isValid =
    written.issues.length === 0 &&
    text(bytes) === text(written.bytes ?? new Uint8Array()) &&
    read.issues.every(({ code }) => code !== 'char.necSelected');
  if (isValid) {
    assert.deepEqual(read.issues, [], shown());
    assert.notDeepEqual(read.records, clean.records, shown());
    return 'valid';
  }
  if (read.charset === undefined) {
    assert.deepEqual(
      read.issues.map(({ code }) => code),
      ['file.refused'],
      shown(),
    );
    return 'refused';
  }

  assert.equal(wrongRanges(bytes, read), undefined, shown());
  const others = [...read.rows].flatMap((place, i) =>
    place.end <= start || place.start >= end ? [read.records[i]] : [],
  );
  assert.deepEqual(others, clean.records.toSpliced(row - 1, 1 + lost), shown());

  const isHere = ({ range, row: at = row }: Issue) =>
    range !== undefined && range.start <= end && range.end >= start && at >= row;
  // Where the first row is of another edition, the file is: then the second row is told as well.
  const isBehindFirst = ({ code }: Issue) => row === 1 && code === 'row.edition';
  const elsewhere = read.issues.filter((one) => !isHere(one) && !isBehindFirst(one));
  assert.deepEqual(
    elsewhere.map((one) => `${one.code} in row ${one.row}`),
    [],
    shown(),
  );
  assert.ok(read.issues.some(isHere), `not told: ${shown()}`);
  return 'told';
}
