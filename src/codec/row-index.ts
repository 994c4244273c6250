/** A row of a file: its number (1 for the first, header and blank lines counted) and its bytes. */
export interface RowRange {
  readonly row: number;
  readonly start: number;
  /** The first byte behind the row's line end. */
  readonly end: number;
}

/** Where each record of a file stands: `rows.at(i)` belongs to `records[i]`. */
export class RowIndex implements Iterable<RowRange> {
  /** Number of rows that became records. */
  length = 0;
  private data = new Uint32Array(3 * 64);

  /** The row of a record, or undefined. */
  at(index: number): RowRange | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) return undefined;
    const [row = 0, start = 0, end = 0] = this.data.subarray(3 * index, 3 * index + 3);
    return { row, start, end };
  }

  *[Symbol.iterator](): Iterator<RowRange> {
    for (let i = 0; i < this.length; i++) yield this.at(i) as RowRange;
  }

  /** @internal */
  push(row: number, start: number, end: number): void {
    const at = 3 * this.length++;
    if (at === this.data.length) {
      const longer = new Uint32Array(2 * at);
      longer.set(this.data);
      this.data = longer;
    }
    this.data[at] = row;
    this.data[at + 1] = start;
    this.data[at + 2] = end;
  }
}
