import type { Rule } from '../rule.js';
import { detailNumbers } from './detail-numbers.js';
import { duplicateRow } from './duplicate-row.js';
import { month } from './month.js';
import { numberGap } from './number-gap.js';
import { order } from './order.js';
import { statementArithmetic } from './statement-arithmetic.js';
import { statementEmptyColumn } from './statement-empty-column.js';
import { statementMissingRow } from './statement-missing-row.js';
import { statementNoRows } from './statement-no-rows.js';
import { statementRepeatedRow } from './statement-repeated-row.js';
import { statementSum } from './statement-sum.js';
import { statementTotalOffice } from './statement-total-office.js';
import { versionOfMonth } from './version-of-month.js';

/** What the records of one file cannot be together, in the order in which it is told. */
export const FILE_RULES: readonly Rule[] = Object.freeze([
  versionOfMonth,
  month,
  duplicateRow,
  order,
  numberGap,
  detailNumbers,
  statementMissingRow,
  statementRepeatedRow,
  statementNoRows,
  statementTotalOffice,
  statementEmptyColumn,
  statementArithmetic,
  statementSum,
]);
