import { type FileKind, type Incomplete, type Issue, issue, type RecordOf, V4_1 } from '../schema/internal.js';
import { type Charset, detectCharset } from './charset.js';
import { COMMA, type CutRow, QUOTE, RowCutter } from './csv.js';
import { cutIrregular, type IrregularRow } from './csv-irregular.js';
import { type ParsedFileName, parseFileName } from './file-name.js';
import { layoutOf } from './kinds.js';
import { type ReadText, readMs932 } from './ms932.js';
import { RowIndex } from './row-index.js';
import { RowReader } from './row-reader.js';
import { readUtf8 } from './utf8.js';

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

interface DecodedBase<K> {
  readonly kind: K;
  /** The edition whose layout the file was read by; undefined where it is of another, and its texts are in `$raw`. */
  readonly edition: typeof V4_1.id | undefined;
  /** Undefined where the bytes were refused (UTF-16, EUC-JP). */
  readonly charset: Charset | undefined;
  readonly name: ParsedFileName | undefined;
  /** Where each record stands in the file. */
  readonly rows: RowIndex;
  readonly issues: readonly Issue[];
}

/** A decoded file of one kind: every record is complete, or some lack what could not be read. */
export type DecodedFileOf<K extends FileKind> = DecodedBase<K> &
  (
    | { readonly complete: true; readonly records: RecordOf<K>[] }
    | { readonly complete: false; readonly records: Incomplete<RecordOf<K>>[] }
  );

/** A decoded file: `kind` tells which records it holds. */
export type DecodedFile = { [K in FileKind]: DecodedFileOf<K> }[FileKind];

/** A file whose kind is not known: nothing was read. */
export type UnknownFile = DecodedBase<undefined> & { readonly complete: false; readonly records: [] };

const READERS: Readonly<Record<Charset, ReadText>> = { ms932: readMs932, 'utf-8': readUtf8 };
const END_MARK = 0x1a;

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
  const named = options.name === undefined ? { issues: [] } : readName(options.name, options.kind);
  const kind = options.kind ?? named.name?.kind;
  const layout = kind === undefined ? undefined : layoutOf(kind);
  const base = { name: named.name, kind: layout?.kind };
  const place = options.name === undefined ? {} : { file: options.name };
  const whole = { ...place, range: { start: 0, end: bytes.length } };
  const nothing = (problem: Issue) =>
    ({
      ...base,
      edition: undefined,
      charset: undefined,
      complete: false,
      records: [],
      rows: new RowIndex(),
      issues: [...named.issues, problem],
    }) as unknown as UnknownFile;

  if (!layout) return nothing(issue('file.kind', whole, kind === undefined ? {} : { found: kind }));
  const detected = detectCharset(bytes);
  if ('refused' in detected && options.charset === undefined) {
    return nothing(issue('file.refused', whole, { found: detected.refused }));
  }
  const charset = options.charset ?? (detected as { charset: Charset }).charset;
  const bom = 'bom' in detected && charset === 'utf-8' ? detected.bom : 0;
  const issues: Issue[] = [...named.issues];
  if (charset !== 'ms932') {
    issues.push(
      issue('file.charset', bom > 0 ? { ...place, range: { start: 0, end: bom } } : place, { found: charset }),
    );
  }
  let limit = bytes.length;
  while (limit > bom && bytes[limit - 1] === END_MARK) limit--;
  if (limit < bytes.length) {
    issues.push(issue('file.endMark', { ...place, range: { start: limit, end: bytes.length } }));
  }
  if (limit === bom) issues.push(issue('file.empty', place));

  const rows = new RowIndex();
  const reader = new RowReader(layout, READERS[charset], {
    rows: (limit - bom) / (4 * layout.placed.length),
    ...(options.name === undefined ? {} : { file: options.name }),
    ...(options.showValues === undefined ? {} : { showValues: options.showValues }),
  });
  const records = readRows(bytes, bom, limit, reader, rows);
  for (const one of reader.issues) issues.push(one);
  const edition = reader.foreign ? undefined : V4_1.id;
  return { ...base, edition, charset, complete: reader.complete, records, rows, issues } as unknown as DecodedFile;
}

/** What the name says; where the kind is given, the name need not be one of the standard, but should not say another. */
function readName(path: string, kind: FileKind | undefined): ReturnType<typeof parseFileName> {
  const { name, issues } = parseFileName(path);
  if (kind === undefined || name?.kind === kind) return name ? { name, issues } : { issues };
  return name
    ? { name, issues: [...issues, issue('name.kind', { file: path }, { found: name.kind, expected: kind })] }
    : { issues: [] };
}

/** Whether a line begins with six digits and a comma, as every record does (the csvVersion, in quotes or not). */
function startsLikeRecord(bytes: Uint8Array, at: number): boolean {
  const quoted = bytes[at] === QUOTE;
  const digits = quoted ? at + 1 : at;
  for (let i = digits; i < digits + 6; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  return bytes[digits + 6] === (quoted ? QUOTE : COMMA);
}

/** The rows of a file: clean ones by the cutter, from the first irregular one on by csv-parse. */
function readRows(
  bytes: Uint8Array,
  from: number,
  limit: number,
  reader: RowReader,
  rows: RowIndex,
): Record<string, unknown>[] {
  const records: Record<string, unknown>[] = [];
  let row = 0;
  const take = (cut: CutRow, start: number, end: number, line?: IrregularRow): void => {
    row++;
    reader.begin(row, start, end);
    if (rows.length === 0 && reader.isHeader(cut)) {
      reader.report('row.header');
      return;
    }
    records.push(reader.read(cut, line === undefined, line?.badQuotes ? bytes.subarray(start, end) : undefined));
    rows.push(row, start, end);
  };
  const cutter = new RowCutter(bytes, from, limit);
  while (cutter.next()) take(cutter, cutter.start, cutter.end);
  const takeIrregular = (line: IrregularRow): void => {
    if (line.blank) {
      reader.begin(++row, line.start, line.end);
      reader.reportBlank();
    } else {
      take(line.cells, line.start, line.end, line);
      if (line.lineEnd === 'none') reader.report('csv.noFinalNewline');
    }
    if (line.lineEnd === 'other') reader.reportOnce('csv.lineEnd');
  };
  cutIrregular(bytes, cutter.start, limit, (at) => startsLikeRecord(bytes, at), takeIrregular);
  return records;
}
