/**
 * Rows and cells of a CSV file, on the bytes themselves. No byte of a two-byte character of MS932 or UTF-8 is a comma,
 * quote, CR or LF, so a file can be cut before it is decoded.
 */

export const COMMA = 0x2c;
export const QUOTE = 0x22;
export const CR = 0x0d;
export const LF = 0x0a;

/** How a cell was written. */
export const BARE = 0;
export const QUOTED = 1;
/** In quotes, with doubled quotes inside. */
export const ESCAPED = 2;
/** In a row whose quotes are damaged. */
export const UNKNOWN = 3;

/** A row as it was cut: cell `i` is `bytes[start + starts[i]..start + ends[i]]`, without its quotes. */
export interface CutRow {
  readonly bytes: Uint8Array;
  /** Where the row begins in the bytes. */
  readonly start: number;
  /** Number of cells. */
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly styles: Uint8Array;
  /** The cells that differ from those of the row before; undefined where they were not compared. */
  readonly changed?: readonly number[] | undefined;
}

/**
 * Looking for repetitions pays where at least one row in so many repeats the one before. A repetition earns as many
 * further looks, up to MAX_PATIENCE; without patience only every 64th row is looked at.
 */
const PAYS = 8;
const MAX_PATIENCE = 256;

/** A row of more bytes is none: so no row has to be looked for further than this. */
export const MAX_ROW = 1 << 20;

const isDelimiter = (byte: number): boolean =>
  byte <= COMMA && (byte === COMMA || byte === CR || byte === LF || byte === QUOTE);

/** Cuts the clean rows of a file: CRLF, quotes only around whole cells. Stops before the first row that is not so. */
export class RowCutter implements CutRow {
  count = 0;
  starts = new Int32Array(128);
  ends = new Int32Array(128);
  styles = new Uint8Array(128);
  /** Where the row that was cut last begins; once stopped, where the next row begins. */
  start: number;
  /** Where the row that was cut last ends, its CRLF included. */
  end: number;
  changed: readonly number[] | undefined;
  private readonly changes: number[] = [];
  private patience = MAX_PATIENCE;
  /** Rows since the patience went. */
  private rows = 0;

  constructor(
    readonly bytes: Uint8Array,
    from: number,
    readonly limit: number,
  ) {
    this.start = from;
    this.end = from;
  }

  /** Goes on behind rows that were taken otherwise. */
  resume(at: number): void {
    this.end = at;
    this.count = 0;
  }

  /** Cuts the next row. False at the end of the bytes, and before an irregular or blank row. */
  next(): boolean {
    if (this.patience > 0 || this.rows++ % 64 === 0) {
      if (this.repeats()) {
        this.patience = Math.min(this.patience + PAYS, MAX_PATIENCE);
        return true;
      }
      if (this.patience > 0) this.patience--;
    }
    return this.cut();
  }

  /**
   * Takes the next row as a repetition of the one before: the same delimiters at the same places, other bytes in some
   * cells. So rows that are alike are not cut again, and their equal cells are not looked at.
   */
  private repeats(): boolean {
    const { bytes, start, end, ends, count, changes } = this;
    const length = end - start;
    if (count === 0 || end + length > this.limit) return false;
    changes.length = 0;
    let cell = -1;
    let cellEnd = 0;
    for (let i = 0; i < length; i++) {
      const old = bytes[start + i] as number;
      const byte = bytes[end + i] as number;
      if (old === byte) continue;
      if (isDelimiter(old) || isDelimiter(byte)) return false;
      if (i < cellEnd) continue;
      do cellEnd = ends[++cell] as number;
      while (i >= cellEnd);
      changes.push(cell);
    }
    this.start = end;
    this.end = end + length;
    this.changed = changes;
    return true;
  }

  private cut(): boolean {
    const { bytes, starts, ends, styles } = this;
    const first = this.end;
    const limit = Math.min(this.limit, first + MAX_ROW);
    this.start = first;
    this.changed = undefined;
    let count = 0;
    for (let i = first; i < limit; i++) {
      if (count === starts.length) return this.grow() && this.cut();
      let style = BARE;
      let cell = i;
      if (bytes[i] === QUOTE) {
        style = QUOTED;
        cell = ++i;
        for (; i < limit; i++) {
          if (bytes[i] !== QUOTE) continue;
          if (bytes[i + 1] !== QUOTE) break;
          style = ESCAPED;
          i++;
        }
        ends[count] = i++ - first;
      } else {
        while (i < limit && !isDelimiter(bytes[i] as number)) i++;
        ends[count] = i - first;
      }
      starts[count] = cell - first;
      styles[count++] = style;
      if (i >= limit) return false;
      if (bytes[i] === COMMA) continue;
      if (bytes[i] !== CR || i === first || i + 1 >= limit || bytes[i + 1] !== LF) return false;
      this.end = i + 2;
      this.count = count;
      return true;
    }
    return false;
  }

  /** Makes room for twice as many cells. */
  private grow(): true {
    const twice = this.starts.length * 2;
    this.starts = new Int32Array(twice);
    this.ends = new Int32Array(twice);
    this.styles = new Uint8Array(twice);
    return true;
  }
}

/** The bytes of a cell without the doubling of its quotes. */
export function unescaped(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let count = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === QUOTE && bytes[i + 1] === QUOTE) i++;
    out[count++] = byte;
  }
  return out.subarray(0, count);
}

/** Free text as it stands between its quotes: the quotes inside doubled. */
export const escaped = (text: string): string => (text.includes('"') ? text.replaceAll('"', '""') : text);
