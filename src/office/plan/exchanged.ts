import {
  type Issue,
  issue,
  type StatementRow,
  serviceTypeIn,
  serviceTypeOf,
  statementRowKind,
  type UsageSlip,
} from '../../schema/internal.js';
import { SUMMED } from '../../schema/model/usage-slip.js';
import { sectionsOf } from '../../schema/statement/sections.js';
import { isExchanged } from './plan.js';

/** Lines whose service type is in no table: nobody could tell whether they are exchanged, and with whom. */
export function unknownTypes(slip: Pick<UsageSlip, 'lines'>, path: string): Issue[] {
  return slip.lines.flatMap(({ serviceCode }, i) =>
    serviceTypeOf(serviceTypeIn(serviceCode))
      ? []
      : [
          issue(
            'document.serviceType',
            { path: `${path}.lines[${i}].serviceCode` },
            { found: serviceTypeIn(serviceCode) },
          ),
        ],
  );
}

/**
 * The slip without services that are not exchanged, in sheets 6 and 7 alike (section 6); undefined where nothing is left.
 * The grand total is lowered by what its rows counted.
 */
export function exchangedPart(slip: UsageSlip): UsageSlip | undefined {
  const isSent = ({ serviceCode }: { readonly serviceCode: string }) => isExchanged(serviceTypeIn(serviceCode));
  const lines = slip.lines.filter(isSent);
  if (lines.length === 0) return undefined;
  const { statement } = slip;
  if (!statement) return lines.length === slip.lines.length ? slip : { ...slip, lines };
  const isTotal = ({ serviceCode }: StatementRow) => statementRowKind(serviceCode) === 'total';
  const dropped = statement.rows.filter((row) => !isTotal(row) && !isSent(row));
  if (dropped.length === 0 && lines.length === slip.lines.length) return slip;
  const rows = statement.rows
    .filter((row) => isTotal(row) || isSent(row))
    .map((row) => (isTotal(row) ? lowered(row, counted(dropped)) : row));
  return { ...slip, lines, statement: { ...statement, rows } };
}

/** The rows that the grand total counts: subtotals, and details that none of them adds up. */
function counted(rows: readonly StatementRow[]): StatementRow[] {
  const { sections, strangers } = sectionsOf(rows);
  const standing = sections.flatMap(({ subtotals, alone }) => [...subtotals, ...alone]);
  return [...standing, ...strangers].map(({ row }) => row);
}

/** The grand total less the amounts of rows. */
function lowered(total: StatementRow, rows: readonly StatementRow[]): StatementRow {
  const sums = SUMMED.flatMap((name) => {
    const value = total[name];
    const sum = rows.reduce((before, row) => before + (row[name] ?? 0), 0);
    return value === undefined ? [] : [[name, Math.max(0, value - sum)] as const];
  });
  return { ...total, ...Object.fromEntries(sums) };
}
