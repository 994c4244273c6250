import { type StatementRow, serviceTypeIn, subtotalCode, TOTAL } from '../model/usage-slip.js';
import { checkArithmetic } from './arithmetic.js';
import { AMOUNTS, LIMIT_UNITS, type StatementColumn } from './columns.js';
import { type RowAt, type Section, type Sections, sectionsOf, unitsOf } from './sections.js';

/** What can be wrong with a statement. */
export type StatementFault =
  | 'statement.sum'
  | 'statement.arithmetic'
  | 'statement.emptyColumn'
  | 'statement.missingRow'
  | 'statement.repeatedRow'
  | 'statement.noRows'
  | 'statement.totalOffice';

/** One thing that is wrong with a statement. */
export interface StatementFinding {
  readonly fault: StatementFault;
  /** The row and its column; nothing for a row that is missing. */
  readonly index?: number;
  readonly name?: StatementColumn;
  /** What stands there and what should, where these are numbers of the person. */
  readonly numbers?: { readonly found: number; readonly expected: number };
  /** What should stand there, where it is the same for everybody; the missing row. */
  readonly expected?: string;
}

type Tell = (finding: StatementFinding) => void;

/**
 * What of a person's sheet 7 does not agree: subtotals and grand total with their rows, column by column; obligatory ones
 * that are missing; the arithmetic of each row (section 10). Only what is filled is judged, and only where the standard
 * leaves the sender no choice.
 */
export function statementFindings(rows: readonly StatementRow[]): StatementFinding[] {
  const findings: StatementFinding[] = [];
  const tell: Tell = (finding) => findings.push(finding);
  const all = sectionsOf(rows);
  const elsewhere = new Set(all.strangers.map(({ row }) => serviceTypeIn(row.serviceCode)));
  for (const section of all.sections) checkSection(section, elsewhere.has(section.serviceType), tell);
  if (all.strangers.length > 0) {
    const types = new Set(all.sections.map(({ serviceType }) => serviceType));
    for (const { row, index } of all.strangers) {
      if (!types.has(serviceTypeIn(row.serviceCode))) tell({ fault: 'statement.noRows', index, name: 'serviceCode' });
    }
  }
  for (const { index } of [...all.repeated, ...all.totals.slice(1)]) {
    tell({ fault: 'statement.repeatedRow', index, name: 'serviceCode' });
  }
  const [total] = all.totals;
  if (!total) tell({ fault: 'statement.missingRow', expected: TOTAL.serviceCode });
  else checkTotal(total, all, tell);
  return findings;
}

function disagree(tell: Tell, { index }: RowAt, name: StatementColumn, found: number, expected: number): void {
  if (found !== expected) tell({ fault: 'statement.sum', index, name, numbers: { found, expected } });
}

/** `isElsewhere`: a subtotal of the type stands under another office number, which is not forbidden. */
function checkSection(section: Section, isElsewhere: boolean, tell: Tell): void {
  const { details, subtotals, alone, kindOf, serviceType } = section;
  if (details.length > 1 && !isElsewhere && !subtotals.some(({ kind }) => kind === 'withinLimit')) {
    const within = details.filter((detail) => kindOf(detail) === 'withinLimit');
    if (within.length > 1) {
      const expected = `${within[0]?.row.serviceOfficeNumber} ${subtotalCode(serviceType, 'withinLimit')}`;
      tell({ fault: 'statement.missingRow', expected });
    }
  }
  const check = ({ row, index }: RowAt, folded: number) =>
    checkArithmetic(row, folded, (name, found, expected) =>
      tell({ fault: 'statement.arithmetic', index, name, numbers: { found, expected } }),
    );
  for (const detail of details) check(detail, 0);
  for (const subtotal of subtotals) {
    const { row, kind, covered, agrees } = subtotal;
    checkEmpty(subtotal, tell);
    if (!agrees) disagree(tell, subtotal, 'serviceUnits', row.serviceUnits ?? 0, unitsOf(covered));
    for (const name of ['managedUnits', ...LIMIT_UNITS] as const) {
      const found = row[name];
      if (found === undefined || !covered.every((one) => one.row[name] !== undefined)) continue;
      disagree(tell, subtotal, name, found, sumOf(covered, name));
    }
    const isFolded = ({ row }: RowAt) => row.unitPrice === undefined && row.totalCost === undefined;
    check(subtotal, kind === 'withinLimit' ? unitsOf(alone.filter(isFolded)) : 0);
  }
}

function checkTotal(total: RowAt, { sections, strangers }: Sections, tell: Tell): void {
  const { row, index } = total;
  checkEmpty(total, tell);
  if (row.serviceOfficeNumber !== TOTAL.serviceOfficeNumber) {
    const expected = TOTAL.serviceOfficeNumber;
    tell({ fault: 'statement.totalOffice', index, name: 'serviceOfficeNumber', expected });
  }
  if (row.serviceUnits !== undefined) {
    const details = sections.flatMap((section) => section.details);
    // Whether units outside the limit and over 30 days are in the grand total, the standard does not say.
    const isAllowed =
      row.serviceUnits === unitsOf(details) ||
      row.serviceUnits === sections.reduce((sum, section) => sum + withinUnits(section), 0) ||
      row.serviceUnits === unitsOf(details.filter((detail) => detail.row.overThirtyDays === '0'));
    if (!isAllowed) disagree(tell, total, 'serviceUnits', row.serviceUnits, unitsOf(details));
  }
  if (strangers.length > 0) return;
  for (const name of ['managedUnits', ...LIMIT_UNITS, ...AMOUNTS] as const) {
    const found = row[name];
    if (found === undefined) continue;
    const expected = totalOf(sections, name);
    if (expected !== undefined) disagree(tell, total, name, found, expected);
  }
}

type Summed = 'managedUnits' | (typeof LIMIT_UNITS)[number] | (typeof AMOUNTS)[number];

/** What subtotals say, or the rows that they add up, and rows that none adds up; undefined where all are empty. */
function totalOf(sections: readonly Section[], name: Summed): number | undefined {
  let sum: number | undefined;
  for (const { subtotals, alone } of sections) {
    for (const { row, covered } of subtotals) {
      if (row[name] !== undefined) sum = (sum ?? 0) + row[name];
      else if (covered.some((one) => one.row[name] !== undefined)) sum = (sum ?? 0) + sumOf(covered, name);
    }
    for (const { row } of alone) if (row[name] !== undefined) sum = (sum ?? 0) + row[name];
  }
  return sum;
}

const sumOf = (rows: readonly RowAt[], name: Summed) => rows.reduce((sum, { row }) => sum + (row[name] ?? 0), 0);

/** Units within the limit: the subtotal's, or those of the rows. */
function withinUnits({ details, subtotals, kindOf }: Section): number {
  const subtotal = subtotals.find(({ kind }) => kind === 'withinLimit');
  return subtotal?.row.serviceUnits ?? unitsOf(details.filter((detail) => kindOf(detail) === 'withinLimit'));
}

/** 単位数 is 0 and the discount empty on subtotal and total rows. */
function checkEmpty({ row, index }: RowAt, tell: Tell): void {
  const fault = 'statement.emptyColumn';
  if (row.units !== 0) tell({ fault, index, name: 'units' });
  if (row.discountRate !== undefined) tell({ fault, index, name: 'discountRate' });
  if (row.discountedUnits !== undefined) tell({ fault, index, name: 'discountedUnits' });
}
