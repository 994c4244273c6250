import type { StatementRow } from '../../model/usage-slip.js';
import { type StatementFault, type StatementFinding, statementFindings } from '../../statement/check.js';
import type { StatementColumn } from '../../statement/columns.js';
import type { FileRows, ReportRow } from '../rule.js';

/** A finding and the place of its row in the file; of the person's first row where it is about none. */
interface Found extends StatementFinding {
  readonly at: number;
}

/** What is wrong with the statements of a file. */
function findingsOf({ units, records }: FileRows): ReadonlyMap<StatementFault, readonly Found[]> {
  const found = new Map<StatementFault, Found[]>();
  for (const { indexes } of units) {
    // Units are sound in all columns of a statement: required ones are there.
    const rows = indexes.map((index) => records[index] as StatementRow);
    for (const finding of statementFindings(rows)) {
      const list = found.get(finding.fault) ?? [];
      list.push({ ...finding, at: indexes[finding.index ?? 0] as number });
      found.set(finding.fault, list);
    }
  }
  return found;
}

/** Reports what is wrong with the statements of a file in one way. Numbers of the person are not part of it. */
export function reportStatements(
  fault: StatementFault,
  file: FileRows,
  report: ReportRow<StatementColumn>,
  isCertain: (finding: StatementFinding & { readonly at: number }) => boolean = () => true,
): void {
  for (const finding of file.once(findingsOf).get(fault) ?? []) {
    const { at, name, expected } = finding;
    if (isCertain(finding)) report(at, name, expected === undefined ? {} : { expected });
  }
}
