import { lineKey } from '../../schema/model/usage-slip.js';

export type Tree = Readonly<Record<string, unknown>>;

/** What tells entries of a list apart, the surest first; the place in the list where its entries are numbered by it. */
type Key = (entry: Tree, index: number) => unknown;

const by =
  (...names: readonly string[]): Key =>
  (entry) =>
    names.map((name) => entry[name] ?? null);
const byPlace: Key = (_, index) => index;
/** Numbers of services are those of sheet 2 and of preventive plans; the week has none. */
const byNumber: Key = (entry) => entry.serviceNumber ?? [entry.weekday, entry.startTime, entry.serviceContent];

/** The keys of lists, by the property that holds them. Rows of the standard have no order but where they have a number. */
const KEYS: Readonly<Record<string, readonly Key[]>> = {
  lines: [(entry) => lineKey(entry as never), by('serviceCode', 'serviceOfficeNumber', 'startTime', 'detailNumber')],
  days: [by('serviceDate')],
  rows: [
    by(
      'serviceOfficeNumber',
      'satelliteNumber',
      'serviceCode',
      'taisCode',
      'equipmentNotificationCode',
      'overThirtyDays',
      'units',
    ),
  ],
  needs: [by('needNumber')],
  longTermGoals: [by('longTermGoalNumber')],
  shortTermGoals: [byPlace],
  services: [byNumber],
  supportPlans: [by('supportPlanNumber')],
  schedule: [by('time')],
  illnesses: [by('onset', 'illness')],
  emergencyContacts: [byPlace],
  serviceTypeLimits: [by('serviceType')],
};

/** A value as a text that does not depend on the order of its properties. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  ) ?? '';

/** How many values a tree holds. */
export function leavesIn(value: unknown): number {
  if (value === null || typeof value !== 'object') return value === undefined ? 0 : 1;
  return Object.values(value).reduce((sum: number, one) => sum + leavesIn(one), 0);
}

/** Whether entries of so many values that differ in so many are one: of few values all may have been corrected. */
const isLike = (values: number, apart: number): boolean => values <= FEW || apart * 2 < values;
const FEW = 3;

export interface Matched {
  /** Places in both lists. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

/**
 * Pairs the entries of two lists: the same ones, then those with the same key, then of the rest those that have the least
 * differences, as long as more of them is the same than not (or there is little of them).
 */
export function match(
  property: string,
  expected: readonly unknown[],
  found: readonly unknown[],
  differences: (a: unknown, b: unknown) => number,
): Matched {
  const left = new Set(expected.keys());
  const right = new Set(found.keys());
  const pairs: [number, number][] = [];
  const take = (a: number, b: number): void => {
    left.delete(a);
    right.delete(b);
    pairs.push([a, b]);
  };
  const places = KEYS[property]?.includes(byPlace);
  for (const key of [...(places ? [] : [textOf as Key]), ...(KEYS[property] ?? [])]) {
    const waiting = new Map<string, number[]>();
    for (const b of right) {
      const text = textOf(key(found[b] as Tree, b));
      waiting.set(text, [...(waiting.get(text) ?? []), b]);
    }
    for (const a of [...left]) {
      const b = waiting.get(textOf(key(expected[a] as Tree, a)))?.shift();
      if (b !== undefined) take(a, b);
    }
  }
  const likely = [...left]
    .flatMap((a) => [...right].map((b) => ({ a, b, apart: differences(expected[a], found[b]) })))
    .filter(({ a, b, apart }) => isLike(Math.max(leavesIn(expected[a]), leavesIn(found[b])), apart))
    .sort((x, y) => x.apart - y.apart);
  for (const { a, b } of likely) if (left.has(a) && right.has(b)) take(a, b);
  return { pairs: pairs.sort(([a], [b]) => a - b), missing: [...left], extra: [...right] };
}
