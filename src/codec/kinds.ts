import { type FileKind, type Layout, V4_1 } from '../schema/internal.js';

const LAYOUTS: ReadonlyMap<string, Layout> = new Map(V4_1.layouts.map((layout) => [layout.kind, layout as Layout]));

/** The layout of a kind of file; undefined where the edition has none. */
export function layoutOf(kind: FileKind): Layout;
export function layoutOf(kind: string): Layout | undefined;
export function layoutOf(kind: string): Layout | undefined {
  return LAYOUTS.get(kind);
}

/** Whether a text is a kind of CSV file. */
export const isFileKind = (kind: string): kind is FileKind => LAYOUTS.has(kind);
