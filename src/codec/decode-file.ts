import {
  type EditionId,
  type FileKind,
  type Incomplete,
  type Issue,
  type IssuePlace,
  issue,
  type RecordOf,
} from '../schema/internal.js';
import type { Charset } from './charset.js';
import { RowCutter } from './csv.js';
import { FileDecoder } from './file-decoder.js';
import { type ParsedFileName, parseFileName } from './file-name.js';
import { layoutOf } from './kinds.js';
import { RowIndex } from './row-index.js';

export interface DecodeFileOptions {
  /** The file's name or path: tells the kind, and stands in the issues. */
  readonly name?: string;
  /** The kind of file, where the name does not tell. */
  readonly kind?: FileKind;
  /** Overrides the detection of the charset. */
  readonly charset?: Charset;
  /** Put the texts of cells into issues instead of their shapes: they may be personal data. */
  readonly showValues?: boolean;
}

interface DecodedBase<K, E> {
  readonly kind: K;
  /** The edition of the first record; undefined where there is none, or no table of its csvVersion is known. */
  readonly edition: E;
  /** Undefined where the bytes were refused (UTF-16, EUC-JP). */
  readonly charset: Charset | undefined;
  readonly name: ParsedFileName | undefined;
  /** Where each record stands in the file. */
  readonly rows: RowIndex;
  readonly issues: readonly Issue[];
}

interface CompleteOf<K extends FileKind, E extends EditionId> extends DecodedBase<K, E> {
  readonly complete: true;
  readonly records: RecordOf<K, E>[];
}

/**
 * A decoded file of one kind: every record is complete, or some lack what could not be read. `edition` tells which
 * csvVersion the records have; a row of another edition than the first makes the file incomplete.
 */
export type DecodedFileOf<K extends FileKind> =
  | { [E in EditionId]: CompleteOf<K, E> }[EditionId]
  | (DecodedBase<K, undefined> & { readonly complete: true; readonly records: RecordOf<K>[] })
  | (DecodedBase<K, EditionId | undefined> & {
      readonly complete: false;
      readonly records: Incomplete<RecordOf<K, EditionId>>[];
    });

/** A decoded file: `kind` tells which records it holds. */
export type DecodedFile = { [K in FileKind]: DecodedFileOf<K> }[FileKind];

/** A file whose kind is not known: nothing was read. */
export type UnknownFile = DecodedBase<undefined, undefined> & { readonly complete: false; readonly records: [] };

/**
 * Idle machines. Where no object of a class is left, an engine forgets the class's shape and the code compiled for it,
 * and the next file would be read slowly at first.
 */
const kept: object[] = [];

/**
 * Decodes one CSV file into typed records, by the layout that its name or `kind` tells.
 *
 * Never throws for bad data: what is irregular is read as far as its meaning is certain and has an issue; a cell that
 * is not understood keeps its text in `$raw`. Every byte lies in the range of one row or of an issue. Sections 2 to 4
 * of the standard.
 */
export function decodeFile<K extends FileKind>(
  bytes: Uint8Array,
  options: DecodeFileOptions & { readonly kind: K },
): DecodedFileOf<K>;
export function decodeFile(bytes: Uint8Array, options: DecodeFileOptions): DecodedFile | UnknownFile;
export function decodeFile(bytes: Uint8Array, options: DecodeFileOptions): DecodedFile | UnknownFile {
  const file = openFile(options, bytes, bytes.length);
  if ('unknown' in file) return file.unknown;
  const { decoder, base, place } = file;
  decoder.feed(bytes, 0, true);
  const { records, rows, issues } = decoder.take(true);
  const { edition, charset, complete } = decoder;
  const all = [...file.issues, ...nameIssues(base.name, edition, { ...place, ...decoder.firstPlace })];
  for (const one of issues) all.push(one);
  return { ...base, edition, charset, complete, records, rows, issues: all } as unknown as DecodedFile;
}

/** A file that is about to be decoded, or one of which nothing can be read. */
export type OpenFile =
  | { readonly unknown: UnknownFile }
  | {
      readonly decoder: FileDecoder;
      readonly base: { readonly kind: FileKind; readonly name: ParsedFileName | undefined };
      readonly place: { readonly file?: string };
      /** What the name alone tells. */
      readonly issues: readonly Issue[];
    };

/** Tells what a file is by its name, its options and its first bytes; `size` is how many there are, where it is known. */
export function openFile(options: DecodeFileOptions, beginning: Uint8Array, size: number | undefined): OpenFile {
  const { name, charset, showValues } = options;
  const named = name === undefined ? { issues: [] } : readName(name, options.kind);
  const kind = options.kind ?? named.name?.kind;
  const layout = kind === undefined ? undefined : layoutOf(kind);
  const base = { kind: layout?.kind as FileKind, name: named.name };
  const place = name === undefined ? {} : { file: name };
  const whole = size === undefined ? place : { ...place, range: { start: 0, end: size } };
  const unknown = (problem: Issue) => {
    const nothing = { edition: undefined, charset: undefined, complete: false, records: [], rows: new RowIndex() };
    return { unknown: { ...base, ...nothing, issues: [...named.issues, problem] } as unknown as UnknownFile };
  };
  if (!layout) return unknown(issue('file.kind', whole, kind === undefined ? {} : { found: kind }));
  const decoder = new FileDecoder(
    {
      kind: base.kind,
      ...place,
      ...(size === undefined ? {} : { size }),
      ...(charset === undefined ? {} : { charset }),
      ...(showValues === undefined ? {} : { showValues }),
    },
    beginning,
  );
  if (kept.length === 0) {
    const none = new Uint8Array();
    kept.push(new FileDecoder({ kind: base.kind, size: 0 }, none), new RowCutter(none, 0, 0), new RowIndex());
  }
  if (decoder.refused) return unknown(issue('file.refused', whole, { found: decoder.refused }));
  return { decoder, base, place, issues: named.issues };
}

/** A name in the form of another edition than the content is of. */
export function nameIssues(
  name: ParsedFileName | undefined,
  edition: EditionId | undefined,
  place: IssuePlace,
): Issue[] {
  if (!name || !edition || name.edition === edition) return [];
  return [issue('file.nameEdition', place, { found: edition, expected: name.edition })];
}

/** What the name says; where the kind is given, the name need not be one of the standard, but should not say another. */
function readName(path: string, kind: FileKind | undefined): ReturnType<typeof parseFileName> {
  const { name, issues } = parseFileName(path);
  if (kind === undefined || name?.kind === kind) return name ? { name, issues } : { issues };
  return name
    ? { name, issues: [...issues, issue('name.kind', { file: path }, { found: name.kind, expected: kind })] }
    : { issues: [] };
}
