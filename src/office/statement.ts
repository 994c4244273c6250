import type { Issue } from '../schema/index.js';
import { checkObject } from '../schema/model/check.js';
import { objectOf } from '../schema/model/part.js';
import {
  type Line,
  STATEMENT,
  type Statement,
  statement as statementSchema,
  TOTAL,
} from '../schema/model/usage-slip.js';
import { gatherDetails, type LeftOutLine } from './statement/details.js';
import { groupDetails } from './statement/groups.js';
import { checkLimits, type Exceeded, excessesOf } from './statement/limits.js';
import type { StatementOptions } from './statement/options.js';
import { statementRows } from './statement/rows.js';

/** The statement, or every reason why there is none. */
export type ComputedStatement =
  | {
      readonly ok: true;
      /** Undefined where no line is of a type that is exchanged: such a person has no sheet 7 (section 6). */
      readonly statement: Statement | undefined;
      readonly leftOut: readonly LeftOutLine[];
      readonly issues: readonly Issue[];
    }
  | {
      readonly ok: false;
      readonly statement?: undefined;
      /** The limits that the lines exceed, for the care manager to decide which lines do. */
      readonly exceeded: readonly Exceeded[];
      readonly issues: readonly Issue[];
    };

const HEAD = objectOf(STATEMENT);

/**
 * Makes sheet 7 of a person's month from the lines of sheet 6: detail rows, subtotals and the grand total (section 10).
 *
 * Units are whole numbers, amounts whole yen rounded down, without any error of floating point. Lines of types that are
 * not exchanged have no row and are returned. Does not throw: lists everything that is wrong with lines and options, with
 * its path (`lines[2].units`, `unitPrice`, `statement.rows[3].totalCost` for a sum that its column cannot hold). Units
 * over a limit that `overLimit` does not account for are an error.
 */
export function computeStatement(lines: readonly Line[], options: StatementOptions): ComputedStatement {
  const { createdOn, enteredBy, updatedBy, showValues = false } = options;
  const head = {
    createdOn,
    officeCode: TOTAL.serviceOfficeNumber,
    ...(enteredBy === undefined ? {} : { enteredBy }),
    ...(updatedBy === undefined ? {} : { updatedBy }),
  };
  const gathered = gatherDetails(lines, options);
  const grouped = groupDetails(gathered.details, options);
  const issues = [
    ...checkObject(HEAD, head, { showValues }),
    ...gathered.issues,
    ...grouped.issues,
    ...checkLimits(options),
  ];
  if (issues.length > 0) return { ok: false, exceeded: [], issues };

  const { leftOut, details } = gathered;
  const excesses = excessesOf(grouped.groups, options);
  if (excesses.issues.length > 0) return { ok: false, exceeded: excesses.exceeded, issues: excesses.issues };
  if (details.length === 0) return { ok: true, statement: undefined, leftOut, issues: [] };

  const statement: Statement = { ...head, rows: statementRows(grouped.groups, excesses, options) };
  const unwritable = checkObject(statementSchema, statement, { at: ['statement'], showValues });
  if (unwritable.length > 0) return { ok: false, exceeded: [], issues: unwritable };
  return { ok: true, statement, leftOut, issues: [] };
}
