import {
  type AnyKind,
  Fault,
  hasError,
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
import { COMMA, CR, LF } from './csv.js';
import { isEncodable, type OnUnencodable, replaceUnencodable } from './ms932.js';
import { Output } from './output.js';
import { RecordNames } from './record-names.js';

export interface RowWriterOptions {
  readonly file?: string;
  readonly charset: Charset;
  readonly onUnencodable: OnUnencodable;
  readonly showValues?: boolean;
  /** How many rows there will be, as far as is known. */
  readonly rows: number;
}

/** A guess that is seldom too low. */
const BYTES_PER_CELL = 8;

/** Stands for a cell that may not be copied: equal to no value. */
const DIRTY = Symbol('dirty');

/** Whether a value is that of the row above. Noughts are not: -0 equals 0. */
const isSame = (value: unknown, above: unknown): boolean => {
  if (value === undefined) return above === undefined;
  if (typeof value === 'string') return typeof above === 'string' && value === above;
  return value === above && value !== 0;
};

/** The name of a property, where it looks like one; else its shape, for it may be a person's data. */
const nameForPeople = (name: string): string => (/^(#[0-9]*|[a-z][A-Za-z0-9]{0,63})$/.test(name) ? name : mask(name));

/** A column as it is written: what the inner loop needs of it, in one shape for all columns. */
class ColumnWriter {
  readonly required: boolean;
  readonly quoted: boolean;
  readonly write: AnyKind['write'];
  readonly writeAscii: AnyKind['writeAscii'];
  /** The value of the row above, where its cell was clean. */
  above: unknown = DIRTY;
  /** Where the cell of the row above begins. */
  place = 0;

  constructor(readonly column: PlacedColumn) {
    this.required = column.required;
    this.quoted = column.kind.quoted;
    this.write = column.kind.write;
    this.writeAscii = column.kind.writeAscii;
  }
}

/**
 * Writes records as rows of one file. Cells that are as in the row above are copied as bytes; a cell with an issue is
 * written anew each time, so that it is told each time.
 */
export class RowWriter {
  readonly issues: Issue[] = [];
  private readonly columns: readonly ColumnWriter[];
  private readonly names: RecordNames;
  private readonly out: Output;
  private row = 0;
  /** Where the row above ends. */
  private end = 0;

  constructor(
    layout: Layout,
    private readonly options: RowWriterOptions,
  ) {
    this.columns = layout.placed.map((column) => new ColumnWriter(column));
    this.names = new RecordNames(layout.placed.map((column) => column.name));
    this.out = new Output(options.charset, options.rows * layout.placed.length * BYTES_PER_CELL);
  }

  /** The rows so far. */
  bytes(): Uint8Array {
    return this.out.take();
  }

  /** How many bytes the rows so far have. */
  get length(): number {
    return this.out.length;
  }

  /** The rows since the last call, which are then forgotten. */
  flush(): Uint8Array {
    const bytes = this.out.take();
    this.out.length = 0;
    this.end = 0;
    for (const column of this.columns) column.above = DIRTY;
    return bytes;
  }

  write(record: Readonly<Record<string, unknown>>): void {
    this.row++;
    if (typeof record !== 'object' || record === null) {
      this.report('record.type');
      return;
    }
    const { columns, out } = this;
    const values = this.names.gather(record);
    let same = -1;
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c] as ColumnWriter;
      const value = values[c];
      if (isSame(value, column.above)) {
        if (same < 0) same = c;
        continue;
      }
      if (same >= 0) this.copyCells(same, c);
      same = -1;
      const { length } = out;
      column.above = this.cell(column, value) ? value : DIRTY;
      column.place = length;
      if (c < columns.length - 1) out.byte(COMMA);
      else this.endRow();
    }
    if (same >= 0) this.copyCells(same, columns.length);
    this.end = out.length;
    if (this.names.strangers > 0) this.refuse(record);
  }

  private endRow(): void {
    this.out.byte(CR);
    this.out.byte(LF);
  }

  /** Copies the cells from one column up to another from the row above, with the delimiters behind them. */
  private copyCells(from: number, to: number): void {
    const { columns, out } = this;
    const start = (columns[from] as ColumnWriter).place;
    const moved = out.length - start;
    out.repeat(start, to < columns.length ? (columns[to] as ColumnWriter).place : this.end);
    for (let c = from; c < to; c++) (columns[c] as ColumnWriter).place += moved;
  }

  /** Writes one cell. False where it had an issue. */
  private cell(writer: ColumnWriter, value: unknown): boolean {
    if (value === undefined || value === null) {
      const { required, needed } = writer.column;
      if (required || needed) this.report('cell.required', {}, writer.column, required ? 'error' : 'warning');
      return !required && !needed;
    }
    if (writer.writeAscii !== undefined && this.out.short(writer.writeAscii, value)) return true;
    const written = writer.write(value);
    if (!(written instanceof Fault)) return this.put(writer, written) || this.putReplaced(writer, written);
    if (this.isReplaceable(writer, value)) return this.putReplaced(writer, value);
    const taken = typeof written.repaired === 'string' ? written.repaired : undefined;
    const severity = taken === undefined ? undefined : 'warning';
    this.report(written.code, { found: this.found(value) }, writer.column, severity);
    if (taken !== undefined && !this.put(writer, taken)) this.putReplaced(writer, taken);
    return false;
  }

  /** False, and nothing is written, where a character cannot be written. */
  private put(writer: ColumnWriter, text: string): boolean {
    return writer.quoted ? this.out.quoted(text) : this.out.text(text);
  }

  /** Whether a value is words of which some characters may be replaced: only then is known what they are, and how long. */
  private isReplaceable({ column }: ColumnWriter, value: unknown): value is string {
    const isWords = typeof value === 'string' && column.kind.replaceable;
    return isWords && this.options.charset === 'ms932' && !isEncodable(value);
  }

  /** Writes a cell of which some characters cannot be written as they are. Always false: it has an issue. */
  private putReplaced(writer: ColumnWriter, text: string): false {
    const { column } = writer;
    const { charset, onUnencodable } = this.options;
    if (charset !== 'ms932') {
      this.report('char.loneSurrogate', { index: text.search(/\p{Cs}/u) }, column);
      return false;
    }
    const policy = column.kind.replaceable ? onUnencodable : 'never';
    const { text: clean, issues } = replaceUnencodable(text, policy, this.place(), column);
    for (const one of issues) this.issues.push(one);
    if (clean === '') {
      if (column.required && !hasError(issues)) this.report('cell.required', {}, column);
      return false;
    }
    const again = writer.write(clean);
    if (again instanceof Fault && again.repaired === undefined) {
      this.report(again.code, { found: this.found(clean) }, column);
    } else this.put(writer, clean);
    return false;
  }

  /** Tells of names that the layout does not have, and of what was not understood when the record was read. */
  private refuse(record: Readonly<Record<string, unknown>>): void {
    for (const name of this.names.unknown()) {
      const value = record[name];
      if (value === undefined) continue;
      if (name === '$raw')
        this.report('record.raw', {
          found: Object.keys(value ?? {})
            .map(nameForPeople)
            .join(', '),
        });
      else this.report('record.unknownColumn', { found: nameForPeople(name) });
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
