import { CsvError, parse } from '#csv-parse';
import { BARE, COMMA, CR, type CutRow, LF, QUOTE, QUOTED, UNKNOWN } from './csv.js';

/** A row of the part of a file that is not clean CSV. */
export interface IrregularRow {
  readonly start: number;
  /** Where it ends, its line end included. */
  readonly end: number;
  readonly cells: CutRow;
  /** Quotes that do not enclose whole cells, or are not closed. */
  readonly badQuotes: boolean;
  readonly lineEnd: 'crlf' | 'other' | 'none';
  readonly blank: boolean;
}

type IsRecordStart = (at: number) => boolean;
type TakeRow = (row: IrregularRow) => void;

/** How often, at most, all bytes may be read in vain because a quote stays open; then each record is read by itself. */
const PATIENCE = 4;

/**
 * Cuts what the clean cutter does not take, with csv-parse: LF and CR line ends, stray quotes, a missing line end.
 *
 * Every byte from `from` on lies in exactly one row. A quote that is not closed damages its own row only:
 * `isRecordStart` tells whether a record begins at a place, and what was swallowed from there on is cut again.
 */
export function cutIrregular(
  bytes: Uint8Array,
  from: number,
  limit: number,
  isRecordStart: IsRecordStart,
  take: TakeRow,
): void {
  let at = from;
  let patience = PATIENCE * (limit - from);
  while (at < limit) {
    const horizon = patience > 0 ? limit : recordEnd(bytes, at, limit, isRecordStart);
    const { cut, reached } = cutRows(bytes, at, horizon, isRecordStart, take);
    at = cut;
    if (at >= horizon) continue;
    patience -= reached - at;
    const end = recordEnd(bytes, at, limit, isRecordStart);
    cutLines(bytes, at, end, take);
    at = end;
  }
}

/** Where the record at a place ends: before the next line that looks like one, or at `limit`. */
function recordEnd(bytes: Uint8Array, at: number, limit: number, isRecordStart: IsRecordStart): number {
  let i = lineEnd(bytes, at, limit);
  while (i < limit && !isRecordStart(i)) i = lineEnd(bytes, i, limit);
  return i;
}

function lineEnd(bytes: Uint8Array, at: number, limit: number): number {
  let i = at;
  while (i < limit && bytes[i] !== CR && bytes[i] !== LF) i++;
  if (i < limit && bytes[i] === CR && bytes[i + 1] === LF) i++;
  return Math.min(i + 1, limit);
}

/** Bytes pass through csv-parse as Latin-1. */
const OPTIONS = {
  encoding: 'latin1' as const,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_quotes: true,
  relax_column_count: true,
};

/** Ends a run of csv-parse early. */
class Swallowed extends Error {
  constructor(readonly end: number) {
    super();
  }
}

/**
 * Takes the rows up to a row whose quotes are not closed at the end, or not before the next record: where the last one
 * ends (`cut`), and how far was read.
 */
function cutRows(
  bytes: Uint8Array,
  from: number,
  limit: number,
  isRecordStart: IsRecordStart,
  take: TakeRow,
): { readonly cut: number; readonly reached: number } {
  let start = from;
  try {
    parse(bytes.subarray(from, limit) as Buffer, {
      ...OPTIONS,
      on_record(texts: string[], context) {
        const end = from + context.bytes;
        const row = rowAt(bytes, start, end);
        const styles = stylesOf(bytes, start, row.body);
        if (!styles && recordEnd(bytes, start, end, isRecordStart) < end) throw new Swallowed(end);
        start = end;
        take({ ...row, cells: cutRow(texts, styles ?? texts.map(() => UNKNOWN)), badQuotes: !styles });
        return null;
      },
    });
  } catch (error) {
    if (error instanceof Swallowed) return { cut: start, reached: error.end };
    if (!(error instanceof CsvError)) throw error;
  }
  return { cut: start, reached: limit };
}

/** Takes the lines of a record with a quote that is not closed, each as a row. */
function cutLines(bytes: Uint8Array, from: number, limit: number, take: TakeRow): void {
  let start = from;
  parse(bytes.subarray(from, limit) as Buffer, {
    ...OPTIONS,
    quote: false,
    on_record(pieces: string[], context) {
      const row = rowAt(bytes, start, from + context.bytes);
      const texts = soundCells(pieces.join(','));
      start = row.end;
      const cells = cutRow(
        texts,
        texts.map(() => UNKNOWN),
      );
      take({ ...row, cells, badQuotes: true });
      return null;
    },
  });
}

/** The cells of a line: quotes enclose where that can be, and are characters where not. */
function soundCells(line: string): string[] {
  const cells: string[] = [];
  for (let start = 0; start <= line.length; ) {
    let end = enclosedEnd(line, start);
    if (end > 0) cells.push(line.slice(start + 1, end - 1).replaceAll('""', '"'));
    else {
      end = line.indexOf(',', start);
      if (end < 0) end = line.length;
      cells.push(line.slice(start, end));
    }
    start = end + 1;
  }
  return cells;
}

/** Where a cell in quotes ends, the quotes included; -1 where the quotes do not enclose a whole cell. */
function enclosedEnd(line: string, start: number): number {
  if (line[start] !== '"') return -1;
  let quote = line.indexOf('"', start + 1);
  while (quote >= 0 && line[quote + 1] === '"') quote = line.indexOf('"', quote + 2);
  return quote >= 0 && (quote + 1 === line.length || line[quote + 1] === ',') ? quote + 1 : -1;
}

function rowAt(bytes: Uint8Array, start: number, end: number) {
  const crlf = end - start >= 2 && bytes[end - 2] === CR && bytes[end - 1] === LF;
  const broken = end > start && (bytes[end - 1] === LF || bytes[end - 1] === CR);
  const body = end - (crlf ? 2 : broken ? 1 : 0);
  const lineEnd: IrregularRow['lineEnd'] = crlf ? 'crlf' : broken ? 'other' : 'none';
  return { start, end, body, lineEnd, blank: body === start };
}

/** Latin-1 texts as cells of a small buffer of their own. */
function cutRow(texts: readonly string[], styles: readonly number[]): CutRow {
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length, 0));
  const starts = new Int32Array(texts.length);
  const ends = new Int32Array(texts.length);
  let at = 0;
  texts.forEach((text, i) => {
    starts[i] = at;
    for (let k = 0; k < text.length; k++) bytes[at++] = text.charCodeAt(k);
    ends[i] = at;
  });
  return { bytes, start: 0, count: texts.length, starts, ends, styles: Uint8Array.from(styles) };
}

/** How each cell of a row is written; undefined where a quote neither encloses a whole cell nor is doubled inside one. */
function stylesOf(bytes: Uint8Array, start: number, end: number): number[] | undefined {
  const styles: number[] = [];
  for (let i = start; ; i++) {
    const style = i < end && bytes[i] === QUOTE ? QUOTED : BARE;
    if (style === QUOTED) {
      for (i++; i < end; i++) {
        if (bytes[i] !== QUOTE) continue;
        if (bytes[i + 1] !== QUOTE || i + 1 >= end) break;
        i++;
      }
      if (i++ >= end) return undefined;
      if (i < end && bytes[i] !== COMMA) return undefined;
    } else {
      for (; i < end && bytes[i] !== COMMA; i++) {
        if (bytes[i] === QUOTE) return undefined;
      }
    }
    styles.push(style);
    if (i >= end) return styles;
  }
}
