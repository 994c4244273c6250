import type { Charset } from './charset.js';
import { writeMs932 } from './ms932.js';
import { writeUtf8 } from './utf8.js';

/** Write a text at a place and return the place behind it; -1 where a character cannot be written. */
const WRITERS = { ms932: writeMs932, 'utf-8': writeUtf8 };

/** Bytes that grow. */
export class Output {
  length = 0;
  private bytes: Uint8Array;
  private readonly writeText: (text: string, out: Uint8Array, at: number) => number;

  /** `expected`: about how many bytes there will be. */
  constructor(charset: Charset, expected: number) {
    this.bytes = new Uint8Array(Math.max(expected, 1 << 10));
    this.writeText = WRITERS[charset];
    // Without the mark, a file with few characters could be taken for MS932.
    if (charset === 'utf-8') this.text('\ufeff');
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  byte(byte: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  /** Writes a text between two bytes, or alone. False, and nothing is written, where a character cannot be written. */
  text(text: string, around?: number): boolean {
    this.reserve(text.length * 3 + 2);
    const { bytes, length } = this;
    if (around !== undefined) bytes[length] = around;
    let end = this.writeText(text, bytes, around === undefined ? length : length + 1);
    if (end < 0) return false;
    if (around !== undefined) bytes[end++] = around;
    this.length = end;
    return true;
  }

  /** Writes again what was written from one place up to another. */
  repeat(start: number, end: number): void {
    const count = end - start;
    this.reserve(count);
    const { bytes, length } = this;
    // A loop beats a call for a few bytes.
    if (count > 48) bytes.copyWithin(length, start, end);
    else for (let i = 0; i < count; i++) bytes[length + i] = bytes[start + i] as number;
    this.length = length + count;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const longer = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    longer.set(this.bytes.subarray(0, this.length));
    this.bytes = longer;
  }
}
