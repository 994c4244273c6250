import { type Issue, type IssueCode, type IssueDetails, issue } from '../schema/index.js';
import { pathText } from '../schema/model/check.js';
import { columnOf } from '../schema/model/part.js';
import {
  type Statement,
  type StatementRow,
  serviceTypeIn,
  statement as statementSchema,
  subtotalCode,
  TOTAL,
} from '../schema/model/usage-slip.js';
import { mismatchesOf } from './statement/arithmetic.js';
import { type RowAt, type Section, type Sections, sectionsOf, unitsOf } from './statement/sections.js';

export interface CheckStatementOptions {
  /** Put numbers into issues: they may be personal data. */
  readonly showValues?: boolean;
  /** Precedes the path of every issue: `['usageSlips', 0, 'statement']`. */
  readonly at?: readonly (string | number)[];
}

type Name = keyof StatementRow;
type Report = (code: IssueCode, index: number | undefined, name?: Name, details?: IssueDetails) => void;

const LIMIT_UNITS = [
  'serviceTypeExcessUnits',
  'serviceTypeUnitsWithinLimit',
  'benefitLimitExcessUnits',
  'benefitLimitUnitsWithinLimit',
] as const satisfies readonly Name[];
const AMOUNTS = ['totalCost', 'benefitClaim', 'copayment', 'fullCopayment'] as const satisfies readonly Name[];

/**
 * Checks that subtotals and grand total agree with their rows, column by column, that obligatory ones are there, and that
 * the arithmetic of each row holds (section 10).
 *
 * Only what is filled is judged, and only where the standard leaves the sender no choice. Does not throw for what `checkDocuments` accepts; no issue where
 * all agrees. Paths are those of the statement: `rows[5].totalCost`.
 */
export function checkStatement(statement: Statement, options: CheckStatementOptions = {}): Issue[] {
  const { at = [], showValues = false } = options;
  const issues: Issue[] = [];
  const report: Report = (code, index, name, details = {}) => {
    const path = pathText([
      ...at,
      'rows',
      ...(index === undefined ? [] : [index]),
      ...(name === undefined ? [] : [name]),
    ]);
    const column = name && columnOf(statementSchema.shape.rows.element, name);
    issues.push(issue(code, { path }, details, column ? { column } : {}));
  };
  const disagree: Disagree = (code, index, name, found, expected) =>
    report(code, index, name, showValues ? { found, expected } : {});
  const all = sectionsOf(statement.rows);
  const types = new Set(all.sections.map(({ serviceType }) => serviceType));
  for (const section of all.sections) checkSection(section, all, report, disagree);
  for (const { row, index } of all.strangers) {
    if (!types.has(serviceTypeIn(row.serviceCode))) report('statement.noRows', index, 'serviceCode');
  }
  for (const { index } of [...all.repeated, ...all.totals.slice(1)])
    report('statement.repeatedRow', index, 'serviceCode');
  const [total] = all.totals;
  if (!total) report('statement.missingRow', undefined, undefined, { expected: TOTAL.serviceCode });
  else checkTotal(total, all, report, disagree);
  return issues;
}

type Disagree = (code: IssueCode, index: number, name: Name, found: number, expected: number) => void;

function checkSection(section: Section, { strangers }: Sections, report: Report, disagree: Disagree): void {
  const { details, subtotals, alone, kindOf, serviceType } = section;
  const within = details.filter((detail) => kindOf(detail) === 'withinLimit');
  const isElsewhere = strangers.some(({ row }) => serviceTypeIn(row.serviceCode) === serviceType);
  if (within.length > 1 && !subtotals.some(({ kind }) => kind === 'withinLimit') && !isElsewhere) {
    const office = within[0]?.row.serviceOfficeNumber;
    const expected = `${office} ${subtotalCode(serviceType, 'withinLimit')}`;
    report('statement.missingRow', undefined, undefined, { expected });
  }
  const folded = unitsOf(alone.filter(({ row }) => row.unitPrice === undefined && row.totalCost === undefined));
  for (const { row, index } of details) {
    for (const { name, found, expected } of mismatchesOf(row, 0)) {
      disagree('statement.arithmetic', index, name, found, expected);
    }
  }
  for (const { row, index, kind, covered, agrees } of subtotals) {
    checkEmpty({ row, index }, report);
    if (!agrees) disagree('statement.sum', index, 'serviceUnits', row.serviceUnits ?? 0, unitsOf(covered));
    for (const name of ['managedUnits', ...LIMIT_UNITS] as const) {
      const found = row[name];
      if (found === undefined || !covered.every((one) => one.row[name] !== undefined)) continue;
      const expected = sumOf(covered, name);
      if (found !== expected) disagree('statement.sum', index, name, found, expected);
    }
    for (const { name, found, expected } of mismatchesOf(row, kind === 'withinLimit' ? folded : 0)) {
      disagree('statement.arithmetic', index, name, found, expected);
    }
  }
}

function checkTotal(total: RowAt, { sections, strangers }: Sections, report: Report, disagree: Disagree): void {
  const { row, index } = total;
  checkEmpty(total, report);
  if (row.serviceOfficeNumber !== TOTAL.serviceOfficeNumber) {
    report('cell.form', index, 'serviceOfficeNumber', { expected: TOTAL.serviceOfficeNumber });
  }
  const details = sections.flatMap((section) => section.details);
  if (row.serviceUnits !== undefined) {
    // Whether units outside the limit and over 30 days are in the grand total, the standard does not say.
    const within = sections.map((section) => withinUnits(section)).reduce((sum, units) => sum + units, 0);
    const untilThirty = details.filter((detail) => detail.row.overThirtyDays === '0');
    const allowed = [unitsOf(details), within, unitsOf(untilThirty)];
    if (!allowed.includes(row.serviceUnits)) {
      disagree('statement.sum', index, 'serviceUnits', row.serviceUnits, unitsOf(details));
    }
  }
  if (strangers.length > 0) return;
  for (const name of ['managedUnits', ...LIMIT_UNITS, ...AMOUNTS] as const) {
    const found = row[name];
    const values = sections.flatMap(({ subtotals, alone }) => [
      ...subtotals.map((one) => one.row[name] ?? (covers(one.covered, name) ? sumOf(one.covered, name) : undefined)),
      ...alone.map((one) => one.row[name]),
    ]);
    if (found === undefined || values.every((value) => value === undefined)) continue;
    const expected = values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
    if (found !== expected) disagree('statement.sum', index, name, found, expected);
  }
}

const covers = (rows: readonly RowAt[], name: Name): boolean => rows.some(({ row }) => row[name] !== undefined);

const sumOf = (
  rows: readonly RowAt[],
  name: (typeof LIMIT_UNITS)[number] | (typeof AMOUNTS)[number] | 'managedUnits',
) => rows.reduce((sum, { row }) => sum + (row[name] ?? 0), 0);

/** Units within the limit: the subtotal's, or those of the rows. */
function withinUnits({ details, subtotals, kindOf }: Section): number {
  const subtotal = subtotals.find(({ kind }) => kind === 'withinLimit');
  return subtotal?.row.serviceUnits ?? unitsOf(details.filter((detail) => kindOf(detail) === 'withinLimit'));
}

/** 単位数 is 0 and the discount empty on subtotal and total rows. */
function checkEmpty({ row, index }: RowAt, report: Report): void {
  if (row.units !== 0) report('statement.emptyColumn', index, 'units');
  if (row.discountRate !== undefined) report('statement.emptyColumn', index, 'discountRate');
  if (row.discountedUnits !== undefined) report('statement.emptyColumn', index, 'discountedUnits');
}
