import type { Draft, DraftRow, RuleVector } from '../rule-samples.js';
import { rowOf } from '../rule-samples.js';

/** The first person's sheet 7: four rows of equipment rental, their subtotal, the grand total. */
const SUBTOTAL = 4;
const TOTAL = 5;
const rowAt = (slip: Draft, index: number): DraftRow => rowOf(slip, 'UPSIKYU', index);
const insert = (slip: Draft, index: number, row: DraftRow): void => {
  slip.files.UPSIKYU?.splice(index, 0, row);
};
/** Columns that need not be filled. */
const WITHOUT_AMOUNTS = {
  ...{ serviceUnits: undefined, managedUnits: undefined, unitPrice: undefined, benefitRate: undefined },
  ...{ serviceTypeExcessUnits: undefined, serviceTypeUnitsWithinLimit: undefined },
  ...{ benefitLimitExcessUnits: undefined, benefitLimitUnitsWithinLimit: undefined },
  ...{ totalCost: undefined, benefitClaim: undefined, copayment: undefined, fullCopayment: undefined },
};

/** Vectors of the rules about sheet 7. */
export const STATEMENT_VECTORS: readonly RuleVector[] = [
  {
    code: 'statement.missingRow',
    bases: ['slip'],
    break: (slip) => slip.files.UPSIKYU?.splice(TOTAL, 1),
    at: { kind: 'UPSIKYU', row: 1 },
    // One detail row needs no subtotal.
    keep: (slip) => {
      slip.files.UPSIKYU?.splice(1, SUBTOTAL);
      Object.assign(rowAt(slip, 1), { ...WITHOUT_AMOUNTS, serviceUnits: 450, managedUnits: 450 });
    },
  },
  {
    code: 'statement.missingRow',
    bases: ['slip'],
    break: (slip) => slip.files.UPSIKYU?.splice(SUBTOTAL, 1),
    at: { kind: 'UPSIKYU', row: 1 },
    keep: (slip) => Object.assign(rowAt(slip, SUBTOTAL), WITHOUT_AMOUNTS),
  },
  {
    code: 'statement.repeatedRow',
    bases: ['slip'],
    break: (slip) => insert(slip, TOTAL + 1, { ...rowAt(slip, TOTAL) }),
    at: { kind: 'UPSIKYU', row: 7, field: 'serviceCode' },
    // Another kind of subtotal.
    keep: (slip) =>
      insert(slip, TOTAL, { ...rowAt(slip, SUBTOTAL), ...WITHOUT_AMOUNTS, serviceCode: '17ZZZZ', serviceUnits: 0 }),
  },
  {
    code: 'statement.noRows',
    bases: ['slip'],
    break: (slip) => insert(slip, TOTAL, { ...rowAt(slip, SUBTOTAL), serviceCode: '12AAAA' }),
    at: { kind: 'UPSIKYU', row: 6, field: 'serviceCode' },
    // That a subtotal has the office number of its rows is our inference.
    keep: (slip) => {
      rowAt(slip, SUBTOTAL).serviceOfficeNumber = '9999999999';
    },
  },
  {
    code: 'statement.totalOffice',
    bases: ['slip'],
    break: (slip) => {
      rowAt(slip, TOTAL).serviceOfficeNumber = rowAt(slip, SUBTOTAL).serviceOfficeNumber;
    },
    at: { kind: 'UPSIKYU', row: 6, field: 'serviceOfficeNumber' },
    keep: (slip) => {
      rowAt(slip, SUBTOTAL).serviceOfficeNumber = rowAt(slip, TOTAL).serviceOfficeNumber;
    },
  },
  {
    code: 'statement.emptyColumn',
    bases: ['slip'],
    break: (slip) => {
      rowAt(slip, SUBTOTAL).units = 1950;
    },
    at: { kind: 'UPSIKYU', row: 5, field: 'units' },
    // These two columns must hold something.
    keep: (slip) => Object.assign(rowAt(slip, SUBTOTAL), { count: 4, overThirtyDays: '1' }),
  },
  {
    code: 'statement.emptyColumn',
    bases: ['slip'],
    break: (slip) => {
      rowAt(slip, TOTAL).discountedUnits = 1950;
    },
    at: { kind: 'UPSIKYU', row: 6, field: 'discountedUnits' },
    keep: (slip) => {
      rowAt(slip, TOTAL).count = 4;
    },
  },
  {
    code: 'statement.arithmetic',
    bases: ['slip'],
    break: (slip) => {
      rowAt(slip, 0).discountRate = 50;
    },
    at: { kind: 'UPSIKYU', row: 1, field: 'discountedUnits' },
    // A discount is rounded either way: 95 % of 473 are 449.35.
    keep: (slip) => Object.assign(rowAt(slip, 0), { units: 473, discountRate: 95 }),
  },
  {
    code: 'statement.sum',
    bases: ['slip'],
    break: (slip) => {
      rowAt(slip, TOTAL).totalCost = 19501;
    },
    at: { kind: 'UPSIKYU', row: 6, field: 'totalCost' },
    // Only what is filled is judged.
    keep: (slip) => {
      rowAt(slip, TOTAL).totalCost = undefined;
    },
  },
  {
    code: 'statement.sum',
    bases: ['slip'],
    break: (slip) => {
      rowAt(slip, SUBTOTAL).managedUnits = 1949;
      rowAt(slip, TOTAL).managedUnits = 1949;
    },
    at: { kind: 'UPSIKYU', row: 5, field: 'managedUnits' },
    keep: (slip) => {
      rowAt(slip, SUBTOTAL).managedUnits = undefined;
    },
  },
];
