import { V4_1 } from '../../editions/index.js';
import type { Layout } from '../../layout.js';
import type { ColumnName, FileRows } from '../rule.js';

/** The columns that number the rows of trees, of all layouts. */
export const NUMBER_COLUMNS = [
  ...new Set(V4_1.layouts.flatMap(({ numbering = [] }: Layout) => numbering)),
] as ColumnName[];

/** The columns that number the rows of a layout; none where they are no tree. */
export const numberingOf = ({ numbering = [] }: Layout) => numbering as readonly ColumnName[];

/** A row of a tree and its numbers, from the root on. */
export interface TreeRow {
  readonly index: number;
  readonly numbers: readonly number[];
}

/** The rows of a file by unit, in their order; without units in which a row has no place. */
export function treesOf({ layout, records, units }: FileRows): TreeRow[][] {
  const names = numberingOf(layout);
  return units.flatMap(({ indexes }) => {
    const rows = indexes.map((index) => ({ index, numbers: names.map((name) => numberIn(records[index]?.[name])) }));
    return rows.every(({ numbers }) => numbers.every((number) => number > 0)) ? [rows] : [];
  });
}

/** The number in a cell, also where the table has text; 0 for none. */
const numberIn = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && /^[0-9]+$/.test(value) ? Number(value) : 0;

/** The first level at which rows differ; -1 where their numbers are the same. */
export const levelBetween = (a: TreeRow, b: TreeRow): number =>
  a.numbers.findIndex((number, level) => number !== b.numbers[level]);

/** Below 0 where a row stands before another by its numbers. */
export function compareRows(a: TreeRow, b: TreeRow): number {
  const level = levelBetween(a, b);
  return level < 0 ? 0 : (a.numbers[level] ?? 0) - (b.numbers[level] ?? 0);
}
