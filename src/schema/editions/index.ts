import type { Edition, KindOf, RecordOfKind } from '../edition.js';
import { V3 } from './v3/index.js';
import { V4_0 } from './v4-0/index.js';
import { V4_1 } from './v4-1/index.js';

export { CSV_VERSIONS, type CsvVersion } from './versions.js';
export { V3, V4_0, V4_1 };

/** The editions that are read, the present one first. */
export const EDITIONS: readonly Edition[] = Object.freeze([V4_1, V4_0, V3]);

/** `'4.1' | '4.0' | '3'` */
export type EditionId = typeof V4_1.id | typeof V4_0.id | typeof V3.id;

/** The editions that are written: 4.1, and 3 when it is asked for (section 2). */
export type WrittenEdition = Exclude<EditionId, typeof V4_0.id>;

/** The edition of an id, or undefined. */
export const editionOf = (id: string): Edition | undefined => EDITIONS.find((edition) => edition.id === id);

/** The kinds of CSV file: `UPPLAN`, `UPJSK`, ... */
export type FileKind = KindOf<typeof V4_1>;

type VersionOf<E extends EditionId> = Extract<typeof V4_1 | typeof V4_0 | typeof V3, { readonly id: E }>['csvVersion'];
type Flat<T> = { [K in keyof T]: T[K] };

/**
 * The record of a kind of file, all columns by name: `RecordOf<'UPPLAN'>`.
 *
 * Of an older edition (`RecordOf<'UPPLAN', '3'>`) only the csvVersion differs in the type: columns that it lacks are
 * optional, and never there.
 */
export type RecordOf<K extends FileKind, E extends EditionId = '4.1'> = E extends '4.1'
  ? RecordOfKind<typeof V4_1, K>
  : Flat<Omit<RecordOfKind<typeof V4_1, K>, 'csvVersion'> & { csvVersion: VersionOf<E> }>;
