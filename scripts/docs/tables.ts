import type { CodeTable, Layout, PlacedColumn } from '../../src/schema/index.js';
import * as schema from '../../src/schema/index.js';

/** A code table under the name that the library exports it by. */
export interface NamedTable extends CodeTable {
  readonly name: string;
}

export const LAYOUTS: readonly Layout[] = schema.V4_1.layouts;

const isTable = (value: unknown): value is CodeTable =>
  typeof value === 'object' && value !== null && 'codes' in value && 'ja' in value;

/** Every code table of the library. */
export const CODE_TABLES: readonly NamedTable[] = Object.entries(schema)
  .flatMap(([name, value]) => (isTable(value) ? [{ ...value, name }] : []))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** The page of what the library exports by a name: `CARE_LEVEL` has `care-level.md`. */
export const pageOf = (name: string): string => `${name.toLowerCase().replaceAll('_', '-')}.md`;

/** The code table of a column, where it has one. */
export const tableOf = ({ kind }: PlacedColumn): NamedTable | undefined =>
  kind.codes && CODE_TABLES.find(({ codes }) => codes === kind.codes);

export interface Use {
  readonly layout: Layout;
  readonly column: PlacedColumn;
}

/** The columns of all layouts that are like this. */
export const usesOf = (isLike: (column: PlacedColumn) => boolean): readonly Use[] =>
  LAYOUTS.flatMap((layout) => layout.placed.filter(isLike).map((column) => ({ layout, column })));
