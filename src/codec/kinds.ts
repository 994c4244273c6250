import { EDITIONS, type EditionId, type FileKind, type Layout, V4_1 } from '../schema/internal.js';

/** The layout of one kind, with its columns in its type. */
export type LayoutOf<K extends FileKind> = Extract<(typeof V4_1)['layouts'][number], { readonly kind: K }>;

const LAYOUTS: ReadonlyMap<string, ReadonlyMap<string, Layout>> = new Map(
  EDITIONS.map(({ id, layouts }) => [id, new Map(layouts.map((layout) => [layout.kind, layout]))]),
);

/** The layout of a kind of file, of edition 4.1 where no other is asked for; undefined where the edition has none. */
export function layoutOf<K extends FileKind>(kind: K): LayoutOf<K>;
export function layoutOf(kind: string, edition?: EditionId): Layout | undefined;
export function layoutOf(kind: string, edition: EditionId = V4_1.id): Layout | undefined {
  return LAYOUTS.get(edition)?.get(kind);
}

/** The layout by which a file was read: of its own edition, of 4.1 where that is not known or has no such kind. */
export const layoutOfFile = ({ kind, edition }: { kind: FileKind; edition: EditionId | undefined }): Layout =>
  layoutOf(kind, edition ?? V4_1.id) ?? layoutOf(kind);

/** Whether a text is a kind of CSV file. */
export const isFileKind = (kind: string): kind is FileKind => layoutOf(kind) !== undefined;
