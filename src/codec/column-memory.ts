import type { PlacedColumn } from '../schema/internal.js';
import { BARE } from './csv.js';

/** After so many questions a column knows whether its memory serves. */
const TRIAL = 1024;

/**
 * What one column has seen: clean cells by their bytes and the values they stand for, the cell in the row above first.
 * A cell with an issue is never remembered, and a column never looks into another's memory.
 */
export class ColumnMemory {
  /** The cell of the row above, where it was clean: place in the file, length (-1: none) and style. */
  aboveStart = 0;
  aboveLength = -1;
  aboveStyle = BARE;
  /** Whether the record of the row above has the column. */
  present = false;
  readonly name: string;
  readonly quoted: boolean;
  readonly required: boolean;
  /** Whether it is told when the column is empty. */
  readonly needed: boolean;
  private asked = 0;
  private known = 0;
  private readonly starts: Int32Array;
  private readonly lengths: Int32Array;
  private readonly styles: Uint8Array;
  private readonly values: unknown[];

  /** `slots`: how many cells are remembered beside the one above; a power of two. */
  constructor(
    readonly column: PlacedColumn,
    private readonly slots: number,
  ) {
    this.name = column.name;
    this.quoted = column.kind.quoted;
    this.required = column.required;
    this.needed = column.required || column.needed === true;
    this.starts = new Int32Array(slots);
    this.lengths = new Int32Array(slots).fill(-1);
    this.styles = new Uint8Array(slots);
    this.values = new Array(slots).fill(undefined);
  }

  /** Forgets every cell: their bytes are gone. */
  forget(): void {
    this.aboveLength = -1;
    this.lengths.fill(-1);
    this.values.fill(undefined);
  }

  isAbove(bytes: Uint8Array, start: number, length: number, style: number): boolean {
    if (length !== this.aboveLength || style !== this.aboveStyle) return false;
    const above = this.aboveStart;
    for (let i = 0; i < length; i++) {
      if (bytes[start + i] !== bytes[above + i]) return false;
    }
    return true;
  }

  setAbove(start: number, length: number, style: number): void {
    this.aboveStart = start;
    this.aboveLength = length;
    this.aboveStyle = style;
  }

  /** The slot of a cell; -1 where the column hardly ever knows a cell, so that it is not worth asking. */
  slot(bytes: Uint8Array, start: number, length: number): number {
    if (this.asked >= TRIAL && this.known * 4 < this.asked) return -1;
    this.asked++;
    let hash = length;
    const head = length > 16 ? 8 : length;
    for (let i = 0; i < head; i++) hash = Math.imul(hash ^ (bytes[start + i] as number), 0x01000193);
    for (let i = Math.max(head, length - 8); i < length; i++) {
      hash = Math.imul(hash ^ (bytes[start + i] as number), 0x01000193);
    }
    return (hash ^ (hash >>> 15)) & (this.slots - 1);
  }

  /** The value of a clean cell in its slot; undefined where another cell, or none, is remembered there. */
  recall(slot: number, bytes: Uint8Array, start: number, length: number, style: number): unknown {
    if (this.lengths[slot] !== length || this.styles[slot] !== style) return undefined;
    const other = this.starts[slot] as number;
    for (let i = 0; i < length; i++) {
      if (bytes[start + i] !== bytes[other + i]) return undefined;
    }
    this.known++;
    return this.values[slot];
  }

  remember(slot: number, start: number, length: number, style: number, value: unknown): void {
    this.starts[slot] = start;
    this.lengths[slot] = length;
    this.styles[slot] = style;
    this.values[slot] = value;
  }
}
