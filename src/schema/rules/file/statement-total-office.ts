import { STATEMENT_COLUMNS } from '../../statement/columns.js';
import { fileRule } from '../rule.js';
import { reportStatements } from './statement.js';

/** A grand total under another office number than 9999999999 (section 10). */
export const statementTotalOffice = fileRule({
  code: 'statement.totalOffice',
  reading: 'warning',
  section: '10',
  columns: STATEMENT_COLUMNS,
  check(file, report) {
    reportStatements('statement.totalOffice', file, report);
  },
});
