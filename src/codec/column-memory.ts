import type { PlacedColumn } from '../schema/internal.js';
import { BARE } from './csv.js';

/** Cells that a column remembers beside the one above; a power of two. */
const SLOTS = 512;

/**
 * What one column has seen: clean cells by their bytes and the values they stand for, the cell in the row above first.
 * A cell with an issue is never remembered, and a column never looks into another's memory.
 */
export class ColumnMemory {
  /** The cell of the row above, where it was clean: place in the file, length (-1: none) and style. */
  aboveStart = 0;
  aboveLength = -1;
  aboveStyle = BARE;
  private readonly starts = new Int32Array(SLOTS);
  private readonly lengths = new Int32Array(SLOTS).fill(-1);
  private readonly styles = new Uint8Array(SLOTS);
  private readonly values: unknown[] = new Array(SLOTS).fill(undefined);

  constructor(readonly column: PlacedColumn) {}

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

  /** The slot of a cell. */
  slot(bytes: Uint8Array, start: number, length: number): number {
    let hash = length;
    const head = length > 16 ? 8 : length;
    for (let i = 0; i < head; i++) hash = Math.imul(hash ^ (bytes[start + i] as number), 0x01000193);
    for (let i = Math.max(head, length - 8); i < length; i++) {
      hash = Math.imul(hash ^ (bytes[start + i] as number), 0x01000193);
    }
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }

  /** The value of a clean cell in its slot; undefined where another cell, or none, is remembered there. */
  recall(slot: number, bytes: Uint8Array, start: number, length: number, style: number): unknown {
    if (this.lengths[slot] !== length || this.styles[slot] !== style) return undefined;
    const other = this.starts[slot] as number;
    for (let i = 0; i < length; i++) {
      if (bytes[start + i] !== bytes[other + i]) return undefined;
    }
    return this.values[slot];
  }

  remember(slot: number, start: number, length: number, style: number, value: unknown): void {
    this.starts[slot] = start;
    this.lengths[slot] = length;
    this.styles[slot] = style;
    this.values[slot] = value;
  }
}
