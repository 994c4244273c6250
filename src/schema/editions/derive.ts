import { version } from '../cell.js';
import type { Edition } from '../edition.js';
import { type Column, type Columns, defineLayout, type Layout } from '../layout.js';

/** How an older edition differs from a later one. */
export interface Difference<Id extends string, V extends string> {
  readonly id: Id;
  readonly csvVersion: V;
  readonly from: string;
  readonly nameTypeLength: Edition['nameTypeLength'];
  readonly written: boolean;
  /** Files that the edition lacks. */
  readonly lacks?: (layout: Layout) => boolean;
  /** Columns that differ, by kind of file and name: null where the edition lacks them. */
  readonly columns?: Readonly<Record<string, Readonly<Record<string, Column | null>>>>;
}

/** An older edition: the tables of a later one with what differs. */
export function deriveEdition<const Id extends string, const V extends string>(
  later: Edition,
  { lacks = () => false, columns = {}, ...own }: Difference<Id, V>,
): Edition<readonly Layout[], Edition['images'], Id, V> {
  const layouts = later.layouts
    .filter((layout) => !lacks(layout))
    .map((layout) => defineLayout({ ...layout, columns: changed(layout, own.csvVersion, columns[layout.kind] ?? {}) }));
  const kinds = new Set(layouts.map(({ kind }) => kind));
  const images = later.images.filter(({ namedBy }) => kinds.has(namedBy));
  return Object.freeze({ ...own, layouts, images });
}

function changed(layout: Layout, csvVersion: string, differences: Readonly<Record<string, Column | null>>): Columns {
  const columns = Object.entries(layout.columns).flatMap(([name, column]): [string, Column][] => {
    const difference = differences[name];
    if (difference === null) return [];
    const kind = column.kind.constant === undefined ? column.kind : version(csvVersion);
    return [[name, difference ?? { ...column, kind }]];
  });
  return Object.fromEntries(columns);
}
