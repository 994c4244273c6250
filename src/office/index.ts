export * from './apply/index.js';
export * from './plan/index.js';
export { type CheckStatementOptions, checkStatement } from './check-statement.js';
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
