import { STATEMENT_COLUMNS } from '../../statement/columns.js';
import { fileRule } from '../rule.js';
import { reportStatements } from './statement.js';

/** A second subtotal or grand total of the same rows (section 10). */
export const statementRepeatedRow = fileRule({
  code: 'statement.repeatedRow',
  reading: 'warning',
  section: '10',
  columns: STATEMENT_COLUMNS,
  check(file, report) {
    reportStatements('statement.repeatedRow', file, report);
  },
});
