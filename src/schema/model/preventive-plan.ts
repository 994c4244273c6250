import * as z from 'zod';
import { UPYOBO } from '../editions/v4-1/UPYOBO.js';
import { UPYOBO_SUB } from '../editions/v4-1/UPYOBO_SUB.js';
import { except, objectOf, only, refuse } from './part.js';
import { identity } from './service-user.js';

const KEY = ['insurerNumber', 'insuredPersonNumber', 'planDate'] as const;

export const PREVENTIVE_PLAN = except(UPYOBO, KEY);
export const PREVENTIVE_NEED = only(UPYOBO_SUB, [
  'needNumber',
  'overallIssue',
  'proposedGoalAndMeasures',
  'wishes',
  'goal',
]);
export const SUPPORT_PLAN = only(UPYOBO_SUB, ['supportPlanNumber', 'supportPoint', 'informalSupport', 'formalSupport']);
export const PREVENTIVE_SERVICE = only(UPYOBO_SUB, ['serviceNumber', 'serviceKind', 'serviceOffice', 'servicePeriod']);

/** Numbers are free text of two characters in the table (section 11). */
const number = UPYOBO_SUB.columns.needNumber.kind.value();

const service = objectOf(PREVENTIVE_SERVICE, { serviceNumber: number });
const supportPlan = objectOf(SUPPORT_PLAN, { supportPlanNumber: number, services: z.array(service) }).superRefine(
  ({ services }, context) => refuseRepeats(services, 'services', 'serviceNumber', context),
);
const need = objectOf(PREVENTIVE_NEED, { needNumber: number, supportPlans: z.array(supportPlan) }).superRefine(
  ({ supportPlans }, context) => refuseRepeats(supportPlans, 'supportPlans', 'supportPlanNumber', context),
);

/** Orders numbers that are free text: by the number where they are one, those that are none behind, as they come. */
export const numberOrder = (number: string): number => (/^[0-9]+$/.test(number) ? Number(number) : Number.MAX_VALUE);

function refuseRepeats<N extends string>(
  list: readonly { readonly [K in N]: string }[],
  property: string,
  name: N,
  context: z.RefinementCtx,
): void {
  const seen = new Set<string>();
  list.forEach((one, i) => {
    const above = list[i - 1];
    const ascends = !above || numberOrder(above[name]) <= numberOrder(one[name]);
    if (seen.has(one[name]) || !ascends) refuse(context, 'document.order', [property, i, name]);
    seen.add(one[name]);
  });
}

/** 介護予防サービス・支援計画書: the plan, and its needs > support plans > services, each numbered within its parent. */
export const preventivePlan = objectOf(PREVENTIVE_PLAN, {
  serviceUser: identity,
  planDate: UPYOBO.columns.planDate.kind.value(),
  needs: z.array(need),
}).superRefine(({ needs }, context) => refuseRepeats(needs, 'needs', 'needNumber', context));

/** 介護予防サービス・支援計画書 (section 11). @useDeclaredType */
export type PreventivePlan = z.infer<typeof preventivePlan>;
/** 課題: a need and its support plans. @useDeclaredType */
export type PreventiveNeed = z.infer<typeof need>;
/** 支援計画: a support plan and its services. @useDeclaredType */
export type SupportPlan = z.infer<typeof supportPlan>;
/** 利用サービス: a service of a support plan. @useDeclaredType */
export type PreventiveService = z.infer<typeof service>;
