export * from './apply/index.js';
export { type CheckStatementOptions, checkStatement } from './check-statement.js';
export * from './plan/index.js';
export { RECONCILE_REASONS, type ReconcileReason } from './reconcile/reasons.js';
export type {
  Attention,
  ComparisonState,
  DayDifference,
  DayKind,
  DayValues,
  PersonMonth,
  ReconciledDay,
  ReconciledLine,
  ReconciledMonth,
  ReconciledOffice,
  ReconciledService,
  ReconcileOptions,
  Reconciliation,
  TimesAndUnits,
} from './reconcile/types.js';
export { reconcile, reconcileMonth } from './reconcile.js';
export type { LeftOutLine } from './statement/details.js';
export type { Exceeded } from './statement/limits.js';
export type {
  Discount,
  ExcessUnits,
  OfficeService,
  OptionalSubtotal,
  OverLimit,
  PerService,
  StatementLimits,
  StatementOptions,
} from './statement/options.js';
export { type ComputedStatement, computeStatement } from './statement.js';
