import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile, decodeMs932 } from '../../src/codec/index.js';
import { encodeFile, type FileKind, type Layout, mask, V4_0, V4_1 } from '../../src/index.js';
import { Fault } from '../../src/schema/cell.js';
import { narrow, readCell } from '../../src/schema/layout.js';
import { arbitraryRecords, nearText } from '../support/arbitrary.js';
import { bytesOf, joinCells, ms932, writtenCells } from '../support/damage.js';

const LAYOUTS: readonly Layout[] = V4_1.layouts;

interface Told {
  readonly code: string;
  readonly severity?: string;
  readonly row?: number;
  readonly column?: number | undefined;
  readonly found?: unknown;
}
interface Decoded {
  readonly records: readonly Record<string, unknown>[];
  readonly told: readonly Told[];
}

/** Versions of which no table is known; a cell of another column may look like one. */
const UNKNOWN_VERSIONS = ['201910', '202003'];
/** One of them, and one whose columns are the same. */
const OTHER_VERSIONS = ['201910', '202504'];

/** A decoder that remembers nothing: csv-parse, and every cell read by its kind. For rows of all columns. */
function slowDecoder({ kind, placed: present }: Layout, bytes: Uint8Array): Decoded {
  const told: Told[] = [];
  let edition: string | undefined;
  let above: string | undefined;
  const options = { encoding: 'latin1', record_delimiter: '\r\n', relax_quotes: false, raw: true } as const;
  const records = (parse(Buffer.from(bytes), options) as unknown as { raw: string; record: string[] }[]).map(
    ({ raw: line, record: cells }, index) => {
      const record: Record<string, unknown> = {};
      const raw: Record<string, string> = {};
      const version = narrow(decodeMs932(bytesOf(cells[0] ?? '')).text);
      const other = V4_0.layouts.find((one) => one.kind === kind)?.placed ?? [];
      const isOther = version === V4_0.csvVersion || (edition === '4.0' && !['202407', '202410'].includes(version));
      const placed = isOther ? other : present;
      if (UNKNOWN_VERSIONS.includes(version)) {
        if (told.every(({ code }) => code !== 'file.edition')) {
          told.push({ code: 'file.edition', severity: 'error', row: index + 1, column: undefined, found: version });
        }
        const texts = cells.map((cell, c) => [`#${c + 1}`, decodeMs932(bytesOf(cell)).text]);
        above = undefined;
        return { $raw: Object.fromEntries(texts.filter(([, text]) => text !== '')) };
      }
      const fits = ({ kind }: (typeof placed)[0], c: number) => {
        const { text } = decodeMs932(bytesOf(cells[c] ?? ''));
        const value = text === '' || kind.quoted || c === 0 ? new Fault('cell.form') : readCell(kind, text);
        return !(value instanceof Fault) || value.repaired !== undefined;
      };
      if (!/^[0-9]{6}$/.test(version) && !placed.some(fits)) {
        const sizes = { found: placed.length };
        told.push({ code: 'row.unreadable', severity: 'error', row: index + 1, column: undefined, ...sizes });
        return { $raw: { '#': decodeMs932(bytesOf(`${line.replace(/\r$/, '')}\r\n`)).text } };
      }
      const own = isOther ? '4.0' : '4.1';
      edition ??= own;
      if (own !== edition && own !== above)
        told.push({ code: 'row.edition', severity: 'warning', row: index + 1, column: undefined, found: own });
      above = own;
      for (const [c, { no, name, kind, required, needed, emptyOnReading }] of placed.entries()) {
        const tell = (code: string, severity: string, found?: string) =>
          told.push({ code, severity, row: index + 1, column: no, ...(found === undefined ? {} : { found }) });
        const missing = () =>
          (required || needed) && tell('cell.required', required ? (emptyOnReading ?? 'error') : 'warning');
        if (cells[c] === '') {
          missing();
          continue;
        }
        const { text, issues } = decodeMs932(bytesOf(cells[c] as string));
        issues.forEach(({ code, severity, range }, i) => {
          const before = issues[i - 1];
          const goesOn = before?.code === code && before.range?.end === range?.start;
          if (code !== 'char.broken' || !goesOn) tell(code, severity);
        });
        const broken = issues.some(({ code }) => code === 'char.broken');
        const read = readCell(kind, text);
        const value = read instanceof Fault ? read.repaired : read;
        if (read instanceof Fault) {
          const shown = kind.constant !== undefined && value ? text : mask(text);
          tell(read.code, value === undefined ? 'error' : 'warning', shown);
        }
        if (value === undefined || broken) raw[name] = text;
        else if (value === null) missing();
        else record[name] = value;
      }
      return Object.keys(raw).length > 0 ? { ...record, $raw: raw } : record;
    },
  );
  return { records, told };
}

function fastDecoder({ kind }: Layout, bytes: Uint8Array): Decoded {
  const file = decodeFile(bytes, { kind: kind as FileKind, charset: 'ms932' });
  const told = file.issues
    .filter(({ code }) => code !== 'csv.quotedCell' && code !== 'csv.unquotedText')
    .map(({ code, severity, row, column, found }) => {
      const one = { code, severity, row, column };
      return found === undefined ? one : { ...one, found };
    });
  return { records: file.records as Record<string, unknown>[], told } as Decoded;
}

const agree = (layout: Layout, bytes: Uint8Array): Decoded => {
  const fast = fastDecoder(layout, bytes);
  const slow = slowDecoder(layout, bytes);
  assert.deepEqual(fast.told, slow.told);
  assert.deepEqual(fast.records, slow.records);
  return fast;
};

const inQuotes = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Other cells for a file: texts that are valid in some column, or nearly so, or broken; and copies of other cells. */
const strayCell = (layout: Layout) => {
  const near = fc.oneof(...layout.placed.map(({ kind }) => nearText(kind))).map(ms932);
  const odd = fc.constantFrom(
    '',
    '\xf0\x40',
    '\x80',
    '\x83',
    'A\xa0',
    '202407',
    ...OTHER_VERSIONS,
    '00000000',
    '0',
    '00',
    ' 1 ',
  );
  const text = fc
    .tuple(fc.oneof(near, odd), fc.boolean())
    .map(([plain, quoted]) => (quoted || /[",\r\n]/.test(plain) ? inQuotes(plain) : plain));
  return fc.record({
    cell: fc.oneof({ weight: 2, arbitrary: text }, fc.record({ row: fc.nat(), column: fc.nat() })),
    rows: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
    column: fc.oneof({ weight: 9, arbitrary: fc.nat() }, fc.constant(0)),
  });
};

type StrayCell = ReturnType<typeof strayCell> extends fc.Arbitrary<infer T> ? T : never;

function stray(cells: readonly (readonly string[])[], strays: readonly StrayCell[]): Uint8Array {
  const rows = cells.map((row) => [...row]);
  for (const { cell, rows: places, column } of strays) {
    for (const place of places) {
      const row = rows[place % rows.length] ?? [];
      const from = typeof cell === 'string' ? [cell] : (rows[cell.row % rows.length] ?? []);
      const other = from[typeof cell === 'string' ? 0 : cell.column % from.length] ?? '';
      // The decoder above knows no edition with other columns.
      if (column % row.length === 0 && other.includes('202208')) continue;
      row[column % row.length] = other;
    }
  }
  return joinCells(rows);
}

const written = (layout: Layout, records: readonly object[]): string[][] =>
  writtenCells(encodeFile(layout.kind as FileKind, records as never[]).bytes ?? assert.fail());

describe.each(LAYOUTS)('in $kind', (layout) => {
  test('a cell is read as if no other had been read before, and told each time it is wrong', () => {
    let wrong = 0;
    const files = fc.tuple(
      arbitraryRecords(layout, { minLength: 1, maxLength: 7 }),
      fc.array(strayCell(layout), { minLength: 1, maxLength: 5 }),
    );
    fc.assert(
      fc.property(files, ([records, strays]) => {
        const bytes = stray(written(layout, records as object[]), strays);
        wrong += agree(layout, bytes).told.length;
      }),
      { numRuns: 150 },
    );
    expect(wrong).toBeGreaterThan(150);
  });
});

/** Numbers that look random and are the same each time. */
function* numbers(seed: number): Generator<number> {
  let n = seed;
  for (;;) {
    n = (Math.imul(n, 1664525) + 1013904223) >>> 0;
    yield n >>> 8;
  }
}

describe.each(['UPPLAN', 'UPHOSOKU', 'UP2KYO', 'UPSIKYU'])('in a long %s', (kind) => {
  const layout = LAYOUTS.find((one) => one.kind === kind) as Layout;
  const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) => fc.sample(arbitrary, { numRuns, seed: 11 });

  test.each([1, 2])('cells are read as if none had been read before: %i', (seed) => {
    const random = numbers(seed);
    const next = (below: number): number => (random.next().value as number) % below;
    const pool = sample(arbitraryRecords(layout, { minLength: 1, maxLength: 1 }), 50).flat();
    const cells = written(layout, pool as object[]);
    const strays = sample(strayCell(layout), 60);
    // Stretches of rows that repeat the one above but for a cell, and of rows that do not repeat it at all.
    let row: readonly string[] = [];
    const rows = Array.from({ length: 2400 }, (_, i) => {
      const other = cells[next(cells.length)] ?? [];
      const column = next(layout.placed.length);
      row = i % 800 < 400 && i > 0 ? row.with(column, other[column] ?? '') : other;
      return row;
    });
    const clean = agree(layout, joinCells(rows));
    expect(clean.told).toEqual([]);
    const damaged = Array.from({ length: 400 }, () => ({ ...strays[next(strays.length)], rows: [next(2399) + 1] }));
    expect(agree(layout, stray(rows, damaged as StrayCell[])).told.length).toBeGreaterThan(100);
  });
});

test('a cell is not valid because its bytes are in the next column, nor because they were in the row above', () => {
  const layout = LAYOUTS.find(({ kind }) => kind === 'UPPLAN') as Layout;
  const [records = []] = fc.sample(arbitraryRecords(layout, { minLength: 1, maxLength: 1 }), { numRuns: 1, seed: 5 });
  const [cells = []] = written(layout, records as object[]);
  // 202511 is a month in column 5, and no date in column 4; 9999 is a time in columns 12 and 13, and no number in 14.
  const row = cells.with(4, '202511').with(11, '9999').with(12, '9999');
  const wrong = row.with(3, '202511').with(13, '9999');
  const { told } = agree(layout, joinCells([row, wrong, wrong, row, wrong, wrong]));
  expect(told.map(({ row, column, code }) => [row, column, code])).toEqual(
    [2, 3, 5, 6].flatMap((line) => [
      [line, 4, 'cell.length'],
      [line, 14, 'cell.length'],
    ]),
  );
});

test('quotes that do not belong are told at the first row that has them, though the text is that of the row above', () => {
  const layout = LAYOUTS.find(({ kind }) => kind === 'UP2KYO') as Layout;
  const [records = []] = fc.sample(arbitraryRecords(layout, { minLength: 1, maxLength: 1 }), { numRuns: 1, seed: 5 });
  const [cells = []] = written(layout, records as object[]);
  const [text, bare] = [cells.with(6, '"x"'), cells.with(6, 'x')];
  const told = (...rows: string[][]) =>
    decodeFile(joinCells(rows), { kind: 'UP2KYO', charset: 'ms932' }).issues.map(({ code, row, column }) => [
      code,
      row,
      column,
    ]);
  expect(told(text, text, bare, bare)).toEqual([['csv.unquotedText', 3, 7]]);
  expect(told(text, bare.with(8, '"y"'), text.with(8, '"z"'), bare)).toEqual([['csv.unquotedText', 2, 7]]);
  const quoted = text.with(1, `"${text[1]}"`);
  expect(told(text, quoted, text, quoted)).toEqual([['csv.quotedCell', 2, 2]]);
  expect(told(text, text.with(1, '000001'), quoted, quoted)).toEqual([['csv.quotedCell', 3, 2]]);
});
