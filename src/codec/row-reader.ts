import {
  CSV_VERSIONS,
  Fault,
  type Issue,
  type IssueCode,
  type IssueDetails,
  issue,
  type Layout,
  mask,
  type PlacedColumn,
  readCell,
  type Severity,
} from '../schema/internal.js';
import { ColumnMemory } from './column-memory.js';
import { BARE, type CutRow, ESCAPED, UNKNOWN, unescaped } from './csv.js';
import { codePointsOf, type OddBytes, type ReadText } from './ms932.js';
import { RecordShapes } from './record-shapes.js';

export interface RowReaderOptions {
  readonly file?: string;
  /** Put the texts of cells into issues instead of their shapes. */
  readonly showValues?: boolean;
  /** About how many rows there are: how much is worth remembering. */
  readonly rows: number;
}

/** The cells that a row lacks. */
const NOTHING: CutRow = {
  bytes: new Uint8Array(),
  start: 0,
  count: 0,
  starts: new Int32Array(128),
  ends: new Int32Array(128),
  styles: new Uint8Array(128),
};

/** Reads the rows of one file into records of a layout, and collects the issues. */
export class RowReader {
  readonly issues: Issue[] = [];
  /** Whether a row had the csvVersion of another edition. */
  foreign = false;
  /** Whether every record so far is complete. */
  complete = true;
  private readonly columns: readonly ColumnMemory[];
  private readonly shapes: RecordShapes;
  private readonly told = new Set<IssueCode>();
  private readonly odd: OddBytes[] = [];
  private readonly takeOdd = (bytes: OddBytes): void => {
    const last = this.odd.at(-1);
    // Broken bytes in succession are one finding.
    if (last?.code === 'char.broken' && bytes.code === last.code && last.end === bytes.start) {
      this.odd[this.odd.length - 1] = { ...last, end: bytes.end };
    } else this.odd.push(bytes);
  };
  private raw: Record<string, string> | undefined;
  /** Whether every cell of the row above was clean, so that equal cells need no look. */
  private clean = false;
  private row = 0;
  private start = 0;
  private end = 0;

  constructor(
    layout: Layout,
    private readonly readText: ReadText,
    private readonly options: RowReaderOptions,
  ) {
    const slots = options.rows > 250 ? 256 : 16;
    this.columns = layout.placed.map((column) => new ColumnMemory(column, slots));
    this.shapes = new RecordShapes(layout.placed.map((column) => column.name));
  }

  /** Names the row that the next calls are about. */
  begin(row: number, start: number, end: number): void {
    this.row = row;
    this.start = start;
    this.end = end;
  }

  /** Whether a row is a header: its first cell is the Japanese name of the first column. */
  isHeader({ bytes, start, starts, ends }: CutRow): boolean {
    return this.readText(bytes, start + (starts[0] ?? 0), start + (ends[0] ?? 0)) === this.columns[0]?.column.ja;
  }

  /**
   * Reads the row into a record. `inFile` tells that its cells lie in the bytes of the file, so that later rows can be
   * compared with them; `damaged` is the whole row where its quotes are, which is then kept in `$raw` as `#`.
   */
  read(cut: CutRow, inFile: boolean, damaged?: Uint8Array): Record<string, unknown> {
    const { count, changed } = cut;
    const { columns } = this;
    this.raw = undefined;
    if (this.isForeign(cut, inFile)) return this.readForeign(cut);
    if (damaged) {
      this.report('csv.quotes');
      this.keepRaw('#', this.readText(damaged, 0, damaged.length));
    }
    if (changed && this.clean) {
      for (let i = 0; i < changed.length; i++) {
        if ((changed[i] as number) < columns.length) this.readCell(cut, changed[i] as number, inFile);
      }
    } else {
      this.clean = true;
      const filled = Math.min(count, columns.length);
      for (let c = 0; c < filled; c++) this.readCell(cut, c, inFile);
      for (let c = filled; c < columns.length; c++) this.readCell(NOTHING, c, false);
    }
    const record = this.shapes.copy();
    if (count !== columns.length) this.checkCount(cut);
    if (!this.raw) return record;
    this.complete = false;
    return { ...record, $raw: this.raw };
  }

  /** Whether the row's csvVersion is one of another edition. */
  private isForeign({ bytes, start, starts, ends, styles }: CutRow, inFile: boolean): boolean {
    const [memory] = this.columns as [ColumnMemory];
    const from = start + (starts[0] as number);
    const length = (ends[0] as number) - (starts[0] as number);
    if (inFile && memory.isAbove(bytes, from, length, styles[0] as number)) return false;
    const version = this.readText(bytes, from, from + length);
    if (version === memory.column.kind.constant || !CSV_VERSIONS.some((one) => one.csvVersion === version))
      return false;
    if (!this.foreign) this.report('file.edition', { found: version, expected: memory.column.kind.constant ?? '' });
    this.foreign = true;
    return true;
  }

  /** A row of another edition: all its texts by `#` and their number. */
  private readForeign(cut: CutRow): Record<string, unknown> {
    this.keepSurplus(cut, 0);
    this.complete = false;
    // The row below is compared with this one, whose cells were not read.
    this.clean = false;
    return { $raw: this.raw ?? {} };
  }

  private readCell({ bytes, start, starts, ends, styles }: CutRow, c: number, inFile: boolean): void {
    const memory = this.columns[c] as ColumnMemory;
    const from = start + (starts[c] as number);
    const length = (ends[c] as number) - (starts[c] as number);
    const style = styles[c] as number;
    if (inFile && memory.isAbove(bytes, from, length, style)) return;
    const value = this.cell(memory, bytes, from, length, style, inFile);
    if (memory.aboveLength < 0) this.clean = false;
    const present = value !== undefined;
    if (present && memory.present) this.shapes.set(memory.name, value);
    else if (present !== memory.present) this.shapes.change(memory.name, value);
    memory.present = present;
  }

  /** Adds an issue at the row. */
  report(code: IssueCode, details: IssueDetails = {}): void {
    this.issues.push(issue(code, { ...this.place(), range: this.range() }, details));
  }

  /** Adds an issue for a blank line; blank lines in succession have one. */
  reportBlank(): void {
    const last = this.issues.at(-1);
    if (last?.code === 'csv.blankLine' && last.range?.end === this.start) {
      this.issues[this.issues.length - 1] = { ...last, range: { start: last.range.start, end: this.end } };
    } else this.report('csv.blankLine');
  }

  /** The same, for what is told once a file. */
  reportOnce(code: IssueCode, column?: PlacedColumn): void {
    if (this.told.has(code)) return;
    this.told.add(code);
    this.issues.push(issue(code, { ...this.place(), range: this.range() }, {}, column ? { column } : {}));
  }

  private range() {
    return { start: this.start, end: this.end };
  }

  private place() {
    const { file } = this.options;
    return file === undefined ? { row: this.row } : { file, row: this.row };
  }

  private cell(
    memory: ColumnMemory,
    bytes: Uint8Array,
    start: number,
    length: number,
    style: number,
    inFile: boolean,
  ): unknown {
    if ((style !== BARE) !== memory.quoted && style !== UNKNOWN && (length > 0 || style !== BARE)) {
      this.reportOnce(style === BARE ? 'csv.unquotedText' : 'csv.quotedCell', memory.column);
    }
    memory.aboveLength = -1;
    if (length === 0) {
      if (memory.required || memory.column.needed) this.missing(memory);
      else if (inFile) memory.setAbove(start, 0, style);
      return undefined;
    }
    if (!inFile) return this.understand(memory, bytes, start, length, style, false);
    const slot = memory.slot(bytes, start, length);
    let value = slot < 0 ? undefined : memory.recall(slot, bytes, start, length, style);
    if (value === undefined) {
      value = memory.column.kind.readAscii?.(bytes, start, length);
      if (value === undefined) {
        const issuesBefore = this.issues.length;
        value = this.understand(memory, bytes, start, length, style, true);
        if (this.issues.length > issuesBefore || value === undefined) return value;
      }
      if (slot >= 0) memory.remember(slot, start, length, style, value);
    }
    memory.setAbove(start, length, style);
    return value;
  }

  /** Reads the text of a filled cell; undefined, and the text in `$raw`, where it cannot be understood. */
  private understand(
    { column }: ColumnMemory,
    bytes: Uint8Array,
    start: number,
    length: number,
    style: number,
    inFile: boolean,
  ): unknown {
    const cell = style === ESCAPED && inFile ? unescaped(bytes.subarray(start, start + length)) : undefined;
    const text = cell
      ? this.readText(cell, 0, cell.length, this.takeOdd)
      : this.readText(bytes, start, start + length, this.takeOdd);
    let broken = false;
    if (this.odd.length > 0) {
      broken = this.odd.some((o) => o.code === 'char.broken');
      this.reportOdd(column, inFile && !cell);
    }
    const value = readCell(column.kind, text);
    if (!(value instanceof Fault)) return broken ? this.keepRaw(column.name, text) : value;
    const severity: Severity | undefined = value.repaired === undefined ? undefined : 'warning';
    const found = this.options.showValues || (column.kind.constant && value.repaired) ? text : mask(text);
    this.issues.push(issue(value.code, this.place(), { found }, severity ? { severity, column } : { column }));
    if (value.repaired === undefined || broken) return this.keepRaw(column.name, text);
    if (value.repaired !== null) return value.repaired;
    if (column.required || column.needed) this.missing({ column });
    return undefined;
  }

  private keepRaw(name: string, text: string): undefined {
    this.raw ??= {};
    this.raw[name] = text;
  }

  private missing({ column }: Pick<ColumnMemory, 'column'>): void {
    if (column.required) this.complete = false;
    const severity = column.required ? (column.emptyOnReading ?? 'error') : 'warning';
    this.issues.push(issue('cell.required', this.place(), {}, { severity, column }));
  }

  private reportOdd(column: ColumnMemory['column'], inFile: boolean): void {
    for (const { code, index, text, start, end } of this.odd) {
      const range = inFile ? { start, end } : this.range();
      const codePoints = code === 'char.gaiji' ? { codePoints: codePointsOf(text) } : {};
      this.issues.push(issue(code, { ...this.place(), range }, { index, ...codePoints }, { column }));
    }
    this.odd.length = 0;
  }

  /** A row with too few cells, or too many. */
  private checkCount(cut: CutRow): void {
    const found = cut.count;
    const expected = this.columns.length;
    this.report(found < expected ? 'row.missingColumns' : 'row.surplusColumns', { found, expected });
    this.keepSurplus(cut, expected);
  }

  /** Keeps the filled cells from a place on as `#` and their number. */
  private keepSurplus({ bytes, start, starts, ends, styles, count }: CutRow, from: number): void {
    for (let c = from; c < count; c++) {
      const cell = bytes.subarray(start + (starts[c] as number), start + (ends[c] as number));
      if (cell.length === 0) continue;
      const plain = styles[c] === ESCAPED ? unescaped(cell) : cell;
      this.keepRaw(`#${c + 1}`, this.readText(plain, 0, plain.length));
    }
  }
}
