import { Fault, type Layout, mask, narrow, type PlacedColumn, readCell, type Severity } from '../schema/internal.js';
import { ColumnMemory } from './column-memory.js';
import { BARE, type CutRow, ESCAPED, UNKNOWN, unescaped } from './csv.js';
import { codePointsOf, type OddBytes, type ReadText } from './ms932.js';
import { RecordShapes } from './record-shapes.js';
import type { RowIssues } from './row-issues.js';

/** A record that lacks something, and the texts that are kept. */
type Raw = Record<string, string>;

/** Reads rows into records of one layout. */
export class RowReader {
  /** Whether every record so far is complete. */
  complete = true;
  /** How many filled cells of the row that was read last were not understood. */
  misread = 0;
  private readonly columns: readonly ColumnMemory[];
  private readonly shapes: RecordShapes;
  private readonly odd: OddBytes[] = [];
  private readonly takeOdd = (bytes: OddBytes): void => {
    const last = this.odd.at(-1);
    // Broken bytes in succession are one finding.
    if (last?.code === 'char.broken' && bytes.code === last.code && last.end === bytes.start) {
      this.odd[this.odd.length - 1] = { ...last, end: bytes.end };
    } else this.odd.push(bytes);
  };
  private raw: Raw | undefined;
  /** Whether every cell of the row above was clean, so that equal cells need no look. */
  private clean = false;

  /** `rows`: about how many there are: how much is worth remembering. */
  constructor(
    readonly layout: Layout,
    private readonly readText: ReadText,
    private readonly issues: RowIssues,
    rows: number,
  ) {
    const slots = rows > 250 ? 256 : 16;
    this.columns = layout.placed.map((column) => new ColumnMemory(column, slots));
    this.shapes = new RecordShapes(layout.placed.map((column) => column.name));
  }

  /** Forgets the bytes of the rows above: the next row lies in another buffer. */
  forget(): void {
    for (const column of this.columns) column.forget();
    this.clean = false;
  }

  /** The next row was not compared with the last one that was read here. */
  skip(): void {
    this.clean = false;
  }

  /** Whether a row begins with the bytes that the row above began with. */
  isLikeAbove({ bytes, start, starts, ends, styles }: CutRow): boolean {
    const from = starts[0] as number;
    return (this.columns[0] as ColumnMemory).isAbove(
      bytes,
      start + from,
      (ends[0] as number) - from,
      styles[0] as number,
    );
  }

  /** Whether a row has as many cells as the layout has columns, and each could be one of its column. */
  fits(cut: CutRow): boolean {
    return cut.count === this.columns.length && this.compare(cut).alien === 0;
  }

  /** Whether some cell of a row could be one of its column, the csvVersion and free text aside. */
  resembles(cut: CutRow): boolean {
    return this.compare(cut).own > 0;
  }

  private compare({ bytes, start, starts, ends, styles }: CutRow): { own: number; alien: number } {
    let own = 0;
    let alien = 0;
    this.columns.forEach(({ column }, c) => {
      const { kind, required, emptyOnReading } = column;
      if (kind.constant !== undefined) return;
      const cell = bytes.subarray(start + (starts[c] as number), start + (ends[c] as number));
      const plain = styles[c] === ESCAPED ? unescaped(cell) : cell;
      if (plain.length === 0) {
        if (required && emptyOnReading !== 'warning') alien++;
        return;
      }
      const value = readCell(kind, this.readText(plain, 0, plain.length));
      if (value instanceof Fault && value.repaired === undefined) alien++;
      else if (!kind.quoted) own++;
    });
    return { own, alien };
  }

  /**
   * Reads the row into a record. `inFile` tells that its cells lie in the bytes of the file, so that later rows can be
   * compared with them; `whole` is the text of the row where its quotes are damaged, which is then kept in `$raw` as `#`.
   */
  read(cut: CutRow, inFile: boolean, whole?: string): Record<string, unknown> {
    const { count, changed } = cut;
    const { columns } = this;
    this.raw = whole === undefined ? undefined : { '#': whole };
    this.misread = 0;
    if (changed && this.clean) {
      for (let i = 0; i < changed.length; i++) {
        if ((changed[i] as number) < columns.length) this.readCell(cut, changed[i] as number, inFile);
      }
    } else {
      this.clean = true;
      const filled = Math.min(count, columns.length);
      for (let c = 0; c < filled; c++) this.readCell(cut, c, inFile);
      for (let c = filled; c < columns.length; c++) this.leaveOut(columns[c] as ColumnMemory);
    }
    const record = this.shapes.copy();
    if (count !== columns.length) this.checkCount(cut);
    return this.finish(record, this.raw);
  }

  /** Reads a row that was cut off: its whole cells, then a `rest` that is kept as it is. The others are not there. */
  readCutOff(cut: CutRow, rest: string): Record<string, unknown> {
    const { columns } = this;
    this.raw = undefined;
    this.misread = 0;
    this.clean = false;
    const filled = Math.min(cut.count, columns.length);
    for (let c = 0; c < filled; c++) this.readCell(cut, c, true);
    for (let c = filled; c < columns.length; c++) this.leaveOut(columns[c] as ColumnMemory);
    const next = columns[filled]?.name ?? `#${filled + 1}`;
    if (rest !== '') this.keepRaw(next, rest);
    return this.finish(this.shapes.copy(), this.raw ?? {});
  }

  private finish(record: Record<string, unknown>, raw: Raw | undefined): Record<string, unknown> {
    if (!raw) return record;
    this.complete = false;
    return Object.keys(raw).length === 0 ? record : { ...record, $raw: raw };
  }

  private readCell({ bytes, start, starts, ends, styles }: CutRow, c: number, inFile: boolean): void {
    const memory = this.columns[c] as ColumnMemory;
    const from = start + (starts[c] as number);
    const length = (ends[c] as number) - (starts[c] as number);
    const style = styles[c] as number;
    if (inFile && memory.isAbove(bytes, from, length, style)) return;
    const value = this.cell(memory, bytes, from, length, style, inFile);
    if (memory.aboveLength < 0) this.clean = false;
    this.setCell(memory, value);
  }

  /** The row has no cell of the column. */
  private leaveOut(memory: ColumnMemory): void {
    memory.aboveLength = -1;
    this.clean = false;
    this.setCell(memory, undefined);
  }

  private setCell(memory: ColumnMemory, value: unknown): void {
    const present = value !== undefined;
    if (present && memory.present) this.shapes.set(memory.name, value);
    else if (present !== memory.present) this.shapes.change(memory.name, value);
    memory.present = present;
  }

  private cell(
    memory: ColumnMemory,
    bytes: Uint8Array,
    start: number,
    length: number,
    style: number,
    inFile: boolean,
  ): unknown {
    if (style !== UNKNOWN && (length > 0 ? (style !== BARE) !== memory.quoted : style !== BARE && !memory.needed)) {
      this.issues.reportOnce(style === BARE ? 'csv.unquotedText' : 'csv.quotedCell', memory.column);
    }
    memory.aboveLength = -1;
    if (length === 0) {
      if (memory.needed) this.missing(memory.column, inFile ? { start, end: start } : undefined);
      else if (inFile) memory.setAbove(start, 0, style);
      return undefined;
    }
    if (!inFile) return this.understand(memory, bytes, start, length, style, false);
    const slot = memory.slot(bytes, start, length);
    let value = slot < 0 ? undefined : memory.recall(slot, bytes, start, length, style);
    if (value === undefined) {
      value = memory.column.kind.readAscii?.(bytes, start, length);
      if (value === undefined) {
        const issuesBefore = this.issues.count;
        value = this.understand(memory, bytes, start, length, style, true);
        if (this.issues.count > issuesBefore || value === undefined) return value;
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
    const range = inFile ? { start, end: start + length } : undefined;
    const severity: Severity | undefined = value.repaired === undefined ? undefined : 'warning';
    const found = this.issues.showValues || (column.kind.constant && value.repaired) ? text : mask(text);
    this.issues.reportCell(value.code, column, range, { found }, severity);
    if (value.repaired === undefined || broken) return this.keepRaw(column.name, text);
    if (value.repaired !== null) return value.repaired;
    if (column.required || column.needed) this.missing(column, range);
    return undefined;
  }

  private keepRaw(name: string, text: string): undefined {
    this.misread++;
    this.raw ??= {};
    this.raw[name] = text;
  }

  private missing(column: PlacedColumn, range: { start: number; end: number } | undefined): void {
    if (column.required) this.complete = false;
    const severity = column.required ? (column.emptyOnReading ?? 'error') : 'warning';
    this.issues.reportCell('cell.required', column, range, {}, severity);
  }

  private reportOdd(column: PlacedColumn, inFile: boolean): void {
    for (const { code, index, text, start, end } of this.odd) {
      const codePoints = code === 'char.broken' ? {} : { codePoints: codePointsOf(text) };
      this.issues.reportCell(code, column, inFile ? { start, end } : undefined, { index, ...codePoints });
    }
    this.odd.length = 0;
  }

  /** A row with too few cells, or too many. */
  private checkCount(cut: CutRow): void {
    const found = cut.count;
    const expected = this.columns.length;
    if (found < expected) {
      const required = this.columns.slice(found).filter((one) => one.required);
      if (required.length > 0) this.complete = false;
      const isError = required.some(({ column }) => column.emptyOnReading !== 'warning');
      this.issues.report('row.missingColumns', { found, expected }, isError ? 'error' : 'warning');
      return;
    }
    this.issues.report('row.surplusColumns', { found, expected });
    const surplus = cellTexts(cut, this.readText, expected);
    if (Object.keys(surplus).length > 0) this.raw = { ...this.raw, ...surplus };
  }
}

/** The texts of the filled cells of a row from a place on, by `#` and their number. */
export function cellTexts(cut: CutRow, readText: ReadText, from = 0): Raw {
  const { bytes, start, starts, ends, styles, count } = cut;
  const texts: Raw = {};
  for (let c = from; c < count; c++) {
    const cell = bytes.subarray(start + (starts[c] as number), start + (ends[c] as number));
    if (cell.length === 0) continue;
    const plain = styles[c] === ESCAPED ? unescaped(cell) : cell;
    texts[`#${c + 1}`] = readText(plain, 0, plain.length);
  }
  return texts;
}

/** The text of a row's first cell, half-width and without spaces: its csvVersion, if it is a record. */
export function firstText({ bytes, start, starts, ends }: CutRow, readText: ReadText): string {
  return narrow(readText(bytes, start + (starts[0] ?? 0), start + (ends[0] ?? 0)));
}
