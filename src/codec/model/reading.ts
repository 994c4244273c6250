import {
  type FileKind,
  type Issue,
  type IssueCode,
  type IssueDetails,
  issue,
  type Severity,
} from '../../schema/internal.js';
import type { Part, Slots } from '../../schema/model/part.js';
import type { ParsedFileName } from '../file-name.js';
import { type Envelope, type Row, RowTable, type SourceRow } from './row-table.js';

/** A row that is part of no document, and where it was read. */
export interface UnplacedRow {
  readonly kind: FileKind;
  readonly record: Row;
  readonly file?: string;
  readonly row?: number;
}

/** An image that came with records. */
export interface SourceImage {
  readonly path?: string;
  readonly name: ParsedFileName;
  readonly bytes: Uint8Array;
}

/** What documents are read from, and what is found on the way. */
export class Reading {
  readonly table: RowTable;
  readonly issues: Issue[] = [];
  readonly rest: UnplacedRow[] = [];
  /** Those that no document has named. */
  readonly images: SourceImage[];

  constructor(rows: Iterable<SourceRow>, images: readonly SourceImage[]) {
    this.table = new RowTable(rows);
    this.images = [...images];
  }

  /** The image of this name, which is then nobody else's. */
  takeImage(name: ParsedFileName): SourceImage | undefined {
    const index = this.images.findIndex((image) => isSameImage(image.name, name));
    return index < 0 ? undefined : this.images.splice(index, 1)[0];
  }

  /** Whether all rows of a document can be read. Where not, none becomes part of one. */
  accepts(rows: readonly SourceRow[]): boolean {
    const spoiled = rows.find(({ readable }) => !readable);
    if (!spoiled) return true;
    this.leave(rows, 'document.unreadable', spoiled);
    return false;
  }

  /** Keeps rows as part of no document, for a reason that is told once. */
  leave(rows: readonly SourceRow[], code: IssueCode, at = rows[0] as SourceRow, details: IssueDetails = {}): void {
    this.tell(at, code, undefined, details);
    for (const { layout, record, file, row } of rows) {
      this.rest.push({
        kind: layout.kind as FileKind,
        record,
        ...(file === undefined ? {} : { file }),
        ...(row === undefined ? {} : { row }),
      });
    }
  }

  tell(
    { layout, file, row }: SourceRow,
    code: IssueCode,
    name?: string,
    details: IssueDetails = {},
    severity?: Severity,
  ): void {
    const place = { ...(file === undefined ? {} : { file }), ...(row === undefined ? {} : { row }) };
    const column = layout.placed.find((one) => one.name === name);
    this.issues.push(issue(code, place, details, { ...(column ? { column } : {}), ...(severity ? { severity } : {}) }));
  }

  /** The one row of a document's head; others with its key are left over. */
  one([head, ...others]: readonly SourceRow[]): SourceRow | undefined {
    if (others.length > 0 && head) {
      this.leave(others, 'document.duplicate', others[0], { expected: `${head.layout.kind} ${head.row ?? ''}`.trim() });
    }
    return head;
  }

  /** Columns that stand on every row of a document, or on the first only: the first filled ones. */
  shared({ names }: Part, rows: readonly SourceRow[]): Row {
    const values: Record<string, unknown> = {};
    for (const name of names) {
      const filled = rows.filter(({ record }) => record[name] !== undefined);
      if (filled.length === 0) continue;
      values[name] = filled[0]?.record[name];
      const other = filled.find(({ record }) => record[name] !== values[name]);
      if (other) this.tell(other, 'document.differs', name);
    }
    return values;
  }
}

const isSameImage = (one: ParsedFileName, other: ParsedFileName): boolean =>
  one.kind === other.kind && one.branch === other.branch && isFrom(one, other);

/** Whether two names have the same addresses and serial. */
export const isFrom = (one: Envelope, other: Envelope): boolean =>
  JSON.stringify([one.from, one.to, one.serial]) === JSON.stringify([other.from, other.to, other.serial]);

/** The columns of a part that a record has. */
export function take({ names }: Pick<Part, 'names'>, record: Row): Row {
  const values: Record<string, unknown> = {};
  for (const name of names) if (record[name] !== undefined) values[name] = record[name];
  return values;
}

/** The entries of repeating columns, up to the last that is not empty; nothing where all are. */
export function takeSlots<N extends string>(as: N, part: Slots, record: Row): { readonly [K in N]?: readonly Row[] } {
  const entries: Row[] = [];
  let used = 0;
  for (let i = 0; i < part.count; i++) {
    const entry: Record<string, unknown> = {};
    part.columnsAt(i).forEach((column, n) => {
      if (record[column] !== undefined) entry[part.names[n] as string] = record[column];
    });
    entries.push(entry);
    if (Object.keys(entry).length > 0) used = i + 1;
  }
  return (used === 0 ? {} : { [as]: entries.slice(0, used) }) as unknown as { readonly [K in N]?: readonly Row[] };
}

/** Rows in groups of the same value of a column, in the order in which the groups begin. */
export function groupBy(rows: readonly SourceRow[], name: string): (readonly [SourceRow, ...SourceRow[]])[] {
  const groups = new Map<unknown, SourceRow[]>();
  for (const row of rows) {
    const group = groups.get(row.record[name]);
    if (group) group.push(row);
    else groups.set(row.record[name], [row]);
  }
  return [...groups.values()] as [SourceRow, ...SourceRow[]][];
}
