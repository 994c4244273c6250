import type { StatementRow } from '../model/usage-slip.js';

export const LIMIT_UNITS = [
  'serviceTypeExcessUnits',
  'serviceTypeUnitsWithinLimit',
  'benefitLimitExcessUnits',
  'benefitLimitUnitsWithinLimit',
] as const satisfies readonly (keyof StatementRow)[];
export const AMOUNTS = [
  'totalCost',
  'benefitClaim',
  'copayment',
  'fullCopayment',
] as const satisfies readonly (keyof StatementRow)[];

/** The columns of sheet 7 that follow from each other. */
export const STATEMENT_COLUMNS = [
  'serviceOfficeNumber',
  'serviceCode',
  'units',
  'discountRate',
  'discountedUnits',
  'count',
  'serviceUnits',
  'managedUnits',
  ...LIMIT_UNITS,
  'unitPrice',
  'benefitRate',
  'fixedCopaymentUnitPrice',
  ...AMOUNTS,
  'overThirtyDays',
] as const satisfies readonly (keyof StatementRow)[];
export type StatementColumn = (typeof STATEMENT_COLUMNS)[number];
