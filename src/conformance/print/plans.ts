import type { BasicInformation, CarePlan, PreventivePlan } from '../../schema/internal.js';
import {
  BASIC_INFORMATION,
  EMERGENCY_CONTACTS,
  ILLNESS,
  SCHEDULE_ENTRY,
} from '../../schema/model/basic-information.js';
import {
  DAILY_ACTIVITY,
  LONG_TERM_GOAL,
  NEED,
  OTHER_SERVICE,
  SERVICE,
  SHEET1,
  SHEET2,
  SHEET3,
  SHORT_TERM_GOAL,
  WEEKLY_SERVICE,
} from '../../schema/model/care-plan.js';
import {
  PREVENTIVE_NEED,
  PREVENTIVE_PLAN,
  PREVENTIVE_SERVICE,
  SUPPORT_PLAN,
} from '../../schema/model/preventive-plan.js';
import { SERVICE_TYPE_LIMITS, SUPPLEMENT, type Supplement } from '../../schema/model/service-user.js';
import { fieldLines, gridLines, titled } from './fields.js';

type Row = Record<string, unknown>;

/** The rows of a tree as they are printed: each text once, on the first row of what it describes. */
function treeRows(
  levels: readonly { readonly names: readonly string[]; readonly list: string }[],
  top: object[],
): Row[] {
  const [level, ...inner] = levels;
  if (!level) return [{}];
  return (top as Row[]).flatMap((one) => {
    const own = Object.fromEntries(level.names.map((name) => [name, one[name]]));
    const next = inner[0] ? ((one[inner[0].list] ?? []) as object[]) : [];
    const rows = inner.length > 0 && next.length > 0 ? treeRows(inner, next) : [{}];
    return rows.map((row, i) => (i === 0 ? { ...own, ...row } : row));
  });
}

const SHEET2_LEVELS = [
  { names: NEED.names, list: 'needs' },
  { names: LONG_TERM_GOAL.names, list: 'longTermGoals' },
  { names: SHORT_TERM_GOAL.names, list: 'shortTermGoals' },
  { names: SERVICE.names, list: 'services' },
];
const PREVENTIVE_LEVELS = [
  { names: PREVENTIVE_NEED.names, list: 'needs' },
  { names: SUPPORT_PLAN.names, list: 'supportPlans' },
  { names: PREVENTIVE_SERVICE.names, list: 'services' },
];
const namesOf = (levels: readonly { readonly names: readonly string[] }[]) => levels.flatMap(({ names }) => names);

/** 利用者補足情報. */
export const supplementLines = (supplement: Supplement): string[] => [
  ...titled('利用者補足情報', fieldLines(SUPPLEMENT, supplement)),
  ...titled('種類支給限度', slotLines(SERVICE_TYPE_LIMITS, supplement.serviceTypeLimits ?? [])),
];

/** Entries of numbered columns: the columns' names are those of the first number. */
function slotLines(
  { layout, names, columnsAt }: typeof SERVICE_TYPE_LIMITS | typeof EMERGENCY_CONTACTS,
  list: readonly object[],
) {
  return list.flatMap((entry, i) => {
    const columns = columnsAt(i);
    const values = Object.fromEntries(columns.map((column, at) => [column, (entry as Row)[names[at] ?? '']]));
    return fieldLines({ layout, names: columns }, values);
  });
}

/** Sheets 1, 2 and 3. */
export const carePlanLines = (plan: CarePlan): string[] => [
  ...titled(
    '第1表 居宅サービス計画書(1)',
    fieldLines(SHEET1, { ...plan.sheet1, planDate: plan.planDate }, ['planDate']),
  ),
  ...(plan.sheet2
    ? [
        ...titled('第2表 居宅サービス計画書(2)', fieldLines(SHEET2, plan.sheet2)),
        ...gridLines(
          { layout: SHEET2.layout, names: namesOf(SHEET2_LEVELS) },
          treeRows(SHEET2_LEVELS, plan.sheet2.needs),
          20,
        ),
      ]
    : []),
  ...(plan.sheet3
    ? [
        ...titled('第3表 週間サービス計画表', fieldLines(SHEET3, plan.sheet3)),
        ...gridLines(WEEKLY_SERVICE, plan.sheet3.services),
        ...gridLines(DAILY_ACTIVITY, plan.sheet3.dailyActivities),
        ...gridLines(OTHER_SERVICE, plan.sheet3.otherServices, 60),
      ]
    : []),
];

/** 利用者基本情報 with its annexes. */
export const basicInformationLines = (one: BasicInformation): string[] => [
  ...titled('利用者基本情報', fieldLines(BASIC_INFORMATION, one, ['consultationDate'])),
  ...titled('緊急連絡先', slotLines(EMERGENCY_CONTACTS, one.emergencyContacts ?? [])),
  ...titled('家族構成 画像', one.familyImage ? [`枝番 ${one.familyImage.branch}`] : []),
  ...titled('１日の生活・すごし方', gridLines(SCHEDULE_ENTRY, one.schedule)),
  ...titled('現病歴・既往歴', gridLines(ILLNESS, one.illnesses)),
];

/** 介護予防サービス・支援計画書. */
export const preventivePlanLines = (plan: PreventivePlan): string[] => [
  ...titled('介護予防サービス・支援計画書', fieldLines(PREVENTIVE_PLAN, plan, ['planDate'])),
  ...titled(
    '支援計画',
    gridLines(
      { layout: PREVENTIVE_NEED.layout, names: namesOf(PREVENTIVE_LEVELS) },
      treeRows(PREVENTIVE_LEVELS, plan.needs),
      18,
    ),
  ),
];
