import { CsvError, parse } from '#csv-parse';
import { BARE, COMMA, CR, type CutRow, LF, QUOTE, QUOTED } from './csv.js';

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

/** How often a quote may stay open to the end of the file before quotes are taken as ordinary characters. */
const MAX_UNCLOSED = 20;

/**
 * Cuts what the clean cutter does not take, with csv-parse: LF and CR line ends, stray quotes, a missing line end.
 *
 * Every byte from `from` on lies in exactly one row. A quote that is not closed damages its own row only:
 * `isRecordStart` tells whether a record begins at a place, and what was swallowed from there on is cut again.
 */
export function* cutIrregular(
  bytes: Uint8Array,
  from: number,
  limit: number,
  isRecordStart: (at: number) => boolean,
): Generator<IrregularRow> {
  let at = from;
  let unclosed = 0;
  while (at < limit) {
    const { rows, stopped } = runParser(bytes, at, limit, unclosed < MAX_UNCLOSED ? isRecordStart : undefined);
    yield* rows;
    at = rows.at(-1)?.end ?? at;
    if (at >= limit) return;
    if (!stopped) unclosed++;
    const resume = nextRecordStart(bytes, at, limit, isRecordStart);
    const end = resume < 0 ? lineEndAfter(bytes, at, limit) : resume;
    for (const row of runParser(bytes, at, end, undefined).rows) yield { ...row, badQuotes: true };
    at = end;
  }
}

/** Where the next line begins that looks like a record, after the line at `start`; -1 where there is none. */
function nextRecordStart(
  bytes: Uint8Array,
  start: number,
  end: number,
  isRecordStart: (at: number) => boolean,
): number {
  for (let i = lineEndAfter(bytes, start, end); i < end; i = lineEndAfter(bytes, i, end)) {
    if (isRecordStart(i)) return i;
  }
  return -1;
}

function lineEndAfter(bytes: Uint8Array, at: number, limit: number): number {
  let i = at;
  while (i < limit && bytes[i] !== CR && bytes[i] !== LF) i++;
  if (i < limit && bytes[i] === CR && bytes[i + 1] === LF) i++;
  return Math.min(i + 1, limit);
}

/** Ends a run of csv-parse early. */
class Swallowed extends Error {}

/**
 * The rows up to the end, or up to a row whose quotes are not closed: at the end of the file, or (`stopped`) before
 * the next record. Without `isRecordStart` quotes are ordinary characters. Bytes pass through csv-parse as Latin-1.
 */
function runParser(
  bytes: Uint8Array,
  from: number,
  limit: number,
  isRecordStart: ((at: number) => boolean) | undefined,
): { readonly rows: readonly IrregularRow[]; readonly stopped: boolean } {
  const rows: IrregularRow[] = [];
  let start = from;
  let styles: number[] = [];
  try {
    parse(bytes.subarray(from, limit) as Buffer, {
      encoding: 'latin1',
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
      ...(isRecordStart ? {} : { quote: false }),
      cast(value, context) {
        styles.push(context.quoting ? QUOTED : BARE);
        return value;
      },
      on_record(record: string[], context) {
        const row = irregularRow(bytes, start, from + context.bytes, record, styles);
        if (row.badQuotes && isRecordStart && nextRecordStart(bytes, row.start, row.end, isRecordStart) >= 0) {
          throw new Swallowed();
        }
        rows.push(row);
        start = row.end;
        styles = [];
        return null;
      },
    });
  } catch (error) {
    if (error instanceof Swallowed) return { rows, stopped: true };
    if (!(error instanceof CsvError)) throw error;
  }
  return { rows, stopped: false };
}

function irregularRow(bytes: Uint8Array, start: number, end: number, texts: string[], styles: number[]): IrregularRow {
  const crlf = end - start >= 2 && bytes[end - 2] === CR && bytes[end - 1] === LF;
  const broken = end > start && (bytes[end - 1] === LF || bytes[end - 1] === CR);
  const body = end - (crlf ? 2 : broken ? 1 : 0);
  return {
    start,
    end,
    cells: asCutRow(texts, styles),
    badQuotes: !hasSoundQuotes(bytes, start, body),
    lineEnd: crlf ? 'crlf' : broken ? 'other' : 'none',
    blank: body === start,
  };
}

/** Latin-1 texts as cells of a small buffer of their own. */
function asCutRow(texts: string[], styles: number[]): CutRow {
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

/** Whether every quote of a row encloses a whole cell or is doubled inside one. */
function hasSoundQuotes(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (bytes[i] === QUOTE) {
      for (i++; i < end; i++) {
        if (bytes[i] !== QUOTE) continue;
        if (bytes[i + 1] !== QUOTE || i + 1 >= end) break;
        i++;
      }
      if (i++ >= end) return false;
      if (i < end && bytes[i] !== COMMA) return false;
    } else {
      for (; i < end && bytes[i] !== COMMA; i++) {
        if (bytes[i] === QUOTE) return false;
      }
    }
  }
  return true;
}
