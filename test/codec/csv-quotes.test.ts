import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile } from '../../src/codec/index.js';
import { type Incomplete, type RecordOf, V4_1 } from '../../src/schema/index.js';
import { bytesOf, isContained, joinCells, latin1, writtenCells, wrongRanges } from '../support/damage.js';
import { CLEAN_FILES, DIRTY_FILES } from '../support/samples.js';

const plan = DIRTY_FILES.get('UPPLAN')?.bytes ?? new Uint8Array();
const rows = writtenCells(plan);
const read = (bytes: Uint8Array) => {
  const file = decodeFile(bytes, { kind: 'UPPLAN', charset: 'ms932' });
  return { ...file, records: file.records as Incomplete<RecordOf<'UPPLAN'>>[] };
};
const whole = read(plan).records;

describe('a quote that is not closed', () => {
  test('damages its own row only, wherever a quote is added or missing', () => {
    const damage = fc.tuple(fc.constantFrom(...CLEAN_FILES), fc.nat(), fc.nat(), fc.boolean());
    fc.assert(
      fc.property(damage, ({ 0: { name, bytes }, 1: row, 2: at, 3: adds }) => {
        const clean = decodeFile(bytes, { name });
        const { start, end } = clean.rows.at(row % clean.rows.length) ?? { start: 0, end: 0 };
        const text = latin1(bytes);
        const quotes = [...text.slice(start, end).matchAll(/"/g)].map(({ index }) => start + index);
        const place = adds ? start + (at % (end - start)) : quotes[at % quotes.length];
        if (place === undefined) return;
        const changed = bytesOf(text.slice(0, place) + (adds ? '"' : '') + text.slice(adds ? place : place + 1));
        const file = decodeFile(changed, { name, charset: 'ms932' });
        const others = clean.records.filter((_, i) => i !== row % clean.rows.length);
        expect(isContained(others, file.records)).toBe(true);
        expect(wrongRanges(changed, file)).toBeUndefined();
      }),
      { numRuns: 1200 },
    );
  });

  test('in every row leaves the values of the other cells of each, and keeps each row whole', () => {
    const torn = joinCells(rows.map((cells) => cells.with(20, `${cells[20]?.slice(0, -1)}`)));
    const file = read(torn);
    const lines = new TextDecoder('shift_jis').decode(torn).split(/(?<=\n)/);
    expect(file.records).toEqual(
      whole.map((record, i) => ({
        ...record,
        serviceOfficeName: `"${record.serviceOfficeName}`,
        $raw: { '#': lines[i] },
      })),
    );
    expect(file.complete).toBe(false);
    expect(file.issues.map(({ code, row }) => [code, row])).toEqual(rows.map((_, i) => ['csv.quotes', i + 1]));
  });

  test('does not take the quotes from the rows behind, however often it happened', () => {
    const torn = [...rows, ...rows].map((cells) => cells.with(-5, '"x"').with(-1, '"'));
    const file = read(joinCells([...torn, ...rows]));
    expect(file.records.slice(-rows.length)).toEqual(whole);
    expect(file.records).toHaveLength(torn.length + rows.length);
  });

  test('is read to its end, however many rows have one', () => {
    const row = `202407,x"x,"${'y'.repeat(20)}`;
    const file = read(bytesOf(`${`${row}\r\n`.repeat(6000)}",\r\n`));
    expect(file.records.length).toBeGreaterThanOrEqual(6000);
  });

  test('is told once a row, as an error of that row with its bytes', () => {
    const text = latin1(plan).replace('"', '');
    const { issues } = read(bytesOf(text));
    expect(issues).toMatchObject([
      { code: 'csv.quotes', severity: 'error', row: 1, range: { start: 0, end: text.indexOf('\n') + 1 } },
    ]);
  });
});

describe('a file at the edge of what is a file', () => {
  test('without a byte has no record', () => {
    expect(read(new Uint8Array())).toMatchObject({ records: [], complete: true, issues: [{ code: 'file.empty' }] });
  });

  test.each(['\x1a', '\x1a\x1a', '\xef\xbb\xbf', '\xef\xbb\xbf\x1a'])('of marks only has no record: %j', (text) => {
    const file = decodeFile(bytesOf(text), { kind: 'UPPLAN' });
    expect(file.records).toEqual([]);
    expect(file.issues.map(({ code }) => code)).toContain('file.empty');
    expect(wrongRanges(bytesOf(text), file)).toBeUndefined();
  });

  test.each(['\r\n', '\r\n\r\n', '\n\n\n', '\r\r', '\n\r\r\n'])('of line ends only has blank lines: %j', (text) => {
    const file = read(bytesOf(text));
    expect(file.records).toEqual([]);
    expect(new Set(file.issues.map(({ code }) => code))).toContain('csv.blankLine');
    expect(wrongRanges(bytesOf(text), file)).toBeUndefined();
  });

  test.each(['\r', '\n', '\r\n'])('with line ends %j has its records, told once', (end) => {
    const file = read(bytesOf(latin1(plan).replaceAll('\r\n', end)));
    expect(file.records).toEqual(whole);
    expect(file.issues.map(({ code }) => code)).toEqual(end === '\r\n' ? [] : ['csv.lineEnd']);
  });

  test('with blank lines between rows has its records, and counts the lines', () => {
    const file = read(bytesOf(latin1(plan).replaceAll('\r\n', '\r\n\r\n')));
    expect(file.records).toEqual(whole);
    expect([...file.rows].map(({ row }) => row)).toEqual(whole.map((_, i) => 2 * i + 1));
    expect(file.issues.map(({ code, row }) => [code, row])).toEqual(whole.map((_, i) => ['csv.blankLine', 2 * i + 2]));
  });

  test('with bytes behind the end-of-file mark loses none of them', () => {
    const bytes = bytesOf(`${latin1(plan)}\x1aABC`);
    const file = read(bytes);
    expect(file.records.slice(0, -1)).toEqual(whole);
    expect(file.records.at(-1)?.$raw).toEqual({ '#1': '\x1aABC' });
    expect(file.issues.map(({ code }) => code)).toEqual(['row.cutOff']);
    expect(wrongRanges(bytes, file)).toBeUndefined();
  });

  test('with thousands of cells in a row keeps those that have no column', () => {
    const columns = V4_1.layouts.find(({ kind }) => kind === 'UPPLAN')?.placed.length ?? 0;
    const surplus = Array.from({ length: 3000 }, (_, i) => (i % 2 ? '' : `"s""${i}"`));
    const file = read(joinCells(rows.slice(0, 3).map((cells) => [...cells, ...surplus])));
    const kept = surplus.flatMap((cell, i) => (cell ? [[`#${i + columns + 1}`, `s"${i}`]] : []));
    for (const { $raw } of file.records) expect(Object.entries($raw ?? {})).toEqual(kept);
    expect(file.records.map(({ $raw, ...others }) => others)).toEqual(whole.slice(0, 3));
    expect(file.complete).toBe(false);
    expect(file.issues.map(({ code, found, expected }) => [code, found, expected])).toEqual(
      Array(3).fill(['row.surplusColumns', columns + 3000, columns]),
    );
  });

  test.each(['hello world', 'x', ',,,', 'a"b,"c', '"abc', '202407,"x,1', '202407,1'])(
    'of lines that are no records has one issue a line, however many: %j',
    (line) => {
      const count = 10_000;
      const file = read(bytesOf(`${line}\r\n`.repeat(count)));
      expect(file.records.length).toBeGreaterThanOrEqual(count - 1);
      expect(file.issues.filter(({ code }) => code !== 'csv.lineEnd')).toHaveLength(file.records.length);
      expect(file.complete).toBe(false);
    },
  );

  test('with a row of an edition of which no table is known keeps the texts of that row, and reads the row below', () => {
    const [one = []] = rows;
    const other = one.with(9, '20251102').with(7, '555');
    const file = read(joinCells([one, other.with(0, '201910'), other, one]));
    expect(Object.keys(file.records[1] ?? {})).toEqual(['$raw']);
    expect(file.records[1]?.$raw).toMatchObject({ '#1': '201910', '#8': '555', '#10': '20251102' });
    expect(file.records.toSpliced(1, 1)).toEqual([
      whole[0],
      { ...whole[0], serviceDate: '2025-11-02', units: 555 },
      whole[0],
    ]);
    expect(file.issues).toMatchObject([{ code: 'file.edition', row: 2, found: '201910' }]);
    expect(file.complete).toBe(false);
  });
});
