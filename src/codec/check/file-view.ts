import type {
  Cells,
  ColumnName,
  FileRows,
  Issue,
  Layout,
  Office,
  TransmissionFile,
  UnitRows,
} from '../../schema/internal.js';
import { layoutOfFile } from '../kinds.js';
import type { ReceivedFile } from '../transmission.js';

/** A file to be judged: a received one, or one that is to be written. */
export interface JudgedFile extends Pick<ReceivedFile, 'kind' | 'path' | 'name' | 'edition' | 'issues'> {
  readonly records: readonly unknown[];
  readonly rows: Pick<ReceivedFile['rows'], 'at'>;
}

type Names = readonly string[];

/** A received file as rules see it: its records by unit, and what of them cannot be judged. */
export class FileView implements TransmissionFile {
  readonly layout: Layout;
  readonly path: string;
  readonly csvVersion: string | undefined;
  readonly month: string | undefined;
  readonly from: Office;
  readonly to: Office;
  readonly serial: string;
  readonly records: readonly Cells[];
  readonly whole: boolean;
  private readonly damage: Damage;
  private readonly made = new Map<(file: FileRows) => unknown, unknown>();
  private readonly sound = new Map<Names, FileRows>();
  private allUnits: readonly UnitRows[] | undefined;

  constructor(
    private readonly file: JudgedFile,
    readonly today: string,
  ) {
    this.layout = layoutOfFile(file);
    this.path = file.path;
    this.month = file.name.month;
    this.from = file.name.from;
    this.to = file.name.to;
    this.serial = file.name.serial;
    this.records = file.records as readonly Cells[];
    this.csvVersion = this.records.find(({ csvVersion }) => csvVersion !== undefined)?.csvVersion;
    this.damage = damageOf(file.issues, this.layout);
    this.whole = this.damage.whole;
  }

  get units(): readonly UnitRows[] {
    this.allUnits ??= unitsOf(this.layout, this.records);
    return this.allUnits;
  }

  once<T>(make: (file: FileRows) => T): T {
    if (!this.made.has(make)) this.made.set(make, make(this));
    return this.made.get(make) as T;
  }

  /** Where a record stands in the file. */
  placeOf(index: number) {
    const found = this.file.rows.at(index);
    if (!found) return {};
    const { row, start, end } = found;
    return end > start ? { row, range: { start, end } } : { row };
  }

  /** Notes that a rule found an error in a cell: what builds on it is not judged. */
  addDamage(index: number, column: string): void {
    const row = this.file.rows.at(index)?.row ?? 0;
    const cells = this.damage.rows.get(row);
    if (cells === undefined) this.damage.rows.set(row, new Set([column]));
    else if (cells !== 'all') cells.add(column);
  }

  /** Whether some row of the file cannot be judged by every rule. */
  get isDamaged(): boolean {
    return this.damage.rows.size > 0;
  }

  /** Whether an error stands in one of these columns of a record, or in its row as a whole. */
  isUnsound(index: number, columns: Names): boolean {
    const cells = this.damage.rows.get(this.file.rows.at(index)?.row ?? 0);
    return cells !== undefined && (cells === 'all' || columns.some((name) => cells.has(name)));
  }

  /** The same file with the units that are sound in these columns and in their keys. */
  soundIn(columns: Names): TransmissionFile {
    if (!this.isDamaged) return this;
    const known = this.sound.get(columns);
    if (known) return known;
    const names = [...columns, ...this.layout.unitKey];
    const units = this.units.filter(({ indexes }) => !indexes.some((index) => this.isUnsound(index, names)));
    const { layout, path, csvVersion, month, from, to, serial, today, records, whole } = this;
    const made = new Map<(file: FileRows) => unknown, unknown>();
    const sound: FileRows = {
      ...{ layout, path, csvVersion, month, from, to, serial, today, records, whole, units },
      once<T>(make: (file: FileRows) => T): T {
        if (!made.has(make)) made.set(make, make(sound));
        return made.get(make) as T;
      },
    };
    this.sound.set(columns, sound);
    return sound;
  }
}

interface Damage {
  /** Columns with an error by the number of the row; `all` where the row itself has one. */
  readonly rows: Map<number, Set<string> | 'all'>;
  readonly whole: boolean;
}

function damageOf(issues: readonly Issue[], { unitKey }: Layout): Damage {
  const rows = new Map<number, Set<string> | 'all'>();
  let whole = true;
  for (const { severity, row, field } of issues) {
    if (severity !== 'error') continue;
    // A row that is not known to be of a unit may be missing in any.
    if (row === undefined || field === undefined || unitKey.includes(field)) whole = false;
    if (row === undefined) continue;
    const cells = rows.get(row);
    if (field === undefined) rows.set(row, 'all');
    else if (cells === undefined) rows.set(row, new Set([field]));
    else if (cells !== 'all') cells.add(field);
  }
  return { rows, whole };
}

/** The key of a record's unit; undefined where a column of it was not read. */
export function unitKeyOf({ unitKey, unitKeyPrefix = {} }: Layout, record: Cells): string | undefined {
  let key = '';
  for (const name of unitKey) {
    const value = record[name as ColumnName];
    if (value === undefined) return undefined;
    const length = (unitKeyPrefix as Readonly<Record<string, number>>)[name];
    key += `${length === undefined ? value : String(value).slice(0, length)} `;
  }
  return key;
}

/** Gathers rows by unit; those of one unit mostly stand together, so the row before is asked first. */
function unitsOf(layout: Layout, records: readonly Cells[]): readonly UnitRows[] {
  const units = new Map<string, { key: string; indexes: number[] }>();
  const names = layout.unitKey as readonly ColumnName[];
  let above: Cells | undefined;
  let unit: { key: string; indexes: number[] } | undefined;
  for (let index = 0; index < records.length; index++) {
    const record = records[index] as Cells;
    if (!above || !isSame(record, above, names)) {
      const key = unitKeyOf(layout, record);
      unit = key === undefined ? undefined : (units.get(key) ?? { key, indexes: [] });
      if (unit) units.set(unit.key, unit);
      above = record;
    }
    unit?.indexes.push(index);
  }
  return [...units.values()];
}

function isSame(record: Cells, above: Cells, names: readonly ColumnName[]): boolean {
  for (const name of names) if (record[name] !== above[name]) return false;
  return true;
}
