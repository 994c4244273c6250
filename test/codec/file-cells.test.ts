import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile, encodeFile } from '../../src/codec/index.js';
import { type FileKind, type Layout, mask, type PlacedColumn, type RecordOf, V4_1 } from '../../src/schema/index.js';
import { arbitraryRecords, invalidText } from '../support/arbitrary.js';
import { joinCells, latin1, ms932, withCell, writtenCells } from '../support/damage.js';

type Row = Readonly<Record<string, unknown>>;

const LAYOUTS: readonly Layout[] = V4_1.layouts;
const NAME = 'a/b.CSV';

const encode = (kind: string, records: readonly Row[]): Uint8Array =>
  encodeFile(kind as FileKind, records as RecordOf<FileKind>[]).bytes ?? assert.fail('refused');

const decode = (kind: string, bytes: Uint8Array, showValues = false) => {
  const file = decodeFile(bytes, { kind: kind as FileKind, charset: 'ms932', name: NAME, showValues });
  const issues = file.issues.filter(({ code }) => !code.startsWith('name.'));
  return { ...file, records: file.records as readonly Row[], issues };
};

/** Files of some rows, one of which is chosen, with a column chosen and a text for its cell. */
const cases = (layout: Layout, texts: (column: PlacedColumn) => fc.Arbitrary<string> | undefined) => {
  const pairs = layout.placed.flatMap((column) => {
    const text = texts(column);
    return text ? [fc.record({ column: fc.constant(column), text })] : [];
  });
  return fc.record({
    records: arbitraryRecords(layout, { minLength: 1, maxLength: 4 }) as unknown as fc.Arbitrary<Row[]>,
    row: fc.nat(),
    cell: fc.oneof(...pairs),
  });
};

const without = (record: Row | undefined, name: string): Row => {
  const { [name]: _, ...others } = record ?? {};
  return others;
};

describe.each(LAYOUTS)('in $kind', (layout) => {
  const { kind } = layout;

  test('a cell that is not understood is told at its column and keeps its text, and nothing else is touched', () => {
    fc.assert(
      fc.property(cases(layout, invalidText), fc.boolean(), ({ records, row: any, cell: { column, text } }, shows) => {
        const row = any % records.length;
        const written = column.kind.quoted ? `"${ms932(text)}"` : ms932(text);
        const bytes = withCell(encode(kind, records), row, column.no - 1, written);
        const file = decode(kind, bytes, shows);
        const [{ code, severity, message, range, ...place }, ...more] = file.issues as [(typeof file.issues)[0]];
        assert.deepEqual(more, []);
        assert.deepEqual(place, {
          file: NAME,
          row: row + 1,
          column: column.no,
          columnName: column.ja,
          field: column.name,
          found: shows ? text : mask(text),
        });
        assert.equal(latin1(bytes.subarray(range?.start, range?.end)), ms932(text));
        assert.equal(severity, 'error');
        assert.match(code, /^cell\./);
        assert.ok(message.ja.includes(`${row + 1}行目 ${column.no}列目「${column.ja}」`));
        assert.ok(message.en.includes(`row ${row + 1}, column ${column.no} (${column.ja})`));
        assert.deepEqual(file.records[row], { ...without(records[row], column.name), $raw: { [column.name]: text } });
        assert.deepEqual(file.records.toSpliced(row, 1), records.toSpliced(row, 1));
        assert.equal(file.complete, false);
      }),
      { numRuns: 60 },
    );
  });

  test('an empty cell of a required column is told at its column, and the record lacks it', () => {
    const empty = (column: PlacedColumn) => (column.required ? fc.constant('') : undefined);
    fc.assert(
      fc.property(cases(layout, empty), fc.boolean(), ({ records, row: any, cell: { column } }, inQuotes) => {
        const row = any % records.length;
        const cell = inQuotes && column.kind.quoted ? '""' : '';
        const file = decode(kind, withCell(encode(kind, records), row, column.no - 1, cell));
        const severity = column.emptyOnReading ?? 'error';
        const where = { row: row + 1, column: column.no, columnName: column.ja, field: column.name };
        expect(file.issues).toMatchObject([{ code: 'cell.required', severity, ...where }]);
        expect(file.issues[0]).not.toHaveProperty('found');
        assert.deepEqual(file.records[row], without(records[row], column.name));
        assert.equal(file.complete, false);
      }),
      { numRuns: 20 },
    );
  });

  test('an empty cell of any other column is an absent value', () => {
    const empty = (column: PlacedColumn) => (column.required || column.needed ? undefined : fc.constant(''));
    if (layout.placed.every((column) => column.required)) return;
    fc.assert(
      fc.property(cases(layout, empty), ({ records, row: any, cell: { column } }) => {
        const row = any % records.length;
        const file = decode(kind, withCell(encode(kind, records), row, column.no - 1, ''));
        assert.deepEqual(file.issues, []);
        assert.deepEqual(file.records[row], without(records[row], column.name));
        assert.equal(file.complete, true);
      }),
      { numRuns: 20 },
    );
  });

  test('an empty cell that is 必要 but not required is a warning at its column, reading and writing', () => {
    for (const { no, name } of layout.placed.filter((column) => column.needed && !column.required)) {
      const [record] = fc.sample(arbitraryRecords(layout, { minLength: 1, maxLength: 1 }), {
        numRuns: 1,
        seed: 3,
      })[0] as Row[];
      const lacking = without(record, name);
      const written = encodeFile(kind as FileKind, [lacking] as never[]);
      const told = [{ code: 'cell.required', severity: 'warning', row: 1, column: no }];
      expect(written).toMatchObject({ ok: true, issues: told });
      const read = decodeFile(written.bytes as Uint8Array, { kind: kind as FileKind });
      expect(read).toMatchObject({ complete: true, records: [lacking], issues: told });
    }
  });

  test('a number with leading zeros is read with a warning and written without', () => {
    const numbers = layout.placed.filter((column) => column.kind.type === 'int');
    if (numbers.length === 0) return;
    const zeros = (column: PlacedColumn) =>
      numbers.includes(column) ? fc.constantFrom('00', '007', '0000000000000000001') : undefined;
    fc.assert(
      fc.property(cases(layout, zeros), ({ records, row: any, cell: { column, text } }) => {
        const row = any % records.length;
        const file = decode(kind, withCell(encode(kind, records), row, column.no - 1, text));
        const where = { row: row + 1, column: column.no, columnName: column.ja };
        expect(file.issues).toMatchObject([{ code: 'cell.leadingZeros', severity: 'warning', ...where }]);
        assert.equal(file.records[row]?.[column.name], Number(text));
        assert.equal(file.complete, true);
        assert.equal(writtenCells(encode(kind, file.records))[row]?.[column.no - 1], `${Number(text)}`);
      }),
      { numRuns: 20 },
    );
  });

  test('a row that is too short lacks the last columns, and one too long keeps its surplus by number', () => {
    const [records] = fc.sample(arbitraryRecords(layout, { minLength: 3, maxLength: 3 }), { numRuns: 1, seed: 7 });
    const bytes = encode(kind, records as Row[]);
    const last = layout.placed.length;
    const longer = decode(kind, withCell(bytes, 1, last - 1, `${writtenCells(bytes)[1]?.at(-1)},,"x,y",`));
    const code = 'row.surplusColumns';
    expect(longer.issues).toMatchObject([{ code, row: 2, found: last + 3, expected: last }]);
    expect(longer.records[1]).toEqual({ ...records?.[1], $raw: { [`#${last + 2}`]: 'x,y' } });
    const cells = writtenCells(bytes);
    const shorter = decode(kind, joinCells([...cells.slice(0, 2), (cells[2] ?? []).slice(0, -2)]));
    const missing = layout.placed.slice(-2);
    const severity = missing.some(({ required }) => required) ? 'error' : 'warning';
    expect(shorter.issues).toMatchObject([{ code: 'row.missingColumns', severity, row: 3 }]);
    expect(shorter.complete).toBe(severity === 'warning');
  });
});
