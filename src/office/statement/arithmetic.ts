import { type StatementRow, statementRowKind } from '../../schema/model/usage-slip.js';
import { isDiscounted } from './details.js';
import { claimOf, yenOf } from './money.js';

/** A value of a row that does not follow from the others, and what does. */
export interface Mismatch {
  readonly name: keyof StatementRow;
  readonly found: number;
  readonly expected: number;
}

const filled = (value: number | undefined): value is number => value !== undefined;

function differs(name: keyof StatementRow, found: number, ...allowed: readonly number[]): Mismatch[] {
  return allowed.includes(found) ? [] : [{ name, found, expected: allowed[0] ?? 0 }];
}

/**
 * What does not hold within a detail row or a subtotal, of the columns that are filled.
 *
 * `folded` are units outside the limit whose cost may stand on a subtotal within it. A row whose 給付管理単位数 differ from
 * its units, and rates that are no percentage, are not judged: the standard does not say how.
 */
export const mismatchesOf = (row: StatementRow, folded: number): Mismatch[] => [
  ...unitsMismatches(row),
  ...limitMismatches(row),
  ...amountMismatches(row, folded),
];

function unitsMismatches(row: StatementRow): Mismatch[] {
  if (statementRowKind(row.serviceCode) !== 'detail') return [];
  const { units, discountRate: rate, discountedUnits, count, serviceUnits } = row;
  const each = discountedUnits ?? units;
  const isWrong = filled(rate) && filled(discountedUnits) && rate <= 100 && !isDiscounted(units, rate, discountedUnits);
  return [
    ...(isWrong ? differs('discountedUnits', discountedUnits, Math.round((units * rate) / 100)) : []),
    // A monthly service may count its days and be charged once.
    ...(filled(serviceUnits) ? differs('serviceUnits', serviceUnits, each * count, each) : []),
  ];
}

const isManagedApart = ({ managedUnits, serviceUnits }: StatementRow): boolean =>
  filled(managedUnits) && managedUnits !== serviceUnits;

function limitMismatches(row: StatementRow): Mismatch[] {
  const { serviceUnits, serviceTypeExcessUnits: beyondType, serviceTypeUnitsWithinLimit: withinType } = row;
  const { benefitLimitExcessUnits: beyond, benefitLimitUnitsWithinLimit: within } = row;
  if (isManagedApart(row) || !filled(serviceUnits)) return [];
  const left = serviceUnits - (beyondType ?? 0);
  return [
    ...(filled(withinType) ? differs('serviceTypeUnitsWithinLimit', withinType, left) : []),
    ...(filled(within) ? differs('benefitLimitUnitsWithinLimit', within, left - (beyond ?? 0)) : []),
  ];
}

function amountMismatches(row: StatementRow, folded: number): Mismatch[] {
  const { unitPrice, totalCost, benefitRate, benefitClaim, copayment, fullCopayment, serviceUnits } = row;
  const insured = row.benefitLimitUnitsWithinLimit ?? row.serviceTypeUnitsWithinLimit ?? serviceUnits;
  const beyond = (row.serviceTypeExcessUnits ?? 0) + (row.benefitLimitExcessUnits ?? 0);
  const isOver = row.overThirtyDays === '1' || statementRowKind(row.serviceCode) === 'overThirtyDays';
  const isFixed = filled(row.fixedCopaymentUnitPrice);
  const mismatches: Mismatch[] = [];
  if (filled(unitPrice) && filled(insured)) {
    const cost = yenOf(insured, unitPrice);
    if (filled(totalCost)) {
      mismatches.push(
        ...differs('totalCost', totalCost, cost, yenOf(insured + folded, unitPrice), ...(isOver ? [0] : [])),
      );
    }
    if (filled(fullCopayment) && isOver && !totalCost)
      mismatches.push(...differs('fullCopayment', fullCopayment, cost));
    if (filled(fullCopayment) && !isOver && !isManagedApart(row)) {
      const full = yenOf(beyond, unitPrice);
      mismatches.push(...differs('fullCopayment', fullCopayment, full, yenOf(insured + beyond, unitPrice) - cost));
    }
  }
  if (!filled(totalCost) || !filled(benefitClaim)) return mismatches;
  if (filled(benefitRate) && benefitRate <= 100 && !isFixed) {
    mismatches.push(...differs('benefitClaim', benefitClaim, claimOf(totalCost, benefitRate)));
  }
  if (filled(copayment)) mismatches.push(...differs('copayment', copayment, totalCost - benefitClaim));
  return mismatches;
}
