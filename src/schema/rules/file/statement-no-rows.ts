import { STATEMENT_COLUMNS } from '../../statement/columns.js';
import { fileRule } from '../rule.js';
import { reportStatements } from './statement.js';

/** A subtotal of a service type that has no detail row (section 10). */
export const statementNoRows = fileRule({
  code: 'statement.noRows',
  reading: 'warning',
  section: '10',
  columns: STATEMENT_COLUMNS,
  check(file, report) {
    // A row that was not read may be one of those that are added up.
    if (file.whole) reportStatements('statement.noRows', file, report);
  },
});
