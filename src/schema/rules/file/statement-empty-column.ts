import { STATEMENT_COLUMNS } from '../../statement/columns.js';
import { fileRule } from '../rule.js';
import { reportStatements } from './statement.js';

/** 単位数 other than 0, or a discount, on a subtotal or total row (section 10). */
export const statementEmptyColumn = fileRule({
  code: 'statement.emptyColumn',
  reading: 'warning',
  section: '10',
  columns: STATEMENT_COLUMNS,
  check(file, report) {
    reportStatements('statement.emptyColumn', file, report);
  },
});
