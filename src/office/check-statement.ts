import { type Issue, issue } from '../schema/index.js';
import { pathText } from '../schema/model/check.js';
import { columnOf } from '../schema/model/part.js';
import { type Statement, statement as statementSchema } from '../schema/model/usage-slip.js';
import { statementFindings } from '../schema/statement/check.js';

export interface CheckStatementOptions {
  /** Put numbers into issues: they may be personal data. */
  readonly showValues?: boolean;
  /** Precedes the path of every issue: `['usageSlips', 0, 'statement']`. */
  readonly at?: readonly (string | number)[];
}

/**
 * Checks that subtotals and grand total agree with their rows, column by column, that obligatory ones are there, and that
 * the arithmetic of each row holds (section 10).
 *
 * Only what is filled is judged, and only where the standard leaves the sender no choice. Does not throw for what
 * `checkDocuments` accepts; no issue where all agrees. Paths are those of the statement: `rows[5].totalCost`.
 */
export function checkStatement(statement: Statement, options: CheckStatementOptions = {}): Issue[] {
  const { at = [], showValues = false } = options;
  return statementFindings(statement.rows).map(({ fault, index, name, numbers, expected }) => {
    const path = pathText([
      ...at,
      'rows',
      ...(index === undefined ? [] : [index]),
      ...(name === undefined ? [] : [name]),
    ]);
    const details = expected === undefined ? (showValues && numbers) || {} : { expected };
    const column = name && columnOf(statementSchema.shape.rows.element, name);
    // In an object the office number of the grand total is a cell of the wrong form.
    const code = fault === 'statement.totalOffice' ? 'cell.form' : fault;
    return issue(code, { path }, details, column ? { column } : {});
  });
}
