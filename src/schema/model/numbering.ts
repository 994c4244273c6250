import type { CarePlanService, LongTermGoal, Need, ShortTermGoal } from './care-plan.js';

/** Needs of a care plan whose numbers are not given yet: they follow from the order. */
export type UnnumberedNeed = Omit<Need, 'needNumber' | 'longTermGoals'> & {
  readonly longTermGoals: readonly (Omit<LongTermGoal, 'longTermGoalNumber' | 'shortTermGoals'> & {
    readonly shortTermGoals: readonly (Omit<ShortTermGoal, 'services'> & {
      readonly services: readonly Omit<CarePlanService, 'serviceNumber'>[];
    })[];
  })[];
};

/**
 * Numbers the needs of sheet 2 in their order: needs from 1, long-term goals from 1 within a need, services from 1 within
 * a long-term goal, running on across its short-term goals, which have no number (section 7).
 */
export function numberNeeds(needs: readonly UnnumberedNeed[]): Need[] {
  return needs.map((need, n) => ({
    ...need,
    needNumber: n + 1,
    longTermGoals: need.longTermGoals.map((goal, g) => {
      let serviceNumber = 0;
      const shortTermGoals = goal.shortTermGoals.map((shortTerm) => ({
        ...shortTerm,
        services: shortTerm.services.map((service) => ({ ...service, serviceNumber: ++serviceNumber })),
      }));
      return { ...goal, longTermGoalNumber: g + 1, shortTermGoals };
    }),
  }));
}
