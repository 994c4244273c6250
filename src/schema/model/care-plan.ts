import * as z from 'zod';
import { UP1KYO } from '../editions/v4-1/UP1KYO.js';
import { UP2KYO } from '../editions/v4-1/UP2KYO.js';
import { UP3KYO } from '../editions/v4-1/UP3KYO.js';
import { except, objectOf, only, refuse } from './part.js';
import { serviceUser } from './service-user.js';

const KEY = ['insurerNumber', 'insuredPersonNumber', 'planDate'] as const;

export const SHEET1 = except(UP1KYO, KEY);
export const SHEET2 = only(UP2KYO, ['createdOn', 'updatedBy']);
export const NEED = only(UP2KYO, ['needNumber', 'need']);
export const LONG_TERM_GOAL = only(UP2KYO, ['longTermGoalNumber', 'longTermGoal', 'longTermPeriod']);
export const SHORT_TERM_GOAL = only(UP2KYO, ['shortTermGoal', 'shortTermPeriod']);
export const SERVICE = only(UP2KYO, [
  'serviceNumber',
  'serviceContent',
  'insuranceCoverage',
  'serviceKind',
  'serviceOfficeNumber',
  'serviceOfficeName',
  'frequency',
  'servicePeriod',
]);
export const SHEET3 = only(UP3KYO, ['createdOn']);
export const WEEKLY_SERVICE = only(UP3KYO, ['serviceContent', 'weekday', 'startTime', 'endTime']);
export const DAILY_ACTIVITY = only(UP3KYO, ['dailyActivity', 'activityStartTime', 'activityEndTime']);
export const OTHER_SERVICE = only(UP3KYO, ['otherService']);

/** Numbers of sheet 2 run from 1 to 99; without them a row has no place in the tree. */
const number = z.int().min(1).max(99);

const service = objectOf(SERVICE, { serviceNumber: number });
const shortTermGoal = objectOf(SHORT_TERM_GOAL, { services: z.array(service).min(1) });
const longTermGoal = objectOf(LONG_TERM_GOAL, {
  longTermGoalNumber: number,
  shortTermGoals: z.array(shortTermGoal).min(1),
}).superRefine(({ shortTermGoals }, context) => {
  shortTermGoals.forEach((goal, i) => {
    const above = shortTermGoals[i - 1];
    if (above && !beginsGoal(goal, above)) refuse(context, 'document.equalGoals', ['shortTermGoals', i]);
  });
  const places = shortTermGoals.flatMap(({ services }, g) =>
    services.map(({ serviceNumber }, s) => ({ serviceNumber, path: ['shortTermGoals', g, 'services', s] })),
  );
  refuseDisorder(places, 'serviceNumber', ({ path }) => path, context);
});
const need = objectOf(NEED, { needNumber: number, longTermGoals: z.array(longTermGoal).min(1) }).superRefine(
  ({ longTermGoals }, context) =>
    refuseDisorder(longTermGoals, 'longTermGoalNumber', (_, i) => ['longTermGoals', i], context),
);

/**
 * Whether a goal can be told from the one above it: sheet 2 does not number short-term goals, so one begins where its
 * text or its period is filled and differs from the one in force (section 7).
 */
export const beginsGoal = (goal: GoalTexts, above: GoalTexts): boolean =>
  SHORT_TERM_GOAL.names.some((name) => {
    const text = goal[name as keyof GoalTexts];
    return text !== undefined && text !== above[name as keyof GoalTexts];
  });
type GoalTexts = Readonly<Pick<ShortTermGoal, 'shortTermGoal' | 'shortTermPeriod'>>;

/** Refuses numbers that do not ascend: a reader sorts by them. */
function refuseDisorder<N extends string, T extends { readonly [K in N]: number }>(
  list: readonly T[],
  name: N,
  pathOf: (one: T, index: number) => (string | number)[],
  context: z.RefinementCtx,
): void {
  list.forEach((one, i) => {
    const above = list[i - 1];
    if (above && above[name] >= one[name]) refuse(context, 'document.order', [...pathOf(one, i), name]);
  });
}

/** 第2表 */
export const sheet2 = objectOf(SHEET2, { needs: z.array(need).min(1) }).superRefine(({ needs }, context) =>
  refuseDisorder(needs, 'needNumber', (_, i) => ['needs', i], context),
);

/** 第3表: a service on several weekdays is several entries. At least one of the lists has an entry. */
export const sheet3 = objectOf(SHEET3, {
  services: z.array(objectOf(WEEKLY_SERVICE).superRefine(notEmpty)),
  dailyActivities: z.array(objectOf(DAILY_ACTIVITY).superRefine(notEmpty)),
  otherServices: z.array(objectOf(OTHER_SERVICE).superRefine(notEmpty)),
}).superRefine(({ services, dailyActivities, otherServices }, context) => {
  if (services.length + dailyActivities.length + otherServices.length === 0) refuse(context, 'document.empty');
});

/** Refuses an entry without a property: no row could be told to be one. */
function notEmpty(entry: object, context: z.RefinementCtx): void {
  if (Object.keys(entry).length === 0) refuse(context, 'document.empty');
}

/** 居宅サービス計画: sheets 1, 2 and 3 of one person and plan date (sections 5, 7 and 8). */
export const carePlan = z.strictObject({
  serviceUser,
  planDate: UP1KYO.columns.planDate.kind.value(),
  sheet1: objectOf(SHEET1),
  sheet2: sheet2.exactOptional(),
  sheet3: sheet3.exactOptional(),
});

/** 居宅サービス計画: sheets 1, 2 and 3 and the supplement (sections 5, 7 and 8). @useDeclaredType */
export type CarePlan = z.infer<typeof carePlan>;
/** 第2表: the tree of needs, goals and services (section 7). @useDeclaredType */
export type Sheet2 = z.infer<typeof sheet2>;
/** 第3表: the week (section 8). @useDeclaredType */
export type Sheet3 = z.infer<typeof sheet3>;
/** 課題: a need and its long-term goals. @useDeclaredType */
export type Need = z.infer<typeof need>;
/** 長期目標: a long-term goal and its short-term goals. @useDeclaredType */
export type LongTermGoal = z.infer<typeof longTermGoal>;
/** 短期目標: a short-term goal and its services. @useDeclaredType */
export type ShortTermGoal = z.infer<typeof shortTermGoal>;
/** 援助内容: a service of sheet 2. @useDeclaredType */
export type CarePlanService = z.infer<typeof service>;
