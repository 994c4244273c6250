import { computeStatement, type StatementOptions } from '../../office/index.js';
import type { Line, UsageSlip } from '../../schema/internal.js';
import { CARE_MANAGER, type SampleService, SERVICES, type ServiceName } from './offices.js';
import { identityOf, type Person, supplementOf } from './people.js';

export const MONTH = '2025-11';
const NO_TIME = '9999';
const LAST = 30;

export const dateOf = (day: number): string => `${MONTH}-${String(day).padStart(2, '0')}`;

/** The days of November 2025 that fall on some days of the week, 1 is Monday; it begins with a Saturday. */
export const weekly = (...weekdays: number[]): number[] =>
  days(1, LAST).filter((day) => weekdays.includes(((day + 4) % 7) + 1));

/** The days from one to another. */
export const days = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** A line of sheet 6: a service on some days. */
export function line(name: ServiceName, on: readonly number[], more: Partial<Line> = {}, count = 1): Line {
  const {
    office,
    name: officeName,
    code,
    units,
    times = [NO_TIME, NO_TIME],
    satellite,
  }: SampleService = SERVICES[name];
  return {
    units,
    startTime: times[0],
    endTime: times[1],
    serviceCode: code,
    serviceOfficeNumber: office,
    serviceOfficeName: officeName,
    ...(satellite === undefined ? {} : { satelliteNumber: satellite }),
    overThirtyDays: '0',
    ...more,
    days: on.map((day) => ({ serviceDate: dateOf(day), count })),
  };
}

/** 日割対象日: a character for each of 31 days. */
export const prorated = (on: readonly number[]): string =>
  days(1, 31)
    .map((day) => (on.includes(day) ? '1' : '0'))
    .join('');

/** A piece of equipment by its TAISコード, or by its 福祉用具届出コード. */
export const tais = (taisCode: string, equipmentName: string): Partial<Line> => ({ taisCode, equipmentName });
export const notification = (equipmentNotificationCode: string, equipmentName: string): Partial<Line> => ({
  equipmentNotificationCode,
  equipmentName,
});

/** What a slip of the samples is made of beside its lines. */
export interface SlipTerms {
  readonly planner: string;
  readonly manager?: string;
  readonly createdOn: string;
  readonly benefitRate?: number;
  readonly statement?: Partial<StatementOptions>;
  readonly shortStayDays?: number;
}

/** Services of which the person's limit knows nothing: percentage add-ons, 居宅療養管理指導. */
const OUTSIDE: readonly string[] = [SERVICES.helpersAddOn.code, SERVICES.preventiveAddOn.code, SERVICES.guidance.code];
const TEN_YEN: readonly string[] = ['17', '67', '31'];

/** The slip of a person with its statement. The samples are fixed: an issue is a mistake in them. */
export function slipOf(person: Person, lines: readonly Line[], terms: SlipTerms): UsageSlip {
  const { planner, manager = CARE_MANAGER, createdOn, benefitRate = 90, shortStayDays } = terms;
  const supplement = supplementOf(person, planner);
  const made = computeStatement(lines, {
    createdOn,
    enteredBy: planner,
    updatedBy: planner,
    unitPrice: ({ serviceType }) => (TEN_YEN.includes(serviceType) ? 10 : 10.42),
    benefitRate,
    limits: supplement,
    outsideLimit: ({ serviceCode }) => OUTSIDE.includes(serviceCode),
    ...terms.statement,
  });
  if (!made.ok || !made.statement) throw new Error(made.issues.map(({ message }) => message.en).join('\n'));
  const stay = shortStayDays === undefined ? {} : { shortStayDaysToPreviousMonth: shortStayDays };
  return {
    serviceUser: { ...identityOf(person), supplement },
    serviceMonth: MONTH,
    createdOn,
    careManagementOfficeNumber: planner,
    careManagerName: manager,
    ...stay,
    updatedBy: planner,
    lines: [...lines],
    statement: made.statement,
  };
}
