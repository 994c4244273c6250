import type { Draft, DraftRow, RuleVector } from '../rule-samples.js';
import { rowOf } from '../rule-samples.js';
import { STATEMENT_VECTORS } from './statement.js';

/** The rows of a kind of file, to be changed in place. */
const rowsOf = (draft: Draft, kind: string): DraftRow[] => draft.files[kind] ?? [];

/** A withdrawal of a slip of another month. */
const ofMonth = (slip: Draft, month: string): void => {
  slip.month = month;
  rowOf(slip, 'DLTPLAN').serviceMonth = month;
};

/** Puts more services behind the only one of the last support plan of the first person: row 4 of the file. */
const addServices = (draft: Draft, numbers: readonly string[]): void => {
  const rows = rowsOf(draft, 'UPYOBO_SUB');
  const { supportPoint, informalSupport, formalSupport, ...last } = rowOf(draft, 'UPYOBO_SUB', 3);
  const bare = { ...last, overallIssue: undefined, proposedGoalAndMeasures: undefined, wishes: undefined };
  rows.splice(4, 0, ...numbers.map((serviceNumber) => ({ ...bare, goal: undefined, serviceNumber })));
};

/** Vectors of the rules of scope file. */
export const FILE_VECTORS: readonly RuleVector[] = [
  {
    code: 'file.versionOfMonth',
    bases: ['withdrawnSlip'],
    break: (slip) => ofMonth(slip, '2025-03'),
    at: { kind: 'DLTPLAN', row: 1, field: 'csvVersion' },
    keep: (slip) => ofMonth(slip, '2025-04'),
  },
  {
    // Without a service month: the version in force on the day of sending.
    code: 'file.versionOfMonth',
    bases: ['withdrawnPlan'],
    break: (plan) => {
      plan.serial = '20250331235959';
    },
    at: { kind: 'DLT1KYO', row: 1, field: 'csvVersion' },
    keep: (plan) => {
      plan.serial = '20250401000000';
    },
  },
  {
    code: 'file.month',
    bases: ['withdrawnSlip'],
    break: (slip) => {
      slip.month = '2025-10';
    },
    at: { kind: 'DLTPLAN', row: 1, field: 'serviceMonth' },
    keep: (slip) => ofMonth(slip, '2025-10'),
  },
  {
    // Told once, though two rows are of the other month.
    code: 'file.month',
    bases: ['withdrawnSlip'],
    break: (slip) => {
      const row = rowOf(slip, 'DLTPLAN');
      const other = { ...row, serviceMonth: '2025-12' };
      rowsOf(slip, 'DLTPLAN').push(other, { ...other, insuredPersonNumber: '0001729633' });
    },
    at: { kind: 'DLTPLAN', row: 2, field: 'serviceMonth' },
    keep: (slip) => {
      rowsOf(slip, 'DLTPLAN').push({ ...rowOf(slip, 'DLTPLAN'), insuredPersonNumber: '0001729633' });
    },
  },
  {
    code: 'file.duplicateRow',
    bases: ['withdrawnSlip'],
    break: (slip) => rowsOf(slip, 'DLTPLAN').push({ ...rowOf(slip, 'DLTPLAN') }),
    at: { kind: 'DLTPLAN', row: 2, field: 'insuredPersonNumber' },
    keep: (slip) => rowsOf(slip, 'DLTPLAN').push({ ...rowOf(slip, 'DLTPLAN'), insuredPersonNumber: '0001729633' }),
  },
  {
    code: 'file.duplicateRow',
    bases: ['plan'],
    break: (plan) => {
      rowOf(plan, 'UP2KYO', 4).serviceNumber = 3;
    },
    at: { kind: 'UP2KYO', row: 5, field: 'serviceNumber' },
    // The same service twice: only its numbers are its key.
    keep: (plan) => {
      const { serviceNumber, ...same } = rowOf(plan, 'UP2KYO', 3);
      Object.assign(rowOf(plan, 'UP2KYO', 4), same);
    },
  },
  {
    code: 'file.duplicateRow',
    bases: ['preventive'],
    break: (preventive) => addServices(preventive, ['1']),
    at: { kind: 'UPYOBO_SUB', row: 5, field: 'serviceNumber' },
    keep: (preventive) => addServices(preventive, ['2']),
  },
  {
    code: 'file.order',
    bases: ['plan'],
    break: (plan) => {
      const rows = rowsOf(plan, 'UP2KYO');
      rows.splice(1, 2, ...rows.slice(1, 3).reverse());
    },
    at: { kind: 'UP2KYO', row: 3, field: 'serviceNumber' },
    // Plans stand in any order.
    keep: (plan) => {
      const rows = rowsOf(plan, 'UP2KYO');
      const { insuredPersonNumber } = rowOf(plan, 'UP2KYO');
      const isFirst = (row: DraftRow) => row.insuredPersonNumber === insuredPersonNumber;
      plan.files.UP2KYO = [...rows.filter((row) => !isFirst(row)), ...rows.filter(isFirst)];
    },
  },
  {
    code: 'file.order',
    bases: ['preventive'],
    break: (preventive) => addServices(preventive, ['10', '2', '3', '4', '5', '6', '7', '8', '9']),
    at: { kind: 'UPYOBO_SUB', row: 6, field: 'serviceNumber' },
    keep: (preventive) => addServices(preventive, ['2', '3', '4', '5', '6', '7', '8', '9', '10']),
  },
  {
    code: 'file.numberGap',
    bases: ['plan'],
    break: (plan) => rowsOf(plan, 'UP2KYO').splice(2, 1),
    at: { kind: 'UP2KYO', row: 3, field: 'serviceNumber' },
    // The last service of a goal.
    keep: (plan) => rowsOf(plan, 'UP2KYO').splice(4, 1),
  },
  {
    code: 'file.numberGap',
    bases: ['preventive'],
    break: (preventive) => {
      rowOf(preventive, 'UPYOBO_SUB', 3).supportPlanNumber = '2';
    },
    at: { kind: 'UPYOBO_SUB', row: 4, field: 'supportPlanNumber' },
    // Services restart within their support plan.
    keep: (preventive) => {
      const row = rowOf(preventive, 'UPYOBO_SUB', 2);
      row.supportPlanNumber = '3';
      row.serviceNumber = '1';
    },
  },
  {
    // Two rentals of 300 units of one service code: without a number they are one.
    code: 'file.detailNumbers',
    bases: ['slip'],
    break: (slip) => {
      rowOf(slip, 'UPPLAN', 3).detailNumber = undefined;
    },
    at: { kind: 'UPPLAN', row: 4, field: 'detailNumber' },
    keep: (slip) => {
      rowOf(slip, 'UPPLAN', 2).detailNumber = 2;
      rowOf(slip, 'UPPLAN', 3).detailNumber = 1;
    },
  },
  {
    code: 'file.detailNumbers',
    bases: ['slip'],
    break: (slip) => {
      rowOf(slip, 'UPPLAN', 3).detailNumber = 3;
    },
    at: { kind: 'UPPLAN', row: 4, field: 'detailNumber' },
    // Other units, so that nothing is shared: both without a number.
    keep: (slip) => {
      Object.assign(rowOf(slip, 'UPPLAN', 2), { detailNumber: undefined, units: 250 });
      rowOf(slip, 'UPPLAN', 3).detailNumber = undefined;
    },
  },
  {
    code: 'file.detailNumbers',
    bases: ['slip'],
    break: (slip) => {
      rowOf(slip, 'UPPLAN').detailNumber = 1;
    },
    at: { kind: 'UPPLAN', row: 1, field: 'detailNumber' },
    // One item on two days: whether it counts as one the standard does not say.
    keep: (slip) => {
      const row = rowOf(slip, 'UPPLAN');
      rowsOf(slip, 'UPPLAN').splice(1, 0, { ...row, serviceDate: '2025-11-16' });
    },
  },
  {
    // Two equal items on one day.
    code: 'file.detailNumbers',
    bases: ['slip'],
    break: (slip) => {
      const row = rowOf(slip, 'UPPLAN');
      row.detailNumber = 1;
      rowsOf(slip, 'UPPLAN').splice(1, 0, { ...row });
    },
    at: { kind: 'UPPLAN', row: 2, field: 'detailNumber' },
    keep: (slip) => {
      const row = rowOf(slip, 'UPPLAN');
      row.detailNumber = 1;
      rowsOf(slip, 'UPPLAN').splice(1, 0, { ...row, detailNumber: 2 });
    },
  },
  {
    code: 'file.detailNumbers',
    bases: ['actuals'],
    break: (actuals) => {
      rowOf(actuals, 'UPJSK', 3).detailNumber = 1;
    },
    at: { kind: 'UPJSK', row: 4, field: 'detailNumber' },
    // Only the second of two was delivered: it keeps its number.
    keep: (actuals) => rowsOf(actuals, 'UPJSK').splice(2, 1),
  },
  ...STATEMENT_VECTORS,
];
