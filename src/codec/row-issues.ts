import {
  type Issue,
  type IssueCode,
  type IssueDetails,
  issue,
  type PlacedColumn,
  type Severity,
} from '../schema/internal.js';

export interface RowIssuesOptions {
  readonly file?: string;
  /** Put the texts of cells into issues instead of their shapes. */
  readonly showValues?: boolean;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The issues of a file's rows: knows which row is being read, and where its bytes lie. */
export class RowIssues {
  readonly showValues: boolean;
  private list: Issue[] = [];
  private readonly file: string | undefined;
  private readonly told = new Set<IssueCode>();
  private row = 0;
  private start = 0;
  private end = 0;
  /** Where the buffer that is being read begins in the file. */
  private base = 0;

  constructor(options: RowIssuesOptions) {
    this.file = options.file;
    this.showValues = options.showValues ?? false;
  }

  /** How many there are that were not taken. */
  get count(): number {
    return this.list.length;
  }

  /** Names the row that the next calls are about: its number, and its place in a buffer that begins at `base`. */
  begin(row: number, start: number, end: number, base: number): void {
    this.row = row;
    this.start = start + base;
    this.end = end + base;
    this.base = base;
  }

  /** Takes back the issues behind the first `count`: what was read was no cells of that row. */
  takeBack(count: number): void {
    for (const { code } of this.list.splice(count)) this.told.delete(code);
  }

  /** Whether an issue of the present row has this code. */
  isOfRow(code: IssueCode): boolean {
    return this.list.some((one) => one.code === code && one.row === this.row);
  }

  /** The issues since the last call. One that may still grow (blank lines in succession) is kept back until the end. */
  take(final: boolean): Issue[] {
    const last = this.list.at(-1);
    const kept = !final && last?.code === 'csv.blankLine' ? this.list.splice(-1) : [];
    const taken = this.list;
    this.list = kept;
    return taken;
  }

  /** Adds an issue at the row. */
  report(code: IssueCode, details: IssueDetails = {}, severity?: Severity): void {
    this.list.push(issue(code, { ...this.place(), range: this.rowRange() }, details, severity ? { severity } : {}));
  }

  /** The same, for what is told once a file. */
  reportOnce(code: IssueCode, column?: PlacedColumn): void {
    if (this.told.has(code)) return;
    this.told.add(code);
    this.list.push(issue(code, { ...this.place(), range: this.rowRange() }, {}, column ? { column } : {}));
  }

  /** Adds an issue for a blank line; blank lines in succession have one. */
  reportBlank(): void {
    const last = this.list.at(-1);
    if (last?.code === 'csv.blankLine' && last.range?.end === this.start) {
      this.list[this.list.length - 1] = { ...last, range: { start: last.range.start, end: this.end } };
    } else this.report('csv.blankLine');
  }

  /** Adds an issue of a cell; `range` lies in the buffer, and is the row's where it is not known. */
  reportCell(
    code: IssueCode,
    column: PlacedColumn,
    range: Range | undefined,
    details: IssueDetails = {},
    severity?: Severity,
  ): void {
    const { base } = this;
    const place = {
      ...this.place(),
      range: range ? { start: range.start + base, end: range.end + base } : this.rowRange(),
    };
    this.list.push(issue(code, place, details, severity ? { severity, column } : { column }));
  }

  private rowRange(): Range {
    return { start: this.start, end: this.end };
  }

  private place() {
    return this.file === undefined ? { row: this.row } : { file: this.file, row: this.row };
  }
}
