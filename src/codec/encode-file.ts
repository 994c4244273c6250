import {
  editionOf,
  type FileKind,
  hasError,
  type Issue,
  type Layout,
  type RecordOf,
  type WrittenEdition,
} from '../schema/internal.js';
import type { Charset } from './charset.js';
import { layoutOf } from './kinds.js';
import type { OnUnencodable } from './ms932.js';
import { RowWriter } from './row-writer.js';

export interface EncodeFileOptions<E extends WrittenEdition = WrittenEdition> {
  /** The edition to write: 4.1 where absent, or 3. */
  readonly edition?: E;
  /** The file's name, for the issues. */
  readonly name?: string;
  /** What to do with characters outside MS932 in words; `'error'` where absent. */
  readonly onUnencodable?: OnUnencodable;
  /** `'ms932'`, as the standard wants, where absent; `'utf-8'` is written with a byte order mark. */
  readonly charset?: Charset;
  /** Put the texts of cells into issues instead of their shapes: they may be personal data. */
  readonly showValues?: boolean;
}

/**
 * An idle writer. Where no object of a class is left, an engine forgets the class's shape and the code compiled for it,
 * and the next file would be written slowly at first.
 */
const kept: RowWriter[] = [];

/** The bytes, or every reason why there are none. */
export type EncodedFile =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly bytes?: undefined; readonly issues: readonly Issue[] };

/**
 * Encodes records of one kind as a CSV file: MS932, CRLF, free text in quotes when filled, other columns bare, nothing
 * for what is absent.
 *
 * Refuses (`ok: false`) when an issue is an error, and lists every issue of every record. Does not throw for bad data;
 * throws a RangeError for a kind that the edition does not have, and for an edition that is not written. Sections 3 and 4
 * of the standard.
 */
export function encodeFile<K extends FileKind, E extends WrittenEdition = '4.1'>(
  kind: K,
  records: Iterable<RecordOf<K, E>>,
  options: EncodeFileOptions<E> = {},
): EncodedFile {
  const layout = writtenLayout(kind, options.edition);
  const writer = new RowWriter(layout, {
    rows: Array.isArray(records) ? records.length : 0,
    charset: options.charset ?? 'ms932',
    onUnencodable: options.onUnencodable ?? 'error',
    ...(options.name === undefined ? {} : { file: options.name }),
    ...(options.showValues === undefined ? {} : { showValues: options.showValues }),
  });
  if (kept.length === 0) kept.push(new RowWriter(layout, { rows: 0, charset: 'ms932', onUnencodable: 'error' }));
  for (const record of records) writer.write(record as Readonly<Record<string, unknown>>);
  const { issues } = writer;
  return hasError(issues) ? { ok: false, issues } : { ok: true, bytes: writer.bytes(), issues };
}

/** The layout to write a kind of file by. Throws a RangeError where there is none. */
export function writtenLayout(kind: string, edition: WrittenEdition = '4.1'): Layout {
  if (editionOf(edition)?.written !== true) throw new RangeError(`edition ${edition} is not written`);
  const layout = layoutOf(kind, edition);
  if (!layout) throw new RangeError(`edition ${edition} has no such kind of file: ${kind}`);
  return layout;
}
