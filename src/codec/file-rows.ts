import { type CutRow, RowCutter } from './csv.js';
import {
  BAD,
  bodyEnd,
  cutSound,
  cutUnsound,
  cutWhole,
  holdsRecord,
  LOOK_AHEAD,
  recordEnd,
  rowEnd,
  type Stretch,
  startsLikeRecord,
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
 * A quote that is not closed damages its own row only: the next row begins where a line looks like a record, and nothing
 * of the damaged one reaches beyond. A quote that is closed by one of the next row is found by the number of cells.
 */
export class FileRows {
  /** The ends of irregular rows with sound quotes that are still to be cut; they begin at `runStart`. */
  private ends: number[] = [];
  private runStart = 0;

  /** `isCount` tells whether a row of a table has so many cells. */
  constructor(
    private readonly take: TakeRow,
    private readonly isCount: (count: number) => boolean = () => true,
  ) {}

  /** Takes the whole rows from `from` on; returns where the first one begins that is not whole yet. */
  feed(stretch: Stretch, from: number): number {
    const { bytes, limit } = stretch;
    const cutter = new RowCutter(bytes, from, limit);
    let at = from;
    for (;;) {
      let joined: boolean | typeof WAIT = false;
      while (cutter.next()) {
        joined = this.isJoined(stretch, cutter.start, cutter.end, cutter.count);
        if (joined) break;
        if (this.ends.length > 0) this.flush(bytes);
        this.take(cutter, cutter.start, cutter.end);
      }
      at = cutter.start;
      const next = at < limit && joined !== WAIT ? this.irregular(stretch, at, joined) : WAIT;
      if (next === WAIT) break;
      at = next;
      cutter.resume(at);
    }
    this.flush(bytes);
    return at;
  }

  /**
   * Whether a row with sound quotes has swallowed the beginning of another: it stands in its texts, and the row does not
   * have the cells of a record, or what follows is not the beginning of one.
   */
  private isJoined({ bytes, limit, final }: Stretch, start: number, end: number, count: number): boolean | typeof WAIT {
    const isWhole = this.isCount(count);
    if (isWhole && (startsLikeRecord(bytes, end) || (final && end >= limit))) return false;
    if (!holdsRecord(bytes, start, end)) return false;
    return isWhole && !final && end + LOOK_AHEAD > limit ? WAIT : true;
  }

  /** Takes the irregular row at a place, and what is left of it behind; returns where they end, or WAIT. */
  private irregular(stretch: Stretch, at: number, joined: boolean): number {
    const end = joined ? BAD : this.soundEnd(stretch, at);
    if (end === WAIT) return WAIT;
    if (end !== BAD) return this.takeSound(stretch, at, end);
    const whole = recordEnd(stretch, at);
    if (whole === WAIT) return WAIT;
    const record = { bytes: stretch.bytes, limit: whole, final: true };
    const isLast = stretch.final && whole === stretch.limit;
    let from = this.takeUnsound(record, at, isLast);
    while (from < whole) {
      const next = rowEnd(record, from);
      from = next === BAD ? this.takeUnsound(record, from, isLast, true) : this.takeSound(record, from, next, isLast);
    }
    return whole;
  }

  /** Where the row at a place ends; BAD as well where it has swallowed the beginning of the next one. */
  private soundEnd(stretch: Stretch, at: number): number {
    const { bytes } = stretch;
    const end = rowEnd(stretch, at);
    if (end < 0 || !holdsRecord(bytes, at, end)) return end;
    const joined = this.isJoined(stretch, at, end, cutSound(bytes, at, [end])[0]?.count ?? 0);
    return joined === WAIT ? WAIT : joined ? BAD : end;
  }

  /** Takes a row whose quotes are not sound; returns where it ends, at the latest with the record. */
  private takeUnsound(record: Stretch, at: number, isLast: boolean, isRest = false): number {
    const { bytes, limit } = record;
    this.flush(bytes);
    if (isLast && bodyEnd(bytes, at, limit) === limit) return this.takeLast(record, at, true, isRest);
    const { cut, end } = cutUnsound(bytes, at, limit, isRest);
    this.take(cut, at, end, lineOf(bytes, at, end, true));
    return end;
  }

  /** Takes a row whose quotes are sound; returns where it ends. */
  private takeSound(stretch: Stretch, at: number, end: number, isLast = stretch.final): number {
    const { bytes, limit } = stretch;
    if (isLast && end === limit && bodyEnd(bytes, at, end) === end) {
      this.flush(bytes);
      return this.takeLast(stretch, at, false);
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
  private takeLast({ bytes, limit }: Stretch, at: number, badQuotes: boolean, isRest = false): number {
    const whole = cutWhole(bytes, at, limit);
    const { cut, end } = !badQuotes
      ? { cut: cutSound(bytes, at, [limit])[0] as CutRow, end: limit }
      : whole.open
        ? { cut: NO_CELLS, end: limit }
        : cutUnsound(bytes, at, limit, isRest);
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
