import { type StatementRow, statementRowKind } from '../model/usage-slip.js';
import type { StatementColumn } from './columns.js';
import { claimOf, floorDivide, yenOf } from './money.js';

/** Told of a value of a row that does not follow from the others, and of what does. */
export type TellMismatch = (name: StatementColumn, found: number, expected: number) => void;

const filled = (value: number | undefined): value is number => value !== undefined;

/**
 * Tells what does not hold within a detail row or a subtotal, of the columns that are filled.
 *
 * `folded` are units outside the limit whose cost may stand on a subtotal within it. A row whose 給付管理単位数 differ from
 * its units, and rates that are no percentage, are not judged: the standard does not say how.
 */
export function checkArithmetic(row: StatementRow, folded: number, tell: TellMismatch): void {
  const kind = statementRowKind(row.serviceCode);
  if (kind === 'detail') checkUnits(row, tell);
  checkLimits(row, tell);
  checkAmounts(row, folded, row.overThirtyDays === '1' || kind === 'overThirtyDays', tell);
}

/** Whether units after a discount are those before it times the rate, rounded down or up to whole ones. */
export function isDiscounted(units: number, rate: number, discountedUnits: number): boolean {
  const product = units * rate;
  const down = floorDivide(product, 100);
  return discountedUnits === down || (product % 100 !== 0 && discountedUnits === down + 1);
}

function checkUnits(row: StatementRow, tell: TellMismatch): void {
  const { units, discountRate: rate, discountedUnits, count, serviceUnits } = row;
  const each = discountedUnits ?? units;
  if (filled(rate) && filled(discountedUnits) && rate <= 100 && !isDiscounted(units, rate, discountedUnits)) {
    const expected = Math.round((units * rate) / 100);
    if (discountedUnits !== expected) tell('discountedUnits', discountedUnits, expected);
  }
  // A monthly service may count its days and be charged once.
  if (filled(serviceUnits) && serviceUnits !== each * count && serviceUnits !== each) {
    tell('serviceUnits', serviceUnits, each * count);
  }
}

const isManagedApart = ({ managedUnits, serviceUnits }: StatementRow): boolean =>
  filled(managedUnits) && managedUnits !== serviceUnits;

function checkLimits(row: StatementRow, tell: TellMismatch): void {
  const { serviceUnits, serviceTypeExcessUnits: beyondType, serviceTypeUnitsWithinLimit: withinType } = row;
  const { benefitLimitExcessUnits: beyond, benefitLimitUnitsWithinLimit: within } = row;
  if (isManagedApart(row) || !filled(serviceUnits)) return;
  const left = serviceUnits - (beyondType ?? 0);
  if (filled(withinType) && withinType !== left) tell('serviceTypeUnitsWithinLimit', withinType, left);
  const leftOfAll = left - (beyond ?? 0);
  if (filled(within) && within !== leftOfAll) tell('benefitLimitUnitsWithinLimit', within, leftOfAll);
}

function checkAmounts(row: StatementRow, folded: number, isOver: boolean, tell: TellMismatch): void {
  const { unitPrice, totalCost, benefitRate, benefitClaim, copayment, fullCopayment, serviceUnits } = row;
  const insured = row.benefitLimitUnitsWithinLimit ?? row.serviceTypeUnitsWithinLimit ?? serviceUnits;
  if (filled(unitPrice) && filled(insured)) {
    const cost = yenOf(insured, unitPrice);
    const isCost =
      totalCost === cost || totalCost === yenOf(insured + folded, unitPrice) || (isOver && totalCost === 0);
    if (filled(totalCost) && !isCost) tell('totalCost', totalCost, cost);
    if (filled(fullCopayment) && isOver && !totalCost && fullCopayment !== cost) {
      tell('fullCopayment', fullCopayment, cost);
    }
    if (filled(fullCopayment) && !isOver && !isManagedApart(row)) {
      const beyond = (row.serviceTypeExcessUnits ?? 0) + (row.benefitLimitExcessUnits ?? 0);
      const full = yenOf(beyond, unitPrice);
      if (fullCopayment !== full && fullCopayment !== yenOf(insured + beyond, unitPrice) - cost) {
        tell('fullCopayment', fullCopayment, full);
      }
    }
  }
  if (!filled(totalCost) || !filled(benefitClaim)) return;
  if (filled(benefitRate) && benefitRate <= 100 && !filled(row.fixedCopaymentUnitPrice)) {
    const claim = claimOf(totalCost, benefitRate);
    if (benefitClaim !== claim) tell('benefitClaim', benefitClaim, claim);
  }
  if (filled(copayment) && copayment !== totalCost - benefitClaim) {
    tell('copayment', copayment, totalCost - benefitClaim);
  }
}
