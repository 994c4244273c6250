import { inDocument, inRow } from './look.js';
import type { ShownPoint } from './point.js';
import { show } from './show.js';

const isLasting = (start: string | undefined, end: string | undefined): boolean =>
  start !== undefined && end !== undefined && start < end;

/** Situations of sheets 1, 2 and 3 (sections 7 and 8). */
export const PLAN_POINTS: readonly ShownPoint[] = [
  show(
    'severalNeeds',
    '7',
    ['D1', 'D5'],
    (kit) =>
      inDocument('carePlans', ({ sheet2 }) => (sheet2?.needs.length ?? 0) > 1)(kit) ??
      inDocument('preventivePlans', ({ needs }) => needs.length > 1)(kit),
  ),
  show(
    'severalLongTermGoals',
    '7',
    ['D1'],
    inDocument('carePlans', ({ sheet2 }) => sheet2?.needs.some((need) => need.longTermGoals.length > 1) === true),
  ),
  show(
    'severalShortTermGoals',
    '7',
    ['D1'],
    inDocument(
      'carePlans',
      ({ sheet2 }) =>
        sheet2?.needs.some((need) => need.longTermGoals.some((goal) => goal.shortTermGoals.length > 1)) === true,
    ),
  ),
  show(
    'notInsured',
    '7',
    ['D1'],
    inRow(({ insuranceCoverage }) => insuranceCoverage === 'N'),
  ),
  show(
    'weeklyService',
    '8',
    ['D1'],
    inRow(({ weekday, startTime }) => weekday !== undefined && startTime !== undefined),
  ),
  show(
    'dailyActivity',
    '8',
    ['D1'],
    inRow((one) => isLasting(one.activityStartTime, one.activityEndTime)),
  ),
  show(
    'pointInTime',
    '8',
    ['D1'],
    inRow((one) => one.activityStartTime !== undefined && one.activityStartTime === one.activityEndTime),
  ),
  show(
    'otherService',
    '8',
    ['D1'],
    inRow(({ otherService }) => otherService !== undefined),
  ),
  show(
    'otherReason',
    '5',
    ['D1'],
    inRow(({ housekeepingReasonOther }) => housekeepingReasonOther !== undefined),
  ),
  show('newPlanDate', '1', ['D1'], ({ pattern, transmissions }) => {
    const dates = new Map<string, string>();
    for (const { rows } of transmissions) {
      for (const { layout, file, record } of rows) {
        const { insurerNumber, insuredPersonNumber, planDate } = record;
        if (layout.kind !== pattern.head || planDate === undefined) continue;
        const key = `${insurerNumber} ${insuredPersonNumber}`;
        if ((dates.get(key) ?? planDate) < planDate) return { file };
        dates.set(key, planDate);
      }
    }
    return undefined;
  }),
];
