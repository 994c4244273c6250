import { type AnyKind, Fault, type ValueOfKind } from './cell.js';

/** One column of a layout; its number is its place. */
export interface Column<K extends AnyKind = AnyKind, R extends boolean = boolean> extends ColumnExtras {
  /** The standard's exact Japanese name. */
  readonly ja: string;
  readonly kind: K;
  readonly required: R;
}

export interface ColumnExtras {
  readonly note?: string;
  /** The section of docs/standard.md that the column comes from; the layout's where absent. */
  readonly section?: string;
  /** The mark 必要 of the preventive tables: absence is a warning (section 11). */
  readonly needed?: boolean;
  /** `derived`: reconstructed where the published table is unclear. */
  readonly confidence?: 'derived';
  /** The code of another column that makes this one needed: what "other" is. */
  readonly neededFor?: { readonly column: string; readonly code: string };
  /** The only value that the standard has for it. */
  readonly constant?: string;
  /** How a reader takes an empty required cell; an error where absent. */
  readonly emptyOnReading?: 'warning';
}

/** A column in its place. */
export interface PlacedColumn extends Column {
  readonly name: string;
  /** 1 for the first column. */
  readonly no: number;
  readonly section: string;
}

export type Columns = Readonly<Record<string, Column>>;

/** A required column: never empty in a written file. */
export const required = <K extends AnyKind>(ja: string, kind: K, extras: ColumnExtras = {}): Column<K, true> =>
  Object.freeze({ ja, kind, required: true, ...extras });

/** A column that may be empty: its value may be absent. */
export const optional = <K extends AnyKind>(ja: string, kind: K, extras: ColumnExtras = {}): Column<K, false> =>
  Object.freeze({ ja, kind, required: false, ...extras });

interface LayoutSpec<Kind extends string, C extends Columns> {
  /** The id of the file, as its name begins: `UPPLAN`. */
  readonly kind: Kind;
  readonly ja: string;
  /** Which files go together (layouts.json: `group`). */
  readonly group: string;
  readonly section: string;
  /** Whether the file's name carries a month. */
  readonly monthInName: boolean;
  /** The month in the name that stands for none. */
  readonly monthMarker?: '000000';
  /** Who sends such files, where only one side does: service offices, to care management (section 1). */
  readonly sentBy?: 'service';
  /** The file whose withdrawal takes these rows with it, and without which they mean nothing (section 5). */
  readonly headedBy?: string;
  /** The files that these rows travel with, and outlive. */
  readonly accompanies?: readonly string[];
  /** The head of other files that these may travel with; without it two heads do not travel together (section 1). */
  readonly joins?: string;
  /** A list that a head may be without: where nobody has any rows, there is no file. */
  readonly mayBeEmpty?: true;
  /** The file whose rows are withdrawn by these. */
  readonly withdraws?: string;
  /** The columns that say what replaces what (section 5). */
  readonly unitKey: readonly (keyof C & string)[];
  /** Columns of `unitKey` of which only the first characters count. */
  readonly unitKeyPrefix?: Readonly<Partial<Record<keyof C & string, number>>>;
  /** The columns that are unique in a file together, or null. */
  readonly rowKey: readonly (keyof C & string)[] | null;
  /** The columns that number the rows as a tree, each level within the one before (sections 7 and 11). */
  readonly numbering?: readonly (keyof C & string)[];
  /** Whether a row may end at an outer level that has nothing inside: a need without a support plan. */
  readonly outerRows?: boolean;
  readonly note?: string;
  readonly columns: C;
}

/** A CSV file of the standard as a table. */
export interface Layout<Kind extends string = string, C extends Columns = Columns> extends LayoutSpec<Kind, C> {
  /** The columns in order. */
  readonly placed: readonly PlacedColumn[];
}

/** Declares a layout: the order of the columns is their position. */
export function defineLayout<const Kind extends string, const C extends Columns>(
  spec: LayoutSpec<Kind, C>,
): Layout<Kind, C> {
  const placed = Object.entries(spec.columns).map(
    ([name, column], index): PlacedColumn =>
      Object.freeze({ ...column, name, no: index + 1, section: column.section ?? spec.section }),
  );
  return Object.freeze({ ...spec, columns: Object.freeze(spec.columns), placed: Object.freeze(placed) });
}

type Flat<T> = { [K in keyof T]: T[K] };
type RequiredNames<C extends Columns> = { [N in keyof C]: C[N]['required'] extends true ? N : never }[keyof C];
type OptionalNames<C extends Columns> = { [N in keyof C]: C[N]['required'] extends true ? never : N }[keyof C];

/** The record of a layout, inferred from its table: required columns always, the others when filled. */
export type RecordOfLayout<L> =
  L extends Layout<string, infer C>
    ? Flat<
        { [N in RequiredNames<C>]: ValueOfKind<C[N]['kind']> } & { [N in OptionalNames<C>]?: ValueOfKind<C[N]['kind']> }
      >
    : never;

/** A record of which something could not be read: what was read, and the texts of the other cells in `$raw`. */
export type Incomplete<R> = Partial<R> & {
  /**
   * Texts that could not be understood, by column name; surplus cells by `#` and their number (`#26`); the whole row as
   * `#` where its quotes are damaged.
   */
  readonly $raw?: Readonly<Record<string, string>>;
};

/** Full-width digits and capitals as half-width ones, white space around them removed. */
export const narrow = (text: string): string =>
  text.trim().replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/**
 * Reads the filled cell of a column. Beyond what its kind reads, spaces around codes, digits and dates and full-width
 * digits in them are repaired; free text stays as it is.
 */
export function readCell(kind: AnyKind, text: string): unknown {
  const value = kind.read(text);
  if (!(value instanceof Fault) || kind.replaceable) return value;
  const trimmed = text.trim();
  if (trimmed === '') return new Fault('cell.blank', null);
  for (const [code, tidy] of [
    ['cell.spaces', trimmed],
    ['cell.fullWidth', narrow(text)],
  ] as const) {
    if (tidy === text) continue;
    const again = kind.read(tidy);
    // What has a meaning as it stands yields only to what is clean.
    const repaired = !(again instanceof Fault) ? again : value.repaired === undefined ? again.repaired : undefined;
    if (repaired !== undefined) return new Fault(code, repaired);
  }
  return value;
}
