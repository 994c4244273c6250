import { groupBy, sortBy } from './entries.js';
import { leadOf, type Pair } from './pair.js';
import type { Counted } from './sums.js';
import type { DayDifference, DayKind, ReconciledDay } from './types.js';

/** A pair, and what it says. */
export interface Judged {
  readonly pair: Pair;
  readonly day: ReconciledDay;
}

const KINDS: Readonly<Record<DayDifference, DayKind>> = { units: 'otherUnits', count: 'otherCount', time: 'otherTime' };

/** Says of each pair what it is, in the order of their days. */
export function judge(pairs: readonly Pair[]): Judged[] {
  const delivered = new Set<string>();
  for (const { planned, actual } of pairs) if (planned && actual) delivered.add(planned.serviceKey);
  const judged = pairs.map((pair) => ({ pair, day: dayOf(pair, delivered) }));
  return sortBy(judged, ({ pair, day }) =>
    JSON.stringify([day.serviceDate, pair.planned?.key ?? null, pair.actual?.key ?? null]),
  );
}

function dayOf(pair: Pair, delivered: ReadonlySet<string>): ReconciledDay {
  const { planned, actual } = pair;
  if (!planned || !actual) {
    const { values, monthly, percentage, serviceKey } = leadOf(pair);
    return {
      kind: planned ? 'missing' : 'extra',
      serviceDate: values.serviceDate,
      ...(planned ? { planned: values } : { actual: values }),
      differences: [],
      matters: !(monthly && delivered.has(serviceKey)),
      unitsCompared: !percentage,
    };
  }
  const { values: a, monthly, percentage } = planned;
  const { values: b } = actual;
  const unitsCompared = !percentage && Boolean(a.units) && Boolean(b.units);
  const differences: DayDifference[] = [];
  if (unitsCompared && a.units !== b.units) differences.push('units');
  if (!monthly && a.count !== b.count) differences.push('count');
  if (!monthly && (a.startTime !== b.startTime || a.endTime !== b.endTime)) differences.push('time');
  const [gravest] = differences;
  return {
    kind: gravest ? KINDS[gravest] : 'asPlanned',
    serviceDate: a.serviceDate,
    planned: a,
    actual: b,
    differences,
    matters: differences.length > 0,
    unitsCompared,
  };
}

/** The entries of one side, for sums. */
export const sideOf = (judged: readonly Judged[], side: 'planned' | 'actual'): Counted[] =>
  judged.flatMap(({ pair, day }) => {
    const entry = pair[side];
    return entry ? [{ entry, compared: day.unitsCompared }] : [];
  });

/** Judged pairs by the line they stand on: the planned one, or one of its own for what is extra. */
export const byLine = (judged: readonly Judged[]): Judged[][] =>
  sortBy([...groupBy(judged, ({ pair }) => leadOf(pair).lineKey)], ([key]) => key).map(([, line]) => line);
