import {
  type Column,
  decodeMs932,
  detectCharset,
  EDITIONS,
  mask,
  type NamedBytes,
  type PlacedColumn,
  parseFileName,
  V4_1,
} from '../index.js';
import { csvRows } from './csv-cells.js';
import { jsonStrings, pointerOf } from './json-strings.js';

/** Where in a file a text stands, as far as its kind of file tells. */
export interface TextPlace {
  /** 1 for the first. */
  readonly line: number;
  /** Of the CSV: 1 for the first. */
  readonly row?: number;
  /** The number of the cell, that of the column in the standard. */
  readonly column?: number;
  /** The Japanese name of the column, where the file's name says which table it is. */
  readonly columnName?: string;
  /** In a JSON document. A key that may be personal data shows its form only. */
  readonly pointer?: string;
}

/** A text of a file, and where it stands. */
export interface FileText {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly column?: Column;
  /** Where the character with this index in `value` stands. */
  place(index: number): TextPlace;
  /** How another text is written in its place; undefined where that would change more than the text. */
  write(value: string): string | undefined;
}

/** A file that was read, whole. */
export interface TextFile {
  readonly content: string;
  readonly byteOrderMark: boolean;
  /** Whether it is sound UTF-8, and can be written again with nothing else changed. */
  readonly writable: boolean;
  texts(showValues: boolean): Iterable<FileText>;
}

export type TextFileFault = 'json' | 'UTF-16' | 'EUC-JP';

export const isJson = (path: string): boolean => /\.json$/i.test(path);

/** Reads a file as texts: JSON by its name, else CSV in any charset that the library reads. */
export function textFile({ path, bytes }: NamedBytes): TextFile | TextFileFault {
  if (isJson(path)) return jsonFile(bytes);
  const detected = detectCharset(bytes);
  if ('refused' in detected) return detected.refused;
  const body = bytes.subarray(detected.bom);
  const sound = detected.charset === 'utf-8' ? utf8(body) : undefined;
  const content = sound ?? (detected.charset === 'utf-8' ? new TextDecoder().decode(body) : decodeMs932(body).text);
  return {
    content,
    byteOrderMark: detected.bom > 0,
    writable: sound !== undefined,
    texts: () => csvTexts(path, content),
  };
}

function jsonFile(bytes: Uint8Array): TextFile | TextFileFault {
  const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const content = utf8(byteOrderMark ? bytes.subarray(3) : bytes);
  try {
    JSON.parse(content ?? '');
  } catch {
    return 'json';
  }
  return content === undefined
    ? 'json'
    : { content, byteOrderMark, writable: true, texts: (showValues) => jsonTexts(content, showValues) };
}

/** The text of sound UTF-8; a byte order mark in it stays. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function* jsonTexts(content: string, showValues: boolean): Generator<FileText> {
  const lines = lineCounter(content);
  for (const { start, end, value, path } of jsonStrings(content)) {
    yield {
      start,
      end,
      value,
      place: () => ({ line: lines(start), pointer: pointerOf(showValues ? path : path.map(keyShown)) }),
      write: (text) => JSON.stringify(text),
    };
  }
}

/** Names that programs give; another key may be a person's name or number. */
const keyShown = (key: string | number): string | number =>
  typeof key === 'number' || /^[a-z_$][a-z_$-]*[0-9]{0,2}$/i.test(key) ? key : mask(key);

function* csvTexts(path: string, content: string): Generator<FileText> {
  const kind = parseFileName(path).name?.kind;
  const lines = lineCounter(content);
  let row = 0;
  for (const cells of csvRows(content)) {
    row++;
    const placed = kind === undefined ? undefined : columnsOf(kind, cells[0]?.value, cells.length);
    for (const [i, { start, end, value, quoted, sound }] of cells.entries()) {
      const column = placed?.[i];
      const inRow = row;
      yield {
        start,
        end,
        value,
        ...(column ? { column } : {}),
        place: (index) => ({
          line: lines(start) + breaksIn(value.slice(0, index)),
          row: inRow,
          column: i + 1,
          ...(column ? { columnName: column.ja } : {}),
        }),
        write: (text) => (!sound ? undefined : quoted ? `"${text.replaceAll('"', '""')}"` : text),
      };
    }
  }
}

/** The columns of a row by its csvVersion; undefined where it has another number of cells. */
function columnsOf(kind: string, version: string | undefined, count: number): readonly PlacedColumn[] | undefined {
  const layouts = (EDITIONS.find(({ csvVersion }) => csvVersion === version) ?? V4_1).layouts;
  const placed = layouts.find((layout) => layout.kind === kind)?.placed;
  return placed?.length === count ? placed : undefined;
}

const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** Tells the line of one place after another, 1 for the first. */
function lineCounter(text: string): (at: number) => number {
  const ends = /\r\n|\r|\n/g;
  let line = 1;
  let next = ends.exec(text);
  return (at) => {
    while (next && next.index < at) {
      line++;
      next = ends.exec(text);
    }
    return line;
  };
}
