import { type FileKind, type Layout, V4_1 } from '../schema/internal.js';

/** The layout of one kind, with its columns in its type. */
export type LayoutOf<K extends FileKind> = Extract<(typeof V4_1)['layouts'][number], { readonly kind: K }>;

const LAYOUTS: ReadonlyMap<string, Layout> = new Map(V4_1.layouts.map((layout) => [layout.kind, layout as Layout]));

/** The layout of a kind of file; undefined where the edition has none. */
export function layoutOf<K extends FileKind>(kind: K): LayoutOf<K>;
export function layoutOf(kind: string): Layout | undefined;
export function layoutOf(kind: string): Layout | undefined {
  return LAYOUTS.get(kind);
}

/** Whether a text is a kind of CSV file. */
export const isFileKind = (kind: string): kind is FileKind => LAYOUTS.has(kind);
