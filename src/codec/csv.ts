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

/** A row as it was cut: cell `i` is `bytes[starts[i]..ends[i]]`, without its quotes. */
export interface CutRow {
  readonly bytes: Uint8Array;
  /** Number of cells. */
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly styles: Uint8Array;
}

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

  constructor(
    readonly bytes: Uint8Array,
    from: number,
    readonly limit: number,
  ) {
    this.start = from;
    this.end = from;
  }

  /** Cuts the next row. False at the end of the bytes, and before an irregular or blank row. */
  next(): boolean {
    const { bytes, limit } = this;
    this.start = this.end;
    let { starts, ends, styles } = this;
    let count = 0;
    let i = this.start;
    if (i >= limit || bytes[i] === CR) return false;
    for (;;) {
      if (count === starts.length) ({ starts, ends, styles } = this.grow());
      if (bytes[i] === QUOTE && i < limit) {
        let style = QUOTED;
        starts[count] = ++i;
        for (;;) {
          while (i < limit && bytes[i] !== QUOTE) i++;
          if (i >= limit) return false;
          if (i + 1 >= limit || bytes[i + 1] !== QUOTE) break;
          style = ESCAPED;
          i += 2;
        }
        styles[count] = style;
        ends[count] = i++;
      } else {
        starts[count] = i;
        styles[count] = BARE;
        while (i < limit) {
          const byte = bytes[i] as number;
          if (byte <= COMMA && (byte === COMMA || byte === CR || byte === LF || byte === QUOTE)) break;
          i++;
        }
        ends[count] = i;
      }
      count++;
      if (i >= limit) return false;
      const delimiter = bytes[i] as number;
      if (delimiter === COMMA) {
        i++;
        continue;
      }
      if (delimiter !== CR || i + 1 >= limit || bytes[i + 1] !== LF) return false;
      this.end = i + 2;
      this.count = count;
      return true;
    }
  }

  private grow(): this {
    const twice = this.starts.length * 2;
    const longer = <A extends Int32Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.starts = longer(this.starts, new Int32Array(twice));
    this.ends = longer(this.ends, new Int32Array(twice));
    this.styles = longer(this.styles, new Uint8Array(twice));
    return this;
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

/** Free text as it stands in a file: in quotes, the quotes inside doubled. */
export const quote = (text: string): string => `"${text.includes('"') ? text.replaceAll('"', '""') : text}"`;
