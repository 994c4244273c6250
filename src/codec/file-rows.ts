import { type CutRow, RowCutter } from './csv.js';
import {
  BAD,
  bodyEnd,
  cutSound,
  cutUnsound,
  cutWhole,
  recordEnd,
  rowEnd,
  type Stretch,
  WAIT,
  type WholeCells,
} from './csv-irregular.js';

/** What is told of an irregular row beside its cells, which lie in bytes of their own. */
export interface RowLine {
  readonly lineEnd: 'crlf' | 'other' | 'none';
  readonly blank: boolean;
  /** Quotes that do not enclose whole cells, or are not closed. */
  readonly badQuotes: boolean;
  /** The last row of the file, without a line end: its whole cells, and where the rest begins. */
  readonly cutOff?: WholeCells;
}

/** Takes a row and its place, its line end included; `line` where it is irregular. */
export type TakeRow = (cut: CutRow, start: number, end: number, line?: RowLine) => void;

/** How many bytes of irregular rows go to csv-parse at once. */
const RUN = 1 << 16;

/**
 * Cuts a file into rows, stretch by stretch: clean ones on the bytes, the others by csv-parse. The rows are the same
 * wherever the stretches end.
 *
 * A quote that is not closed damages its own row only: the next row begins where a line looks like a record.
 */
export class FileRows {
  /** The ends of irregular rows with sound quotes that are still to be cut; they begin at `runStart`. */
  private ends: number[] = [];
  private runStart = 0;

  constructor(private readonly take: TakeRow) {}

  /** Takes the whole rows from `from` on; returns where the first one begins that is not whole yet. */
  feed(stretch: Stretch, from: number): number {
    const { bytes, limit } = stretch;
    const cutter = new RowCutter(bytes, from, limit);
    let at = from;
    for (;;) {
      while (cutter.next()) {
        if (this.ends.length > 0) this.flush(bytes);
        this.take(cutter, cutter.start, cutter.end);
      }
      at = cutter.start;
      const next = at < limit ? this.irregular(stretch, at) : WAIT;
      if (next === WAIT) break;
      at = next;
      cutter.resume(at);
    }
    this.flush(bytes);
    return at;
  }

  /** Takes the irregular row at a place; returns where it ends, or WAIT. */
  private irregular(stretch: Stretch, at: number): number {
    const { bytes, limit, final } = stretch;
    const end = rowEnd(stretch, at);
    if (end === WAIT) return WAIT;
    const isLast = final && (end === BAD ? recordEnd(stretch, at) === limit : end === limit);
    if (isLast && bodyEnd(bytes, at, limit) === limit) {
      this.flush(bytes);
      return this.takeLast(stretch, at, end === BAD);
    }
    if (end === BAD) {
      const whole = recordEnd(stretch, at);
      if (whole === WAIT) return WAIT;
      this.flush(bytes);
      const row = cutUnsound(bytes, at, whole);
      this.take(row.cut, at, row.end, lineOf(bytes, at, row.end, true));
      return row.end;
    }
    if (bodyEnd(bytes, at, end) === at) {
      this.flush(bytes);
      this.take(NO_CELLS, at, end, lineOf(bytes, at, end, false));
      return end;
    }
    if (this.ends.length === 0) this.runStart = at;
    this.ends.push(end);
    if (end - this.runStart > RUN) this.flush(bytes);
    return end;
  }

  /** Takes the last row, which has no line end: as cut off where a quote stays open to the end. */
  private takeLast({ bytes, limit }: Stretch, at: number, badQuotes: boolean): number {
    const whole = cutWhole(bytes, at, limit);
    const { cut, end } = !badQuotes
      ? { cut: cutSound(bytes, at, [limit])[0] as CutRow, end: limit }
      : whole.open
        ? { cut: NO_CELLS, end: limit }
        : cutUnsound(bytes, at, limit);
    const line = lineOf(bytes, at, end, badQuotes);
    this.take(cut, at, end, end === limit ? { ...line, cutOff: whole } : line);
    return end;
  }

  /** Cuts the irregular rows that were found. */
  private flush(bytes: Uint8Array): void {
    const { ends } = this;
    if (ends.length === 0) return;
    this.ends = [];
    let start = this.runStart;
    for (const [i, cut] of cutSound(bytes, start, ends).entries()) {
      const end = ends[i] as number;
      this.take(cut, start, end, lineOf(bytes, start, end, false));
      start = end;
    }
  }
}

const NO_CELLS: CutRow = {
  bytes: new Uint8Array(),
  start: 0,
  count: 0,
  starts: new Int32Array(),
  ends: new Int32Array(),
  styles: new Uint8Array(),
};

function lineOf(bytes: Uint8Array, start: number, end: number, badQuotes: boolean): RowLine {
  const size = end - bodyEnd(bytes, start, end);
  const lineEnd = size === 2 ? 'crlf' : size === 1 ? 'other' : 'none';
  return { lineEnd, blank: end - size === start, badQuotes };
}
