import { type Entry, groupBy } from './entries.js';

/** A planned entry and the actual one it was delivered as, or one of them alone. */
export type Pair =
  | { readonly planned: Entry; readonly actual: Entry }
  | { readonly planned: Entry; readonly actual?: undefined }
  | { readonly planned?: undefined; readonly actual: Entry };

/** The planned entry of a pair, else the actual one. */
export const leadOf = ({ planned, actual }: Pair): Entry => (planned ?? actual) as Entry;

/**
 * Pairs planned and actual entries one by one: those of the same office, service code, equipment and day; of what counts
 * once a month also across days.
 *
 * Equal ones first, then by the same time of day, then the nearest time; of several the one that agrees in units, count,
 * detail number and satellite. The order of the entries makes no difference, as they are sorted.
 */
export function pairUp(planned: readonly Entry[], actual: readonly Entry[]): Pair[] {
  const placeOf = ({ serviceKey, monthly, values }: Entry) => (monthly ? serviceKey : serviceKey + values.serviceDate);
  const delivered = groupBy(actual, placeOf);
  const pairs: Pair[][] = [];
  for (const [place, entries] of groupBy(planned, placeOf)) {
    pairs.push(pairPlace(entries, delivered.get(place) ?? []));
    delivered.delete(place);
  }
  for (const rest of delivered.values()) pairs.push(rest.map((one) => ({ actual: one })));
  return pairs.flat();
}

/** How many possible pairs are weighed against each other: a damaged or hostile file must not take all memory. */
const MOST_POSSIBLE = 250_000;

function pairPlace(planned: readonly Entry[], actual: readonly Entry[]): Pair[] {
  const pairs: Pair[] = [];
  const equal = groupBy(actual, ({ key }) => key);
  const left = planned.filter((one) => {
    const twin = equal.get(one.key)?.shift();
    if (twin) pairs.push({ planned: one, actual: twin });
    return !twin;
  });
  const others = [...equal.values()].flat();
  const taken = new Set<Entry>();
  const pair = (one: Entry, other: Entry): void => {
    if (taken.has(one) || taken.has(other)) return;
    taken.add(one).add(other);
    pairs.push({ planned: one, actual: other });
  };
  if (left.length * others.length > MOST_POSSIBLE) {
    // No day is like this. In the order in which they are sorted, by time first.
    for (const [i, one] of left.entries()) if (others[i]) pair(one, others[i]);
  } else {
    const possible = left.flatMap((one) => others.map((other) => ({ one, other, far: distance(one, other) })));
    for (const { one, other } of possible.sort((a, b) => compare(a.far, b.far))) pair(one, other);
  }
  const missing = left.filter((one) => !taken.has(one)).map((one) => ({ planned: one }));
  const extra = others.filter((one) => !taken.has(one)).map((one) => ({ actual: one }));
  return [...pairs, ...missing, ...extra];
}

/** How far two entries are apart, what weighs most first. */
function distance({ values: a, monthly }: Entry, { values: b }: Entry): readonly number[] {
  const days = Math.abs(Number(a.serviceDate.slice(8)) - Number(b.serviceDate.slice(8)));
  const differ = (name: keyof typeof a) => Number(a[name] !== b[name]);
  const time = [minutes(a.startTime, b.startTime), minutes(a.endTime, b.endTime)];
  const rest = [differ('units'), differ('count'), differ('detailNumber'), differ('satelliteNumber')];
  return monthly ? [differ('units'), days, ...time, ...rest] : [...time, ...rest];
}

/** Between two times of day; a whole day where one of them is none. */
function minutes(a: string, b: string): number {
  if (a === b) return 0;
  const of = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return a.includes(':') && b.includes(':') ? Math.abs(of(a) - of(b)) : 24 * 60;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, one] of a.entries()) {
    const difference = one - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
