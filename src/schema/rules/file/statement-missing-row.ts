import { STATEMENT_COLUMNS } from '../../statement/columns.js';
import { fileRule } from '../rule.js';
import { reportStatements } from './statement.js';

/** A subtotal or grand total that is obligatory and missing: told at the first row of the person (section 10). */
export const statementMissingRow = fileRule({
  code: 'statement.missingRow',
  reading: 'warning',
  section: '10',
  columns: STATEMENT_COLUMNS,
  check(file, report) {
    // A row that was not read may be the one that is missing.
    if (file.whole) reportStatements('statement.missingRow', file, report);
  },
});
