import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeFiles } from '../../src/index.js';
import {
  checkDocuments,
  documentsJsonSchema,
  type FileKind,
  type Layout,
  recordJsonSchema,
  V4_1,
} from '../../src/schema/index.js';
import { arbitraryRecord } from '../support/arbitrary.js';
import { cleanSamples } from '../support/fixtures.js';
import { slipOf } from '../support/month.js';

interface ObjectSchema {
  $schema?: string;
  title: string;
  properties: Record<string, { title?: string; description?: string; maxLength?: number } & Record<string, unknown>>;
  required: string[];
}
const layouts: readonly Layout[] = V4_1.layouts;
const schemaOf = (layout: Layout) => recordJsonSchema(layout) as unknown as ObjectSchema;

/** Columns of a layout that have values. */
const filled = (layout: Layout) => layout.placed.filter(({ kind }) => kind.type !== 'unused');

describe.each(layouts)('The JSON Schema of a record of $kind', (layout) => {
  const schema = schemaOf(layout);
  const reader = z.fromJSONSchema(recordJsonSchema(layout) as z.core.JSONSchema.JSONSchema);
  const fits = (value: unknown) => reader.safeParse(value).success;
  const record = arbitraryRecord(layout) as fc.Arbitrary<Record<string, unknown>>;

  it('has the columns in order, with their Japanese names, and requires what the table requires', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.title).toBe(`${layout.kind} ${layout.ja}`);
    expect(Object.entries(schema.properties).map(([name, { title }]) => [name, title])).toEqual(
      filled(layout).map(({ name, ja }) => [name, ja]),
    );
    expect(schema.required).toEqual(filled(layout).flatMap(({ name, required }) => (required ? [name] : [])));
  });

  it('tells number, codes with their labels, and note of each column', () => {
    for (const { name, no, kind, note } of filled(layout)) {
      const description = schema.properties[name]?.description ?? '';
      expect(description).toMatch(new RegExp(`^${layout.kind} ${no}(;|$)`));
      for (const [code, label] of Object.entries(kind.codes ?? {})) expect(description).toContain(`${code} ${label}`);
      if (note !== undefined) expect(description).toContain(note);
    }
  });

  it('fits every record of the layout', () => {
    fc.assert(
      fc.property(record, (row) => {
        expect(reader.safeParse(row).error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('does not fit a record without a required column, with an unknown one or with $raw', () => {
    const required = fc.constantFrom(...schema.required);
    fc.assert(
      fc.property(record, required, fc.constantFrom('unknown', '$raw', 'identifier'), (row, name, other) => {
        const { [name]: _, ...less } = row;
        expect([fits(less), fits({ ...row, [other]: '1' })]).toEqual([false, false]);
      }),
      { numRuns: 20 },
    );
  });
});

describe('The JSON Schemas', () => {
  it('fit every record of the clean samples', () => {
    const { transmissions } = decodeFiles(cleanSamples());
    const files = transmissions.flatMap((one) => one.files);
    expect(new Set(files.map(({ kind }) => kind)).size).toBe(layouts.length);
    for (const { kind } of layouts) {
      const reader = z.fromJSONSchema(recordJsonSchema(kind as FileKind) as z.core.JSONSchema.JSONSchema);
      const records = files.filter((file) => file.kind === kind).flatMap((file): unknown[] => file.records);
      expect(z.array(reader).safeParse(records).error?.issues ?? []).toEqual([]);
    }
  });

  it('hold texts to the lengths and the characters of their columns', () => {
    const columns = layouts.flatMap((layout) => {
      const { properties } = schemaOf(layout);
      return layout.placed.map(({ name, kind }) => ({ kind, schema: properties[name] }));
    });
    const words = columns.filter(({ kind }) => kind.replaceable && kind.length !== null);
    const bare = words.filter(({ kind }) => !kind.quoted);
    const fits = (schema: unknown, text: string) =>
      z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(text).success;
    expect([words.length > bare.length, bare.length > 3]).toEqual([true, true]);
    for (const { schema, kind } of words) {
      const length = kind.length as number;
      expect([fits(schema, 'あ'.repeat(length)), fits(schema, 'あ'.repeat(length + 1))]).toEqual([true, false]);
    }
    for (const { schema } of bare)
      expect([fits(schema, '1'), fits(schema, ','), fits(schema, '')]).toEqual([true, false, false]);
  });

  it('of a kind that the edition does not have throw', () => {
    expect(() => recordJsonSchema('UPNONE' as never)).toThrow(RangeError);
  });

  it('of documents have the names of the columns, at the head of a document and in its lines', () => {
    const { properties } = documentsJsonSchema('usageSlips') as unknown as ObjectSchema;
    const line = (properties.lines as unknown as { items: ObjectSchema }).items;
    expect(properties.careManagerName?.title).toBe('プラン担当者名');
    expect(line.properties.satelliteNumber).toMatchObject({ title: 'サテライト枝番', maxLength: 2 });
    expect(line.properties.overThirtyDays?.description).toContain('1 該当');
  });
});

it('An issue at the head of a document names its column, as those of its lines do', () => {
  const { issues } = checkDocuments({ usageSlips: [{ ...slipOf(1, []), createdOn: '2025-02-30' }] });
  expect(issues.find(({ path }) => path === 'usageSlips[0].createdOn')).toMatchObject({
    code: 'cell.calendar',
    columnName: '作成年月日',
  });
});
