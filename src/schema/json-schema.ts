import * as z from 'zod';
import { type FileKind, V4_1 } from './editions/index.js';
import type { Layout, PlacedColumn } from './layout.js';
import { recordSchema } from './record.js';

/** A JSON Schema, as plain JSON. */
export type JsonSchema = Record<string, unknown>;

/** What is said of a column for people: the standard's name, the kind of file and the number, codes and note. */
export function describe(
  layout: Layout,
  column: PlacedColumn,
): { readonly title: string; readonly description: string } {
  const labels = Object.entries(column.kind.codes ?? {})
    .map(([code, label]) => `${code} ${label}`)
    .sort();
  const parts = [labels.join(', '), column.note ?? ''].filter((part) => part !== '');
  return { title: column.ja, description: [`${layout.kind} ${column.no}`, ...parts].join('; ') };
}

/** The limits of a column's texts that are checks in zod and that JSON Schema can tell: both count characters. */
export function limits({ kind }: PlacedColumn): JsonSchema {
  const longest = kind.exact || kind.length === null ? {} : { maxLength: kind.length };
  return kind.replaceable && !kind.quoted ? { ...longest, pattern: '^[^",\\r\\n]*$' } : longest;
}

/** Adds to the JSON Schema of a column's value what its table says. */
export function annotate(schema: JsonSchema, layout: Layout, column: PlacedColumn): void {
  const own = { ...schema };
  for (const name of Object.keys(own)) delete schema[name];
  Object.assign(schema, describe(layout, column), own, own.type === 'string' ? limits(column) : {});
}

/**
 * The JSON Schema (draft 2020-12) of a kind of file's complete records, `title` and `description` from the table.
 *
 * It tells names, forms, codes and lengths. A column that the standard keeps empty is not among the properties, and no
 * other property is allowed: a record with `$raw` does not fit. Throws a RangeError for a kind that the edition does
 * not have.
 */
export function recordJsonSchema(of: FileKind | Layout): JsonSchema {
  const layout = typeof of === 'string' ? V4_1.layouts.find(({ kind }) => kind === of) : of;
  if (!layout) throw new RangeError(`no such kind of file: ${of}`);
  const { $schema, properties, ...rest } = z.toJSONSchema(recordSchema(layout as Layout)) as JsonSchema;
  const described: Record<string, JsonSchema> = {};
  for (const column of layout.placed.filter(({ kind }) => kind.type !== 'unused')) {
    const property = (properties as Record<string, JsonSchema>)[column.name] as JsonSchema;
    annotate(property, layout, column);
    described[column.name] = property;
  }
  return { $schema, title: `${layout.kind} ${layout.ja}`, ...rest, properties: described };
}
