import { type AnyKind, SHORT_CELL } from '../schema/internal.js';
import type { Charset } from './charset.js';
import { escaped, QUOTE } from './csv.js';
import { writeMs932 } from './ms932.js';
import { writeUtf8 } from './utf8.js';

type WriteText = (text: string, out: Uint8Array, at: number, doubled?: typeof QUOTE) => number;

/** Write a text at a place and return the place behind it; -1 where a character cannot be written. */
const WRITERS: Readonly<Record<Charset, WriteText>> = {
  ms932: writeMs932,
  'utf-8': (text, out, at, doubled) => writeUtf8(doubled ? escaped(text) : text, out, at),
};

/** Bytes that grow. */
export class Output {
  length = 0;
  private bytes: Uint8Array;
  private readonly writeText: WriteText;

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

  /** Writes a text. False, and nothing is written, where a character cannot be written. */
  text(text: string): boolean {
    this.reserve(text.length * 3);
    const end = this.writeText(text, this.bytes, this.length);
    if (end < 0) return false;
    this.length = end;
    return true;
  }

  /** Writes a text in quotes, the quotes inside doubled. False as above. */
  quoted(text: string): boolean {
    this.reserve(text.length * 3 + 2);
    const { bytes, length } = this;
    bytes[length] = QUOTE;
    const end = this.writeText(text, bytes, length + 1, QUOTE);
    if (end < 0) return false;
    bytes[end] = QUOTE;
    this.length = end + 1;
    return true;
  }

  /** Lets the short cut of a kind write a value. False, and nothing is written, where it leaves the value to `write`. */
  short(writeAscii: NonNullable<AnyKind['writeAscii']>, value: unknown): boolean {
    this.reserve(SHORT_CELL);
    const end = writeAscii(value, this.bytes, this.length);
    if (end < 0) return false;
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
