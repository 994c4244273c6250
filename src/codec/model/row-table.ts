import type { Layout } from '../../schema/internal.js';
import type { ParsedAddress } from '../file-name.js';

export type Row = Readonly<Record<string, unknown>>;

/** The transmission that something came with. */
export interface Envelope {
  readonly from: ParsedAddress;
  readonly to: ParsedAddress;
  readonly serial: string;
}

/** A record and where it was read: what documents are made of. */
export interface SourceRow {
  readonly layout: Layout;
  readonly record: Row;
  /** Whether every cell could be read. */
  readonly readable: boolean;
  readonly envelope: Envelope;
  readonly file?: string;
  readonly row?: number;
}

/** The values of the columns that tell which document a row belongs to (the layout's `unitKey`). */
export const keyOf = ({ unitKey, unitKeyPrefix }: Layout, record: Row): readonly unknown[] =>
  unitKey.map((name) => {
    const value = record[name];
    const length = unitKeyPrefix?.[name];
    return length === undefined || typeof value !== 'string' ? value : value.slice(0, length);
  });

/** Rows by layout and key. What is taken is gone; what nobody takes is left. */
export class RowTable {
  private readonly groups = new Map<string, Map<string, SourceRow[]>>();

  constructor(rows: Iterable<SourceRow>) {
    for (const row of rows) {
      const { layout } = row;
      const ofLayout = this.groups.get(layout.kind) ?? new Map<string, SourceRow[]>();
      this.groups.set(layout.kind, ofLayout);
      const key = JSON.stringify(keyOf(layout, row.record));
      const group = ofLayout.get(key);
      if (group) group.push(row);
      else ofLayout.set(key, [row]);
    }
  }

  /** The groups of a layout that were not taken, in the order in which they begin. */
  *takeAll({ kind }: Layout): Generator<readonly [SourceRow, ...SourceRow[]]> {
    for (const [key, rows] of this.groups.get(kind) ?? []) {
      this.groups.get(kind)?.delete(key);
      yield rows as [SourceRow, ...SourceRow[]];
    }
  }

  /** The rows of a layout with this key. */
  take({ kind }: Layout, key: readonly unknown[]): readonly SourceRow[] {
    const text = JSON.stringify(key);
    const rows = this.groups.get(kind)?.get(text) ?? [];
    this.groups.get(kind)?.delete(text);
    return rows;
  }

  /** The rows of a layout whose columns have these values, whatever else their key says. */
  takeWhere({ kind }: Layout, values: Row): readonly SourceRow[] {
    const groups = this.groups.get(kind) ?? new Map<string, SourceRow[]>();
    for (const [key, rows] of groups) {
      const isIt = Object.entries(values).every(([name, value]) => rows[0]?.record[name] === value);
      if (isIt && groups.delete(key)) return rows;
    }
    return [];
  }

  /** What nobody took. */
  *left(): Generator<SourceRow> {
    for (const ofLayout of this.groups.values()) for (const rows of ofLayout.values()) yield* rows;
  }
}

/** Whether a record has all that the table requires; what may be empty on reading may be absent. */
export const isReadable = ({ placed }: Layout, record: Row): boolean =>
  !('$raw' in record) &&
  placed.every(
    ({ name, required, emptyOnReading }) => !required || emptyOnReading === 'warning' || record[name] !== undefined,
  );
