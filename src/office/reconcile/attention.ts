import { groupBy, sortBy } from './entries.js';
import { type Judged, sideOf } from './judge.js';
import { leadOf } from './pair.js';
import { gravest, type ReconcileReason, rankOf } from './reasons.js';
import { sumOf, unitsDifference } from './sums.js';
import type { Attention, ReconciledOffice, ReconciledService } from './types.js';

/** What is to be looked at of an office as a whole; nothing where its lines tell it. */
export function officeAttention(office: ReconciledOffice, judged: readonly Judged[], hasSent: boolean): Attention[] {
  const { serviceOfficeNumber, serviceType, state, planned, actual } = office;
  const whole = (reason: ReconcileReason): Attention[] => [
    {
      reason,
      serviceOfficeNumber,
      serviceType,
      dates: datesOf(judged),
      unitsDifference: unitsDifference(planned, actual),
    },
  ];
  if (state === 'notPlanned') return whole('officeNotPlanned');
  return state === 'notReceived' ? whole(hasSent ? 'personMissing' : 'notReceived') : [];
}

/** What is to be looked at of one line: an item for each reason, with its days. */
export function lineAttention(line: readonly Judged[], plannedServices: ReadonlySet<string>): Attention[] {
  const [service] = line.map(({ pair }) => leadOf(pair).service);
  const missing = line.every(({ day }) => day.kind === 'missing');
  const reasons = groupBy(
    line.filter(({ day }) => day.matters),
    (one) => (missing ? 'lineMissing' : reasonOf(one, plannedServices)),
  );
  return [...reasons].map(([reason, days]) => ({
    reason: reason as ReconcileReason,
    ...(service as ReconciledService),
    dates: datesOf(days),
    unitsDifference: unitsDifference(sumOf(sideOf(days, 'planned')), sumOf(sideOf(days, 'actual'))),
  }));
}

/** Of several differences of a day the reason that weighs most. */
function reasonOf({ pair, day }: Judged, plannedServices: ReadonlySet<string>): ReconcileReason {
  if (day.kind === 'missing') return 'daysMissing';
  const { planned: a, actual: b } = day;
  if (!a || !b) return plannedServices.has(pair.actual?.serviceKey ?? '') ? 'extraDays' : 'serviceNotPlanned';
  const reasons = day.differences.map((difference): ReconcileReason => {
    if (difference === 'units') return (b.units ?? 0) > (a.units ?? 0) ? 'moreUnits' : 'lessUnits';
    return difference === 'time' ? 'otherTime' : b.count > a.count ? 'moreTimes' : 'fewerTimes';
  });
  return gravest(reasons) ?? 'otherTime';
}

const datesOf = (judged: readonly Judged[]): string[] => [...new Set(judged.map(({ day }) => day.serviceDate))].sort();

/** In the order of their weight: by reason, then by units, then by office and line. */
export const byWeight = (attention: readonly Attention[]): Attention[] =>
  sortBy(attention, (one) => JSON.stringify(one)).sort(
    (a, b) => rankOf(a.reason) - rankOf(b.reason) || Math.abs(b.unitsDifference) - Math.abs(a.unitsDifference),
  );
