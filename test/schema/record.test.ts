import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Layout, recordSchema, V4_1 } from '../../src/schema/index.js';
import { arbitraryRecord, arbitraryRecords } from '../support/arbitrary.js';

type Row = Record<string, unknown>;
const layouts: readonly Layout[] = V4_1.layouts;

describe.each(layouts)('A record of $kind', (layout) => {
  const schema = recordSchema(layout);
  const record = arbitraryRecord(layout) as fc.Arbitrary<Row>;
  const required = layout.placed.filter((column) => column.required).map((column) => column.name);
  const optional = layout.placed.filter((column) => !column.required).map((column) => column.name);
  const anyColumn = fc.constantFrom(...layout.placed.map((column) => column.name));
  const refuses = (value: unknown) => expect(schema.safeParse(value).success).toBe(false);

  it('is taken as it is where every required column has a value of its kind', () => {
    fc.assert(
      fc.property(record, (row) => {
        expect(schema.parse(row)).toStrictEqual(row);
        expect(Object.keys(row)).toEqual(expect.arrayContaining(required));
        expect(Object.values(row)).not.toContain(undefined);
      }),
      { numRuns: 50 },
    );
  });

  it('may leave out every optional column', () => {
    fc.assert(
      fc.property(record, (row) => {
        for (const name of optional) delete row[name];
        expect(Object.keys(schema.parse(row) as Row).sort()).toEqual([...required].sort());
      }),
      { numRuns: 20 },
    );
  });

  it('is refused with an empty string, null or undefined in a column', () => {
    fc.assert(
      fc.property(record, anyColumn, fc.constantFrom('', null, undefined), (row, name, value) => {
        refuses({ ...row, [name]: value });
      }),
      { numRuns: 50 },
    );
  });

  it('is refused with a column that the layout does not have', () => {
    fc.assert(
      fc.property(record, fc.constantFrom('unknown', '$raw', '0', 'constructor', '__proto__'), (row, name) => {
        refuses(Object.defineProperty({ ...row }, name, { value: '1', enumerable: true }));
      }),
      { numRuns: 50 },
    );
  });

  it('is refused without a required column', () => {
    fc.assert(
      fc.property(record, fc.constantFrom(...required), (row, name) => {
        delete row[name];
        refuses(row);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused with a value in a column that is not used', () => {
    fc.assert(
      fc.property(record, fc.anything(), (row, value) => {
        for (const column of layout.placed) {
          if (column.kind.type === 'unused') refuses({ ...row, [column.name]: value });
        }
      }),
      { numRuns: 20 },
    );
  });

  it('stands in a file among others that are taken too', () => {
    fc.assert(
      fc.property(arbitraryRecords(layout), (rows) => {
        for (const row of rows) expect(schema.parse(row)).toStrictEqual(row);
      }),
      { numRuns: 20 },
    );
  });
});

describe('What is not a record', () => {
  it.each([null, undefined, 'text', 1, true, [], new Map(), () => ({})])('is refused: %s', (value) => {
    for (const layout of layouts) expect(recordSchema(layout).safeParse(value).success).toBe(false);
  });
});

describe('Records drawn for tests', () => {
  it('repeat values of the record above, change some, and add and drop optional ones', () => {
    const layout = layouts.find(({ kind }) => kind === 'UPSIKYU') ?? layouts[0];
    if (!layout) throw new Error('no layout');
    const files = fc.sample(arbitraryRecords(layout, { minLength: 2, maxLength: 8 }) as fc.Arbitrary<Row[]>, {
      numRuns: 50,
      seed: 1,
    });
    const pairs = files.flatMap((rows) => rows.slice(1).map((row, index) => [rows[index] ?? {}, row] as const));
    const names = layout.placed.map(({ name }) => name);
    const count = (test: (above: unknown, here: unknown) => boolean) =>
      pairs.flatMap(([above, row]) => names.filter((name) => test(above[name], row[name]))).length;
    expect(count((above, here) => here !== undefined && above === here)).toBeGreaterThan(pairs.length * 5);
    expect(count((above, here) => above !== undefined && here !== undefined && above !== here)).toBeGreaterThan(99);
    expect(count((above, here) => above === undefined && here !== undefined)).toBeGreaterThan(99);
    expect(count((above, here) => above !== undefined && here === undefined)).toBeGreaterThan(99);
  });
});
