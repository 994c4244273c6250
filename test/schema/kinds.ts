import fc from 'fast-check';
import { type AnyKind, Fault } from '../../src/schema/cell.js';
import { V4_1 } from '../../src/schema/index.js';
import { nearText } from '../support/arbitrary.js';

const nameOf = (kind: AnyKind): string => {
  const form = kind.hint ? ` ${kind.hint.source}` : '';
  return `${kind.type} ${kind.length ?? 'of any length'}${form.length > 60 ? `${form.slice(0, 59)}…` : form}`;
};

/** Every distinct kind of cell of the edition, with a name that tells it from the others. */
export const KINDS: readonly (readonly [name: string, kind: AnyKind])[] = [
  ...new Map(V4_1.layouts.flatMap(({ placed }) => placed.map(({ kind }) => [nameOf(kind), kind] as const))),
];

/** The kinds whose cells may be filled. */
export const USED_KINDS = KINDS.filter(([, kind]) => kind.type !== 'unused');

/** Any text at all, halves of characters included. */
export const wildText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
});

/** Any JavaScript value at all. */
export const wildValue = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
});

const nearNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 0.5, 1.005, 0.1 + 0.2, 10.42, 99.99, 99.995, 100, Number.NaN, Infinity, 1e15, 2 ** 53),
  fc.double(),
  fc.integer(),
  fc.nat(9999).map((n) => n / 100),
);

/** Texts of a kind as values are joined: `2025-04-01`, `13:00`. */
const joined = (text: string): string => text.replace(/^(\d{4})(\d\d)(?=\d\d$|$)/, '$1-$2-').replace(/-$/, '');

/** Values of a kind and values near them. */
export function nearValue(kind: AnyKind): fc.Arbitrary<unknown> {
  const text = nearText(kind);
  const read = text.map((cell) => {
    const value = kind.read(cell);
    return value instanceof Fault ? (value.repaired ?? cell) : value;
  });
  const times = text.map((cell) => cell.replace(/^(..)(..)$/, '$1:$2'));
  return fc.oneof(read, text, text.map(joined), times, nearNumber, wildValue, fc.constantFrom('', null, undefined));
}

/** What is written for a value, clean or with a warning; undefined where it is refused. */
export function written(kind: AnyKind, value: unknown): unknown {
  const text = kind.write(value);
  return text instanceof Fault ? text.repaired : text;
}
