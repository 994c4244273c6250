import { statementRowKind } from '../../model/usage-slip.js';
import { STATEMENT_COLUMNS } from '../../statement/columns.js';
import { type Cells, fileRule } from '../rule.js';
import { reportStatements } from './statement.js';

/** A value of a row of sheet 7 that does not follow from the others of the row (section 10). */
export const statementArithmetic = fileRule({
  code: 'statement.arithmetic',
  reading: 'warning',
  section: '10',
  columns: STATEMENT_COLUMNS,
  check(file, report) {
    // The cost on a subtotal may hold that of rows outside the limit, which may be among those that were not read.
    reportStatements('statement.arithmetic', file, report, ({ at }) => file.whole || isDetail(file.records[at]));
  },
});

const isDetail = ({ serviceCode = '' }: Cells<'serviceCode'> = {}): boolean =>
  statementRowKind(serviceCode) === 'detail';
