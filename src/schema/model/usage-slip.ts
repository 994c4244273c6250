import * as z from 'zod';
import { UPPLAN } from '../editions/v4-1/UPPLAN.js';
import { UPSIKYU } from '../editions/v4-1/UPSIKYU.js';
import { except, objectOf, only, refuse } from './part.js';
import { serviceUser } from './service-user.js';

const KEY = ['insurerNumber', 'insuredPersonNumber', 'serviceMonth'] as const;
const HEAD = [
  'createdOn',
  'careManagementOfficeNumber',
  'careManagerName',
  'shortStayDaysToPreviousMonth',
  'updatedBy',
] as const;
const DAY = ['serviceDate', 'count'] as const;

/** What stands on every row of a person's sheet 6. */
export const SLIP = only(UPPLAN, HEAD, ['careManagementOfficeNumber']);
/** What stands on the rows of one line. */
export const LINE = only(
  UPPLAN,
  [
    'units',
    'proratedDays',
    'startTime',
    'endTime',
    'serviceCode',
    'taisCode',
    'equipmentNotificationCode',
    'equipmentName',
    'detailNumber',
    'serviceOfficeNumber',
    'serviceOfficeName',
    'satelliteNumber',
    'overThirtyDays',
  ],
  ['units'],
);
export const LINE_DAY = only(UPPLAN, DAY);
const STATEMENT_HEAD = ['createdOn', 'officeCode', 'enteredBy', 'updatedBy'] as const;
export const STATEMENT = only(UPSIKYU, STATEMENT_HEAD);
export const STATEMENT_ROW = except(UPSIKYU, [...KEY, ...STATEMENT_HEAD]);

/** A line of sheet 6: one service at one time of day with its days; units are per time. */
const line = objectOf(LINE, { days: z.array(objectOf(LINE_DAY)).min(1) });
const statementRow = objectOf(STATEMENT_ROW);

/** 第7表 (別表): detail rows, subtotals and the grand total, in the order of the sheet; `statementRowKind` tells them. */
export const statement = objectOf(STATEMENT, { rows: z.array(statementRow).min(1) });

/** What tells one line from another: every column but the day and the count. */
export const lineKey = (line: Line): string =>
  JSON.stringify(LINE.names.map((name) => (line as Readonly<Record<string, unknown>>)[name] ?? null));

/** Lines with at least a day each, all in the month, no two the same. */
export const lines = z.array(line).min(1);

/** Refuses days outside the month, and two lines that sheet 6 could not tell apart. */
export function checkLines(
  { serviceMonth, lines }: { serviceMonth: string; lines: readonly Line[] },
  context: z.RefinementCtx,
): void {
  const seen = new Map<string, number>();
  lines.forEach((one, i) => {
    const key = lineKey(one);
    if (seen.has(key)) refuse(context, 'document.equalLines', ['lines', i], { expected: `lines[${seen.get(key)}]` });
    else seen.set(key, i);
    one.days.forEach(({ serviceDate }, d) => {
      if (serviceDate.slice(0, 7) !== serviceMonth) {
        refuse(context, 'document.outsideMonth', ['lines', i, 'days', d, 'serviceDate'], { expected: serviceMonth });
      }
    });
  });
}

/** サービス利用票: a person's planned services of one month, sheet 6, and its statement, sheet 7 (sections 9 and 10). */
export const usageSlip = objectOf(SLIP, {
  serviceUser,
  serviceMonth: UPPLAN.columns.serviceMonth.kind.value(),
  lines,
  statement: statement.exactOptional(),
}).superRefine(checkLines);

/** サービス利用票: a person's planned services of one month (sections 9 and 10). @useDeclaredType */
export type UsageSlip = z.infer<typeof usageSlip>;
/** A line of sheet 6: a service with its days. @useDeclaredType */
export type Line = z.infer<typeof line>;
export type LineDay = Line['days'][number];
/** 第7表: the monthly statement of units and costs (section 10). @useDeclaredType */
export type Statement = z.infer<typeof statement>;
/** A row of sheet 7: detail, subtotal or grand total. @useDeclaredType */
export type StatementRow = z.infer<typeof statementRow>;

/** What a row of sheet 7 is, by its service code (section 10). */
export type StatementRowKind = 'detail' | 'withinLimit' | 'outsideLimit' | 'overThirtyDays' | 'total';

const SUBTOTALS: Readonly<Record<string, StatementRowKind>> = {
  AAAA: 'withinLimit',
  EEEE: 'outsideLimit',
  ZZZZ: 'overThirtyDays',
};

/** The service code of the grand total, and the office number on its row. */
export const TOTAL = Object.freeze({ serviceCode: '999999', serviceOfficeNumber: '9999999999' });

/** The columns in which the grand total holds sums of its rows (section 10). */
export const SUMMED = [
  'serviceUnits',
  'managedUnits',
  'serviceTypeExcessUnits',
  'serviceTypeUnitsWithinLimit',
  'benefitLimitExcessUnits',
  'benefitLimitUnitsWithinLimit',
  'totalCost',
  'benefitClaim',
  'copayment',
  'fullCopayment',
] as const satisfies readonly (keyof StatementRow)[];

/** Tells detail rows, the three subtotals (`TTAAAA`, `TTEEEE`, `TTZZZZ`) and the grand total (`999999`) apart. */
export const statementRowKind = (serviceCode: string): StatementRowKind =>
  serviceCode === TOTAL.serviceCode ? 'total' : (SUBTOTALS[serviceCode.slice(2)] ?? 'detail');

/** The service code of a subtotal row: `11AAAA`. */
export const subtotalCode = (serviceType: string, kind: Exclude<StatementRowKind, 'detail' | 'total'>): string =>
  serviceType + Object.keys(SUBTOTALS).find((key) => SUBTOTALS[key] === kind);

/** The service type of a service code: its first two characters. */
export const serviceTypeIn = (serviceCode: string): string => serviceCode.slice(0, 2);
