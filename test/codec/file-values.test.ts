import { describe, expect, test } from 'vitest';
import { decodeFile, type EncodeFileOptions, encodeFile } from '../../src/codec/index.js';
import type { RecordOf } from '../../src/schema/index.js';
import { latin1 } from '../support/damage.js';
import { DIRTY_FILES } from '../support/samples.js';

const { bytes: plan = new Uint8Array() } = DIRTY_FILES.get('UPPLAN') ?? {};
const decoded = decodeFile(plan, { kind: 'UPPLAN' });
if (!decoded.complete) throw new Error('the sample is clean');
const { records } = decoded;
const record = records[0] as RecordOf<'UPPLAN'>;

/** Encodes values that the types forbid. */
const encode = (rows: Iterable<unknown>, options: EncodeFileOptions = {}) =>
  encodeFile('UPPLAN', rows as Iterable<RecordOf<'UPPLAN'>>, options);

/** What is told of a record in which some values are others: code, column and what was found. */
const told = (changes: object, showValues = false) =>
  encode([{ ...record, ...changes }], { showValues }).issues.map(({ code, field, found }) =>
    [code, field, found].filter((one) => one !== undefined).join(' '),
  );

/** The first row of the file of a record. */
const row = (one: unknown): string => latin1(encode([one]).bytes ?? new Uint8Array());
const first = row(record);

describe('a value', () => {
  test.each([
    ['units', -1, 'cell.form units -9'],
    ['units', -0, 'cell.form units 9'],
    ['units', 1.5, 'cell.form units 9.9'],
    ['units', Number.NaN, 'cell.form units AaA'],
    ['units', Number.POSITIVE_INFINITY, 'cell.form units Aaaaaaaa'],
    ['units', 1_000_000, 'cell.length units 9999999'],
    ['units', 2 ** 60, 'cell.form units 9999999999999999999'],
    ['units', '244', 'cell.type units 999'],
    ['units', 244n, 'cell.type units bigint'],
    ['units', true, 'cell.type units boolean'],
    ['units', Symbol('x'), 'cell.type units symbol'],
    ['units', [244], 'cell.type units object'],
    ['units', new Number(244), 'cell.type units object'],
    ['serviceDate', new Date(0), 'cell.type serviceDate object'],
    ['serviceDate', '20251101', 'cell.form serviceDate 99999999'],
    ['serviceDate', '2025-11-31', 'cell.calendar serviceDate 9999-99-99'],
    ['serviceDate', '2025-11-01\n', 'cell.form serviceDate 9999-99-99〇'],
    ['startTime', '24:00', 'cell.calendar startTime 99:99'],
    ['serviceMonth', '2025-13', 'cell.calendar serviceMonth 9999-99'],
    ['csvVersion', '202410', 'cell.version csvVersion 999999'],
    ['csvVersion', 202407, 'cell.type csvVersion 999999'],
    ['overThirtyDays', '2', 'cell.code overThirtyDays 9'],
    ['serviceOfficeNumber', '037020021', 'cell.length serviceOfficeNumber 999999999'],
    ['serviceOfficeNumber', ' 370200210', 'cell.form serviceOfficeNumber ␣999999999'],
    ['satelliteNumber', 'a,', 'cell.bare satelliteNumber a,'],
    ['satelliteNumber', 'abc', 'cell.length satelliteNumber aaa'],
    ['careManagerName', 5, 'cell.type careManagerName 9'],
    ['careManagerName', '', 'cell.emptyString careManagerName '],
    ['units', '', 'cell.type units '],
    ['taisCode', '', 'cell.emptyString taisCode '],
    ['identifier', '0', 'cell.unused identifier 9'],
  ])('of %s that the standard does not have is refused: %o', (name, value, issue) => {
    expect(told({ [name]: value })).toEqual([issue]);
    expect(encode([{ ...record, [name]: value }])).not.toHaveProperty('bytes');
    // Below a row with the same column in order, and twice.
    const below = encode([record, { ...record, [name]: value }, { ...record, [name]: value }, record]);
    expect(below.issues.map((one) => one.row)).toEqual([2, 3]);
    expect(below.ok).toBe(false);
  });

  test('of minus nought is not taken for the nought above it', () => {
    const above = { ...record, units: 0 };
    expect(encode([above, { ...record, units: -0 }]).issues).toMatchObject([{ code: 'cell.form', row: 2, column: 8 }]);
    expect(row(above)).toContain(',0,');
  });

  test('is shown in an issue only when asked', () => {
    expect(told({ satelliteNumber: '鈴木花' })).toEqual(['cell.length satelliteNumber 〇〇〇']);
    expect(told({ satelliteNumber: '鈴木花' }, true)).toEqual(['cell.length satelliteNumber 鈴木花']);
    expect(told({ units: 1.5 }, true)).toEqual(['cell.form units 1.5']);
  });

  test.each([undefined, null])('of %s is absent', (value) => {
    const absent = { ...record, careManagerName: value, taisCode: value };
    const { careManagerName: _, ...without } = record;
    expect(row(absent)).toBe(row(without));
    expect(encode([record, absent, absent, record]).bytes).toEqual(encode([record, without, without, record]).bytes);
    expect(told({ units: value })).toEqual(['cell.required units']);
  });

  test('that is absent in a required column is told in every row', () => {
    const { units: _, ...without } = record;
    const { issues } = encode([without, without, record, without]);
    expect(issues.map(({ code, row, column }) => [code, row, column])).toEqual(
      [1, 2, 4].map((line) => ['cell.required', line, 8]),
    );
  });
});

describe('a record', () => {
  test('that is no object is refused', () => {
    for (const one of [null, undefined, 'text', 5, true, () => record]) {
      expect(encode([record, one, record]).issues).toMatchObject([{ code: 'record.type', severity: 'error', row: 2 }]);
    }
    expect(encode([record, []]).issues.every(({ row, code }) => row === 2 && code === 'cell.required')).toBe(true);
  });

  test('with a name that the layout does not have is refused, its name told where it looks like one', () => {
    expect(told({ name: 'x', けい: 1 })).toEqual(['record.unknownColumn name', 'record.unknownColumn 〇〇']);
    expect(told({ toString: 'x', constructor: 'x' })).toHaveLength(2);
    expect(told(JSON.parse('{"__proto__": "x"}'))).toEqual(['record.unknownColumn __aaaaa__']);
    const polluted = JSON.parse(JSON.stringify(record).replace('{', '{"__proto__":{"units":1},'));
    expect(encode([record, polluted]).issues).toMatchObject([{ code: 'record.unknownColumn', row: 2 }]);
    const { issues } = encode([record, { ...record, colour: 1 }, { ...record, colour: 1 }]);
    expect(issues.map((issue) => issue.row)).toEqual([2, 3]);
  });

  test('with a name whose value is undefined is written', () => {
    expect(row({ ...record, another: undefined, $raw: undefined })).toBe(first);
  });

  test('of which something was not understood is refused, as long as $raw is there', () => {
    const { units: _, ...without } = record;
    const incomplete = { ...without, $raw: { units: 'viele', '#26': 'x' } };
    expect(encode([incomplete]).issues).toMatchObject([
      { code: 'cell.required', column: 8 },
      { code: 'record.raw', row: 1, found: 'units, #26' },
    ]);
    expect(told({ $raw: {} })).toEqual(['record.raw ']);
  });

  test.each<[string, unknown]>([
    ['with its names in another order', Object.fromEntries(Object.entries(record).reverse())],
    ['without a prototype', Object.assign(Object.create(null), record)],
    ['that is frozen', Object.freeze({ ...record })],
    [
      'of a class',
      Object.assign(
        new (class Row {
          toString = undefined;
          get total() {
            return 1;
          }
        })(),
        record,
      ),
    ],
    ['that is a proxy', new Proxy({ ...record }, {})],
  ])('%s is written as any other', (_, one) => {
    expect(row(one)).toBe(first);
    expect(row({ ...record })).toBe(first);
    expect(latin1(encode([record, one, record, one, one]).bytes ?? new Uint8Array())).toBe(first.repeat(5));
  });

  test('is made of its own names only, whatever record stands above', () => {
    const { units, ...without } = record;
    const heir = Object.assign(Object.create({ units }), without);
    for (const rows of [[heir], [{ ...without, units }, heir], [heir, heir]]) {
      expect(encode(rows).issues.at(-1)).toMatchObject({ code: 'cell.required', column: 8, row: rows.length });
    }
  });

  test('given twice is written twice, as it is at that moment', () => {
    const one = { ...record };
    function* changing() {
      yield one;
      one.units = 1;
      yield one;
      yield one;
    }
    const bytes = encode(changing()).bytes ?? new Uint8Array();
    expect(latin1(bytes)).toBe(first + row({ ...record, units: 1 }).repeat(2));
  });
});

describe('a file', () => {
  test('is refused with every issue of every record', () => {
    const bad = { ...record, units: -1, serviceDate: 'x', taisCode: '' };
    const file = encode([bad, record, bad], { name: 'n.CSV' });
    expect(file.ok).toBe(false);
    expect(file.issues.map(({ row, column, file }) => [row, column, file])).toEqual(
      [1, 1, 1, 3, 3, 3].map((line, i) => [line, [8, 10, 16][i % 3], 'n.CSV']),
    );
    for (const { message } of file.issues)
      expect([message.ja, message.en].every((text) => text.length > 10)).toBe(true);
  });

  test('without records has no bytes', () => {
    expect(encode([])).toEqual({ ok: true, bytes: new Uint8Array(), issues: [] });
  });

  test('of thousands of rows is written whole', () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({
      ...record,
      units: i % 1000,
      careManagerName: `${i}`.repeat(9),
    }));
    const file = decodeFile(encode(many).bytes ?? new Uint8Array(), { kind: 'UPPLAN' });
    expect(file.records).toEqual(many);
    // How many there will be is known or not.
    expect(encode(new Set(many)).bytes).toEqual(encode(many).bytes);
  });

  test('of a kind that the edition does not have is a mistake of the caller', () => {
    expect(() => encodeFile('UPNONE' as never, [])).toThrow(RangeError);
  });
});
