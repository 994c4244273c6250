import { type Entry, groupBy } from './entries.js';
import type { TimesAndUnits } from './types.js';

/** An entry and whether its units were compared. */
export interface Counted {
  readonly entry: Entry;
  readonly compared: boolean;
}

/** Times and units of entries; what counts once a month counts once for each office, service code and equipment. */
export function sumOf(counted: readonly Counted[]): TimesAndUnits {
  const monthly = groupBy(
    counted.filter(({ entry }) => entry.monthly),
    ({ entry }) => entry.serviceKey,
  );
  const once = [...monthly.values()].map((rows) => {
    const compared = rows.some((row) => row.compared);
    const units = rows.filter((row) => row.compared === compared).map(({ entry }) => entry.values.units ?? 0);
    return { times: 1, units: units.reduce((a, b) => Math.max(a, b), 0), compared };
  });
  const daily = counted
    .filter(({ entry }) => !entry.monthly)
    .map(({ entry: { values }, compared }) => ({
      times: values.count,
      units: (values.units ?? 0) * values.count,
      compared,
    }));
  const parts = [...once, ...daily];
  const total = (of: (part: (typeof parts)[number]) => number) => parts.reduce((sum, part) => sum + of(part), 0);
  return {
    times: total(({ times }) => times),
    units: total(({ units }) => units),
    unitsNotCompared: total(({ units, compared }) => (compared ? 0 : units)),
  };
}

/** Actual less planned units, of those compared. */
export const unitsDifference = (planned: TimesAndUnits, actual: TimesAndUnits): number =>
  actual.units - actual.unitsNotCompared - (planned.units - planned.unitsNotCompared);
