import {
  Fault,
  type Issue,
  type IssueCode,
  type IssueDetails,
  issue,
  type Layout,
  mask,
  type PlacedColumn,
  type Severity,
} from '../schema/internal.js';
import type { Charset } from './charset.js';
import { COMMA, CR, LF, quote } from './csv.js';
import { type OnUnencodable, replaceUnencodable, writeMs932 } from './ms932.js';
import { writeUtf8 } from './utf8.js';

export interface RowWriterOptions {
  readonly file?: string;
  readonly charset: Charset;
  readonly onUnencodable: OnUnencodable;
  readonly showValues?: boolean;
}

/**
 * Writes records as rows of one file. Cells that are as in the row above are copied as bytes; a cell with an issue is
 * written anew each time, so that it is told each time.
 */
export class RowWriter {
  readonly issues: Issue[] = [];
  private out = new Uint8Array(1 << 14);
  private length = 0;
  private row = 0;
  /** Per column the clean value of the row above, or DIRTY; and where its cell begins, with one more for the end. */
  private readonly above: unknown[];
  private readonly places: Int32Array;
  private readonly columns: readonly PlacedColumn[];

  constructor(
    layout: Layout,
    private readonly options: RowWriterOptions,
  ) {
    this.columns = layout.placed;
    this.above = this.columns.map(() => DIRTY);
    this.places = new Int32Array(this.columns.length + 1);
  }

  /** The rows so far. */
  bytes(): Uint8Array {
    return this.out.slice(0, this.length);
  }

  write(record: Readonly<Record<string, unknown>>): void {
    this.row++;
    if (typeof record !== 'object' || record === null) {
      this.report('record.type');
      return;
    }
    const { columns, above, places } = this;
    let filled = 0;
    let same = -1;
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c] as PlacedColumn;
      const value = record[column.name];
      if (value !== undefined) filled++;
      if (value === above[c]) {
        if (same < 0) same = c;
        continue;
      }
      if (same >= 0) this.copyCells(same, c);
      same = -1;
      const start = this.length;
      above[c] = this.cell(column, value) ? value : DIRTY;
      places[c] = start;
      this.delimit(c === columns.length - 1);
    }
    if (same >= 0) this.copyCells(same, columns.length);
    places[columns.length] = this.length;
    if (filled !== Object.keys(record).length) this.checkNames(record);
  }

  /** Copies the cells from one column up to another from the row above, their delimiters included. */
  private copyCells(from: number, to: number): void {
    const { places } = this;
    const start = places[from] as number;
    const end = places[to] as number;
    const { length } = this;
    this.reserve(end - start);
    const { out } = this;
    if (end - start > 48) out.copyWithin(length, start, end);
    else for (let i = start, k = length; i < end; i++, k++) out[k] = out[i] as number;
    const moved = length - start;
    for (let c = from; c < to; c++) places[c] = (places[c] as number) + moved;
    this.length = length + end - start;
  }

  private delimit(last: boolean): void {
    this.reserve(2);
    if (last) this.out[this.length++] = CR;
    this.out[this.length++] = last ? LF : COMMA;
  }

  /** Writes one cell. False where it had an issue. */
  private cell(column: PlacedColumn, value: unknown): boolean {
    if (value === undefined || value === null) {
      if (column.required) this.report('cell.required', {}, column);
      return !column.required;
    }
    const { kind } = column;
    const written = kind.write(value);
    let text: string;
    if (written instanceof Fault) {
      const found = this.found(value);
      const taken = typeof written.repaired === 'string' ? written.repaired : undefined;
      this.report(written.code, { found }, column, taken === undefined ? undefined : 'warning');
      if (taken === undefined) return false;
      text = taken;
    } else text = written;
    return this.put(column, text) ? !(written instanceof Fault) : this.replaced(column, text);
  }

  /** Writes a cell of which some characters cannot be written as they are. */
  private replaced(column: PlacedColumn, text: string): false {
    const { kind } = column;
    const { charset, onUnencodable } = this.options;
    if (charset !== 'ms932') {
      this.report('char.loneSurrogate', { index: text.search(/\p{Cs}/u) }, column);
      return false;
    }
    const policy = kind.replaceable ? onUnencodable : 'never';
    const { text: clean, issues } = replaceUnencodable(text, policy, this.place(), column);
    for (const one of issues) this.issues.push(one);
    if (clean === '') {
      if (column.required) this.report('cell.required', {}, column);
      return false;
    }
    const again = kind.write(clean);
    if (again instanceof Fault && again.repaired === undefined)
      this.report(again.code, { found: this.found(clean) }, column);
    else this.put(column, clean);
    return false;
  }

  /** False, and nothing is written, where a character cannot be written. */
  private put({ kind }: PlacedColumn, words: string): boolean {
    const text = kind.quoted ? quote(words) : words;
    this.reserve(text.length * 3);
    const end = WRITERS[this.options.charset](text, this.out, this.length);
    if (end >= 0) this.length = end;
    return end >= 0;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.out.length) return;
    const longer = new Uint8Array(Math.max(this.out.length * 2, this.length + count));
    longer.set(this.out.subarray(0, this.length));
    this.out = longer;
  }

  /** Tells of names that the layout does not have, and of what was not understood when it was read. */
  private checkNames(record: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(record)) {
      if (value === undefined) continue;
      if (name === '$raw') {
        this.report('record.raw', { found: Object.keys((value as object | null) ?? {}).join(', ') });
      } else if (!this.columns.some((column) => column.name === name)) {
        this.report('record.unknownColumn', { found: mask(name) });
      }
    }
  }

  private found(value: unknown): string {
    if (typeof value !== 'string' && typeof value !== 'number') return value === null ? 'null' : typeof value;
    return this.options.showValues ? String(value) : mask(String(value));
  }

  private place() {
    const { file } = this.options;
    return file === undefined ? { row: this.row } : { file, row: this.row };
  }

  private report(code: IssueCode, details: IssueDetails = {}, column?: PlacedColumn, severity?: Severity): void {
    const options = { ...(column ? { column } : {}), ...(severity ? { severity } : {}) };
    this.issues.push(issue(code, this.place(), details, options));
  }
}

/** Write a text at a place and return the place behind it; -1 where a character cannot be written. */
const WRITERS = { ms932: writeMs932, 'utf-8': writeUtf8 };

/** Stands for a cell that may not be copied: equal to no value. */
const DIRTY = Symbol('dirty');
