import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type AnyKind, characters, Fault, type ValueOfKind } from '../../src/schema/cell.js';
import { type Layout, type PlacedColumn, type RecordOfLayout, readCell } from '../../src/schema/layout.js';

/** Every character of MS932 that is no control character, from the fixture. */
export const REPERTOIRE: readonly string[] = readFileSync(
  new URL('../fixtures/ms932/valid.tsv', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => String.fromCodePoint(Number.parseInt(line.slice(0, line.indexOf('\t')), 16)))
  .filter((char) => !/\p{Cc}/u.test(char));

const SENDABLE = new Set(REPERTOIRE);
const BARE = /[",\r\n]/;
/** Second bytes that look like ASCII, half-width kana, letters, spaces, a formula's first character. */
const ODD = ['ソ', '能', '表', 'ｱ', 'ﾞ', '①', '髙', '～', '－', '　', ' ', 'A', '0', '=', '\\', "'"];
const QUOTED = ['"', ',', '\r\n', '\n', '\r', '\t', '""', '",'];

/** Of each list as often as its weight says. One draw for a character: texts are most of what is drawn. */
function weighted(...lists: readonly (readonly [weight: number, chars: readonly string[]])[]): fc.Arbitrary<string> {
  const longest = Math.max(...lists.map(([weight, chars]) => chars.length / weight));
  return fc.constantFrom(
    ...lists.flatMap(([weight, chars]) => {
      const times = Math.max(1, Math.round((weight * longest) / chars.length));
      return Array.from({ length: times }, () => chars).flat();
    }),
  );
}

const bareChar = weighted([5, REPERTOIRE.filter((char) => !BARE.test(char))], [1, ODD]);
const anyChar = weighted([10, REPERTOIRE], [2, ODD], [2, QUOTED]);

const bareText = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: bareChar, minLength, maxLength, size: 'max' });
const quotedText = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: anyChar, minLength: 1, maxLength, size: 'max' }).map((text) => text.slice(0, maxLength));

/** Kinds are few and columns many: one arbitrary a kind. */
function once<T>(make: (kind: AnyKind) => fc.Arbitrary<T>): (kind: AnyKind) => fc.Arbitrary<T> {
  const made = new WeakMap<AnyKind, fc.Arbitrary<T>>();
  return (kind) => {
    const arbitrary = made.get(kind) ?? make(kind);
    made.set(kind, arbitrary);
    return arbitrary;
  };
}

/** Clean texts of a kind of cell, never empty. */
export const arbitraryText = once((kind) => {
  if (kind.type === 'unused') throw new Error('an unused column has no text');
  if (kind.hint) return fc.stringMatching(kind.hint).filter((text) => !(kind.read(text) instanceof Fault));
  return kind.quoted ? quotedText(kind.length ?? 24) : bareText(1, kind.length ?? 24);
});

/** Values of a kind of cell, as its clean texts are read. */
export const arbitraryValue = <K extends AnyKind>(kind: K): fc.Arbitrary<ValueOfKind<K>> =>
  arbitraryText(kind).map((text) => kind.read(text) as ValueOfKind<K>);

/**
 * Complete valid records of a layout: required columns and those marked 必要 always, optional ones sometimes, unused ones
 * never.
 */
export function arbitraryRecord<L extends Layout>(layout: L): fc.Arbitrary<RecordOfLayout<L>> {
  const used = layout.placed.filter((column) => column.kind.type !== 'unused');
  return fc.record(Object.fromEntries(used.map((column) => [column.name, arbitraryValue(column.kind)])), {
    requiredKeys: used.filter((column) => column.required || column.needed).map((column) => column.name),
    noNullPrototype: true,
  }) as unknown as fc.Arbitrary<RecordOfLayout<L>>;
}

/** Records in a row, of which each repeats most values of the one above, as slips do. */
export function arbitraryRecords<L extends Layout>(
  layout: L,
  options: { minLength?: number; maxLength?: number } = {},
): fc.Arbitrary<RecordOfLayout<L>[]> {
  const { minLength = 0, maxLength = 6 } = options;
  type Row = Readonly<Record<string, unknown>>;
  const record = arbitraryRecord(layout) as fc.Arbitrary<Row>;
  const names = layout.placed.map((column) => column.name);
  const changed = fc.oneof(fc.subarray(names, { maxLength: Math.min(4, names.length) }), fc.constant(names));
  const rows = fc.array(fc.tuple(record, changed), { minLength, maxLength, size: 'max' }).map((steps) => {
    let above: Row = {};
    return steps.map(([fresh, names], index) => {
      const from = (name: string): Row => (index === 0 || names.includes(name) ? fresh : above);
      const cells = layout.placed.filter(({ name }) => name in from(name)).map(({ name }) => [name, from(name)[name]]);
      above = Object.fromEntries(cells);
      return above;
    });
  });
  return rows as unknown as fc.Arbitrary<RecordOfLayout<L>[]>;
}

const anyText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'0123456789-.:AHhZ 　０Ｈ'), minLength: 1, maxLength: 34 }),
  bareText(1, 16),
);

/** Texts near those of a kind: clean ones, ones with a character changed, added or left out, and quite other ones. */
export const nearText = once((kind) => {
  if (kind.type === 'unused') return anyText;
  const odd = fc.constantFrom('', ...'0129AHZah-. :,"', '\n', '　', '０', '-0');
  const touched = fc
    .tuple(arbitraryText(kind), fc.nat(40), fc.nat(2), odd)
    .map(([text, at, removed, added]) => text.slice(0, at) + added + text.slice(at + removed));
  return fc.oneof(arbitraryText(kind), touched, anyText);
});

const isInvalid = (kind: AnyKind, text: string): boolean => {
  if (text === '' || BARE.test(text)) return false;
  const value = readCell(kind, text);
  return value instanceof Fault && value.repaired === undefined;
};

/**
 * Texts that no reader understands in a column (too long where there is only a length), without comma, quote or line
 * break; undefined where every such text is valid.
 */
export function invalidText(column: Pick<PlacedColumn, 'kind'>): fc.Arbitrary<string> | undefined {
  const { kind } = column;
  if (kind.replaceable) {
    if (kind.length === null) return undefined;
    const { length } = kind;
    return bareText(length + 1, length + 12).filter((text) => characters(text) > length);
  }
  if (!isInvalid(kind, '？')) return undefined;
  return nearText(kind).filter((text) => isInvalid(kind, text) && [...text].every((char) => SENDABLE.has(char)));
}
