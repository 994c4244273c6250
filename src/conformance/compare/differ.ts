import { match, type Tree } from './match.js';

export type Path = readonly (string | number)[];

/** Where two trees differ: a value or an entry that is not there, that should not be there, or that is another. */
export interface Apart {
  readonly kind: 'missing' | 'extra' | 'different';
  /** In the tree that was expected; of what is too much the place of what holds it. */
  readonly expectedAt: Path;
  /** In the one that was found; of what is missing the place of what holds it. */
  readonly foundAt: Path;
  readonly expected?: unknown;
  readonly found?: unknown;
}

/** All that differs between two trees. Entries of lists are paired as `match` does; `ignored` are names of properties. */
export function* differ(
  expected: unknown,
  found: unknown,
  ignored: ReadonlySet<string>,
  expectedAt: Path = [],
  foundAt: Path = expectedAt,
): Generator<Apart> {
  if (isTree(expected) && isTree(found)) {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      if (ignored.has(name)) continue;
      yield* differ(expected[name], found[name], ignored, [...expectedAt, name], [...foundAt, name]);
    }
  } else if (Array.isArray(expected) && Array.isArray(found)) {
    const property = String(expectedAt.at(-1) ?? '');
    const count = (a: unknown, b: unknown) => [...differ(a, b, ignored)].length;
    const { pairs, missing, extra } = match(property, expected, found, count);
    for (const [a, b] of pairs) {
      yield* differ(expected[a], found[b], ignored, [...expectedAt, a], [...foundAt, b]);
    }
    for (const a of missing) yield { kind: 'missing', expectedAt: [...expectedAt, a], foundAt, expected: expected[a] };
    for (const b of extra) yield { kind: 'extra', expectedAt, foundAt: [...foundAt, b], found: found[b] };
  } else if (expected !== found) {
    if (found === undefined) yield { kind: 'missing', expectedAt, foundAt, expected };
    else if (expected === undefined) yield { kind: 'extra', expectedAt, foundAt, found };
    else yield { kind: 'different', expectedAt, foundAt, expected, found };
  }
}

const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);
