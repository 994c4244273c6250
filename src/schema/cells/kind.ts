import type { z } from 'zod';
import type { IssueCode } from '../issue.js';

/** The kinds of cell as the layout tables call them. */
export type CellType =
  | 'month'
  | 'date'
  | 'time'
  | 'int'
  | 'decimal'
  | 'code'
  | 'digits'
  | 'insured'
  | 'office'
  | 'serviceType'
  | 'serviceCode'
  | 'tais'
  | 'flags31'
  | 'postal'
  | 'phone'
  | 'string'
  | 'text'
  | 'unused';

/**
 * Why a text is not a clean cell of its kind, or a value cannot be written as one.
 *
 * With `repaired` the meaning is certain all the same: the value is taken and the issue is a warning. Without it the
 * text stays in `$raw` and the issue is an error.
 */
export class Fault<T = unknown> {
  constructor(
    readonly code: IssueCode,
    readonly repaired?: T,
  ) {}
}

/**
 * One kind of cell: two plain functions between the text of a cell and its value.
 *
 * Neither function throws. `read` is never given the empty text: empty is absent. Texts that `read` takes without a
 * fault are exactly those that `write` produces.
 */
export interface CellKind<T, Type extends CellType = CellType> {
  readonly type: Type;
  /** Characters, not bytes: exact or a maximum by the kind; null where the standard prints none. */
  readonly length: number | null;
  readonly exact: boolean;
  /** Free text: enclosed in quotes when filled. */
  readonly quoted: boolean;
  /** Whether characters outside MS932 may be replaced: in words, never in digits, codes and dates. */
  readonly replaceable: boolean;
  /** The official codes with their labels, where the kind has a list. */
  readonly codes?: Readonly<Record<string, string>>;
  /** The text that stands for "does not apply" (`00000000`, `000000`, `9999`), where the kind has one. */
  readonly marker?: string;
  /** The only text of the kind, where there is just one (the csvVersion). */
  readonly constant?: string;
  /** Every text that matches is clean; from it test generators draw. Absent for free text. */
  readonly hint?: RegExp;
  read(text: string): T | Fault<T>;
  /**
   * The value of a clean cell straight from the ASCII codes of its characters: what `read` gives for their text. Undefined
   * where the cell is not clean, or only `read` can tell. A short cut, where the kind has one.
   */
  readAscii?(codes: Uint8Array, start: number, length: number): T | undefined;
  write(value: unknown): string | Fault;
  /**
   * Writes the ASCII codes of what `write` gives for a clean value to a place with room for SHORT_CELL bytes, and
   * returns the place behind them; -1 where the value is not clean, or only `write` can tell. A short cut, where the
   * kind has one.
   */
  writeAscii?(value: unknown, out: Uint8Array, at: number): number;
  /** The zod schema of the value, for objects at the edge of the library. */
  value(): z.ZodType<T>;
}

export type AnyKind = CellKind<unknown>;
export type ValueOfKind<K> = K extends { read(text: string): infer T } ? Exclude<T, Fault> : never;

/** More bytes than any short cut writes, and touches. */
export const SHORT_CELL = 32;

/** What cannot stand in a cell without quotes. */
export const NOT_BARE = /[",\r\n]/;

/** A string value that is written as it stands. */
export const writeAsIs =
  (read: (text: string) => unknown) =>
  (value: unknown): string | Fault => {
    if (typeof value !== 'string') return new Fault('cell.type');
    if (value === '') return new Fault('cell.emptyString');
    const back = read(value);
    return back instanceof Fault ? new Fault(back.code) : value;
  };

/** The number of characters (code points) of a text. */
export function characters(text: string): number {
  let count = text.length;
  for (let i = 1; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) count--;
  }
  return count;
}
