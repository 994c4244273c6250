import * as z from 'zod';
import type { ValueOfKind } from '../cell.js';
import type { Column, Columns, Layout, PlacedColumn } from '../layout.js';

type Field<C extends Column> = z.ZodType<ValueOfKind<C['kind']>>;
type OptionalField<C extends Column> = z.ZodExactOptional<Field<C>>;

/** The zod fields of some columns; those in `L` may be absent although the table requires them. */
type Fields<C extends Columns, N extends keyof C, L> = {
  [K in N]: C[K]['required'] extends true ? (K extends L ? OptionalField<C[K]> : Field<C[K]>) : OptionalField<C[K]>;
};

/** Columns that no object holds: the csvVersion is the file's, and what the standard keeps empty has no value. */
type Silent = 'csvVersion' | 'identifier';
const isSilent = ({ kind }: PlacedColumn): boolean => kind.constant !== undefined || kind.type === 'unused';

/** Columns of one layout that make up one object, or the head of one. */
export interface Part<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly layout: Layout;
  /** The columns, by name, in the order of the table. */
  readonly names: readonly string[];
  readonly shape: S;
}

function partOf(layout: Layout, isIn: (name: string) => boolean, lenient: readonly string[]): Part {
  const columns = layout.placed.filter((column) => !isSilent(column) && isIn(column.name));
  const field = (column: PlacedColumn): z.ZodType =>
    column.required && !lenient.includes(column.name) ? column.kind.value() : column.kind.value().exactOptional();
  return {
    layout,
    names: columns.map(({ name }) => name),
    shape: Object.fromEntries(columns.map((column) => [column.name, field(column)])),
  };
}

/** The columns of these names. `lenient` ones may be absent: empty cells of theirs are read with a warning only. */
export function only<C extends Columns, const N extends keyof C & string, const L extends N = never>(
  layout: Layout<string, C>,
  names: readonly N[],
  lenient: readonly L[] = [],
): Part<Fields<C, N, L>> {
  return partOf(layout as Layout, (name) => (names as readonly string[]).includes(name), lenient) as never;
}

/** All columns but these. */
export function except<C extends Columns, const N extends keyof C & string>(
  layout: Layout<string, C>,
  names: readonly N[],
): Part<Fields<C, Exclude<keyof C & string, N | Silent>, never>> {
  return partOf(layout as Layout, (name) => !(names as readonly string[]).includes(name), []) as never;
}

/**
 * Columns that repeat with a number behind their name (`serviceType1`, `serviceType2`, ...): a list of objects, an entry
 * for each number; an empty one where a number is left out.
 */
export interface Slots<S extends z.ZodRawShape = z.ZodRawShape> extends Part<S> {
  readonly count: number;
  /** The columns of one entry, by name. */
  columnsAt(index: number): readonly string[];
}

/** The columns whose names are these and a number from 1. */
export function slots<C extends Columns, const N extends string>(
  layout: Layout<string, C>,
  names: readonly N[],
): Slots<{ [K in N]: `${K}1` extends keyof C ? OptionalField<C[`${K}1`]> : never }> {
  let count = 0;
  while (names.every((name) => `${name}${count + 1}` in layout.columns)) count++;
  const columnsAt = (index: number) => names.map((name) => `${name}${index + 1}`);
  const first = partOf(layout as Layout, (name) => columnsAt(0).includes(name), []);
  const shape = Object.fromEntries(names.map((name) => [name, first.shape[`${name}1`]]));
  return { layout: layout as Layout, names, shape, count, columnsAt } as never;
}

/** A list of entries: at most as many as there are numbers, the last one not empty (it could not be written). */
export const slotList = <S extends z.ZodRawShape>(part: Slots<S>) =>
  z.array(objectOf(part)).min(1).max(part.count).superRefine(lastNotEmpty);

function lastNotEmpty(list: readonly object[], context: z.RefinementCtx): void {
  const last = list.at(-1);
  if (last && Object.keys(last).length === 0) refuse(context, 'document.empty', [list.length - 1]);
}

/** The part that each object schema was made of. */
const PARTS = new WeakMap<object, Part>();

/** The part of an object schema, or of the one that it refines. */
function partIn(schema: z.core.$ZodType): Part | undefined {
  const { parent } = schema._zod;
  return PARTS.get(schema) ?? (parent && partIn(parent));
}

/** The schema of an object of a part's columns, and of what stands beside them. Nothing else may stand there. */
export function objectOf<S extends z.ZodRawShape, B extends z.ZodRawShape = Record<never, never>>(
  part: Part<S>,
  beside: B = {} as B,
): z.ZodObject<Omit<S, keyof B> & B, z.core.$strict> {
  const schema = z.strictObject({ ...part.shape, ...beside });
  PARTS.set(schema, part as unknown as Part);
  return schema as never;
}

/** The column that a property of an object of this schema stands for, where it does. */
export function columnOf(schema: z.core.$ZodType, property: string): PlacedColumn | undefined {
  const part = partIn(schema);
  if (!part) return undefined;
  const placed = (name: string) => part.layout.placed.find((column) => column.name === name);
  return part.names.includes(property) ? (placed(property) ?? placed(`${property}1`)) : undefined;
}

/** The layout that the columns of an object schema are of. */
export const layoutIn = (schema: z.core.$ZodType): Layout | undefined => partIn(schema)?.layout;

/** Every column of repeating ones. */
export const namesOf = <N extends string>({ count, columnsAt }: Slots): N[] =>
  Array.from({ length: count }, (_, index) => columnsAt(index)).flat() as N[];

/** Adds a finding of ours to those of zod: one of the issue codes, with what its sentence needs. */
export function refuse(
  context: z.RefinementCtx,
  code: `document.${string}`,
  path: readonly (string | number)[] = [],
  details: { found?: string; expected?: string } = {},
): void {
  context.addIssue({ code: 'custom', path: [...path], message: code, params: { code, details } });
}
