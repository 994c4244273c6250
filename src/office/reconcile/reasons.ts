/** Why the care manager must look at something, in words; what weighs most comes first. */
export const RECONCILE_REASONS = Object.freeze({
  personMissing: {
    ja: '事業所の実績はあるが、この利用者の分がない',
    en: 'the office has sent actuals, but none of this person',
  },
  notReceived: { ja: '実績がまだ届いていない', en: 'no actuals received yet' },
  lineMissing: { ja: '予定した行の実績がまったくない', en: 'a planned line without any actual' },
  officeNotPlanned: { ja: '予定にない事業所・種類の実績', en: 'an office or service type that is not planned' },
  serviceNotPlanned: { ja: '予定にないサービスの実績', en: 'a service that is not planned' },
  extraDays: { ja: '予定にない日・時間の実績', en: 'days or times that are not planned' },
  moreUnits: { ja: '単位数が予定より多い', en: 'more units than planned' },
  moreTimes: { ja: '回数が予定より多い', en: 'more times than planned' },
  daysMissing: { ja: '予定した日の実績がない', en: 'planned days without an actual' },
  fewerTimes: { ja: '回数が予定より少ない', en: 'fewer times than planned' },
  lessUnits: { ja: '単位数が予定より少ない', en: 'fewer units than planned' },
  otherTime: { ja: '時刻が予定と違う', en: 'another time of day than planned' },
} as const);

/** A reason to look at something. */
export type ReconcileReason = keyof typeof RECONCILE_REASONS;

const ORDER = Object.keys(RECONCILE_REASONS) as readonly ReconcileReason[];

/** The place of a reason among all: what weighs most has 0. */
export const rankOf = (reason: ReconcileReason): number => ORDER.indexOf(reason);

/** The reason that weighs most. */
export const gravest = (reasons: readonly ReconcileReason[]): ReconcileReason | undefined =>
  [...reasons].sort((a, b) => rankOf(a) - rankOf(b))[0];
