import { CsvError, parse } from '#csv-parse';
import { BARE, COMMA, CR, type CutRow, ESCAPED, LF, MAX_ROW, QUOTE, QUOTED, UNKNOWN } from './csv.js';

/** Bytes in which whole rows are looked for; `final`: nothing comes behind `limit`. */
export interface Stretch {
  readonly bytes: Uint8Array;
  readonly limit: number;
  readonly final: boolean;
}

/** More bytes are needed to tell. */
export const WAIT = -1;
/** A quote does not enclose a whole cell, or is not closed. */
export const BAD = -2;

/** Where the line at a place ends, its line end included; WAIT where that is not known yet. */
function lineEnd({ bytes, limit, final }: Stretch, at: number): number {
  let i = at;
  while (i < limit && bytes[i] !== CR && bytes[i] !== LF) i++;
  if (i >= limit) return final ? limit : WAIT;
  if (bytes[i] === LF) return i + 1;
  if (i + 1 < limit) return bytes[i + 1] === LF ? i + 2 : i + 1;
  return final ? limit : WAIT;
}

/** Where the row at a place ends, its line end included, if every quote in it encloses a whole cell; WAIT or BAD. */
export function rowEnd(stretch: Stretch, at: number): number {
  const { bytes, final } = stretch;
  const limit = Math.min(stretch.limit, at + MAX_ROW);
  const isAll = limit === stretch.limit;
  // At the end of what is there: a whole row if nothing comes behind it.
  const atLimit = (closed: boolean) => (isAll ? (final ? (closed ? limit : BAD) : WAIT) : BAD);
  for (let i = at; ; i++) {
    if (i < limit && bytes[i] === QUOTE) {
      for (i++; ; i++) {
        if (i >= limit) return atLimit(false);
        if (bytes[i] !== QUOTE) continue;
        if (i + 1 >= limit) return atLimit(true);
        if (bytes[i + 1] !== QUOTE) break;
        i++;
      }
      i++;
    } else {
      while (i < limit && bytes[i] !== COMMA && bytes[i] !== CR && bytes[i] !== LF) {
        if (bytes[i] === QUOTE) return BAD;
        i++;
      }
    }
    if (i >= limit) return atLimit(true);
    if (bytes[i] === COMMA) continue;
    return bytes[i] === CR || bytes[i] === LF ? lineEnd(stretch, i) : BAD;
  }
}

/** Where the record at a place ends: before the next line that looks like one, or at the end; or WAIT. */
export function recordEnd(stretch: Stretch, at: number): number {
  const { limit, final } = stretch;
  const bound = at + MAX_ROW;
  let i = lineEnd(stretch, at);
  while (i !== WAIT && i < limit && i < bound) {
    if (!final && i + LOOK_AHEAD > limit) return WAIT;
    if (startsLikeRecord(stretch.bytes, i)) return i;
    i = lineEnd(stretch, i);
  }
  if (i !== WAIT && (final || i >= bound)) return Math.min(i, bound);
  return limit >= bound ? bound : WAIT;
}

/** Six digits, two quotes and a comma tell a record. */
export const LOOK_AHEAD = 9;

/** Whether a line begins with six digits and a comma, as every record does (the csvVersion, in quotes or not). */
export function startsLikeRecord(bytes: Uint8Array, at: number): boolean {
  const quoted = bytes[at] === QUOTE;
  const digits = quoted ? at + 1 : at;
  for (let i = digits; i < digits + 6; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  return bytes[digits + 6] === (quoted ? QUOTE : COMMA);
}

/** Whether a line behind the first one of a row begins like a record. */
export function holdsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; ; ) {
    let i = at;
    while (i < end && bytes[i] !== CR && bytes[i] !== LF) i++;
    if (i + 1 >= end) return false;
    at = i + 1;
    if (startsLikeRecord(bytes, at) && at + LOOK_AHEAD <= end) return true;
  }
}

/** Bytes pass through csv-parse as Latin-1. */
const OPTIONS = {
  encoding: 'latin1' as const,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_quotes: true,
  relax_column_count: true,
};

/** The cells of rows whose quotes are sound, by csv-parse; `ends` says where each row ends. */
export function cutSound(bytes: Uint8Array, start: number, ends: readonly number[]): CutRow[] {
  const records = parse(bytes.subarray(start, ends.at(-1)) as Buffer, OPTIONS) as string[][];
  return records.map((texts, i) => {
    const from = ends[i - 1] ?? start;
    const styles = stylesOf(bytes, from, bodyEnd(bytes, from, ends[i] as number), texts.length);
    return cutRow(texts, styles);
  });
}

/**
 * The first row of a record whose quotes are not sound, and where it ends; of what is left behind such a row (`isRest`) the
 * first line, so that no byte is looked at again and again.
 */
export function cutUnsound(
  bytes: Uint8Array,
  start: number,
  end: number,
  isRest = false,
): { readonly cut: CutRow; readonly end: number } {
  const relaxed = isRest ? undefined : firstRow(bytes, start, end);
  if (relaxed) return { cut: unknown(relaxed.texts), end: relaxed.end };
  const line = lineEnd({ bytes, limit: end, final: true }, start);
  const text = latin1(bytes.subarray(start, bodyEnd(bytes, start, line)));
  return { cut: unknown(soundCells(text)), end: line };
}

/** Ends a run of csv-parse early. */
class Found extends Error {
  constructor(
    readonly texts: readonly string[],
    readonly bytes: number,
  ) {
    super();
  }
}

/** The first row as csv-parse takes it where quotes are no longer sound; undefined where one stays open. */
function firstRow(bytes: Uint8Array, start: number, end: number) {
  try {
    parse(bytes.subarray(start, end) as Buffer, {
      ...OPTIONS,
      on_record(texts: string[], context) {
        throw new Found(texts, context.bytes);
      },
    });
  } catch (error) {
    if (error instanceof Found) return { texts: error.texts, end: start + error.bytes };
    if (!(error instanceof CsvError)) throw error;
  }
  return undefined;
}

/** The whole cells of a row that is cut off. */
export interface WholeCells {
  readonly cut: CutRow;
  /** Where what is left of the next one begins. */
  readonly rest: number;
  /** It begins with a quote that is not closed. */
  readonly open: boolean;
}

/** The cells of a row that has no line end, up to the last comma behind a whole one. */
export function cutWhole(bytes: Uint8Array, start: number, end: number): WholeCells {
  const starts: number[] = [];
  const ends: number[] = [];
  const styles: number[] = [];
  let at = start;
  let open = false;
  for (;;) {
    const isQuoted = bytes[at] === QUOTE && at < end;
    const close = isQuoted ? closing(bytes, at + 1, end) : at;
    let stop = isQuoted ? close + 1 : at;
    if (!isQuoted) while (stop < end && bytes[stop] !== COMMA && bytes[stop] !== QUOTE) stop++;
    open = close < 0;
    if (open || stop >= end || bytes[stop] !== COMMA) break;
    starts.push((isQuoted ? at + 1 : at) - start);
    ends.push((isQuoted ? close : stop) - start);
    styles.push(isQuoted ? styleOf(bytes, at + 1, close) : BARE);
    at = stop + 1;
  }
  const cut = { bytes, start, count: starts.length, starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
  return { cut: { ...cut, styles: Uint8Array.from(styles) }, rest: at, open };
}

/** Where the quote is that closes a cell; -1 where none does. */
function closing(bytes: Uint8Array, from: number, end: number): number {
  for (let i = from; i < end; i++) {
    if (bytes[i] !== QUOTE) continue;
    if (i + 1 >= end || bytes[i + 1] !== QUOTE) return i;
    i++;
  }
  return -1;
}

const styleOf = (bytes: Uint8Array, start: number, end: number): number => {
  const quote = bytes.indexOf(QUOTE, start);
  return quote >= 0 && quote < end ? ESCAPED : QUOTED;
};

/** How each cell of a row with sound quotes is written; csv-parse has taken the doubling out of them. */
function stylesOf(bytes: Uint8Array, start: number, end: number, count: number): number[] {
  const styles: number[] = [];
  let at = start;
  while (styles.length < count) {
    const isQuoted = at < end && bytes[at] === QUOTE;
    styles.push(isQuoted ? QUOTED : BARE);
    if (isQuoted) at = closing(bytes, at + 1, end) + 1;
    while (at < end && bytes[at] !== COMMA) at++;
    at++;
  }
  return styles;
}

/** Where the last cell of a row ends, before its line end. */
export function bodyEnd(bytes: Uint8Array, start: number, end: number): number {
  if (end > start && bytes[end - 1] === CR) return end - 1;
  if (end === start || bytes[end - 1] !== LF) return end;
  return end - 1 > start && bytes[end - 2] === CR ? end - 2 : end - 1;
}

/** Bytes as a text of one character each. */
const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

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

const unknown = (texts: readonly string[]): CutRow =>
  cutRow(
    texts,
    texts.map(() => UNKNOWN),
  );

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
