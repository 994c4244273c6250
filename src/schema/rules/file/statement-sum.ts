import { STATEMENT_COLUMNS } from '../../statement/columns.js';
import { fileRule } from '../rule.js';
import { reportStatements } from './statement.js';

/** A subtotal or grand total that is not the sum of its rows (section 10). */
export const statementSum = fileRule({
  code: 'statement.sum',
  reading: 'warning',
  section: '10',
  columns: STATEMENT_COLUMNS,
  check(file, report) {
    // A row that was not read may be one of those that are added up.
    if (file.whole) reportStatements('statement.sum', file, report);
  },
});
