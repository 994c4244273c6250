import { EDITIONS } from '../../editions/index.js';
import { fileRule } from '../rule.js';
import { isMonth } from './month.js';

/** The csvVersion of the edition that a kind of file is written in for a month: of the oldest one for months before it. */
function versionFor(month: string, kind: string): string | undefined {
  const editions = EDITIONS.filter(({ written, layouts }) => written && layouts.some((one) => one.kind === kind));
  return (editions.find(({ from }) => from <= month) ?? editions.at(-1))?.csvVersion;
}

/**
 * Another csvVersion than that of the service month; of files without one, than that in force on the day of sending
 * (section 4). Where rows and name disagree about the month, it is not judged.
 */
export const versionOfMonth = fileRule({
  code: 'file.versionOfMonth',
  reading: 'warning',
  section: '4',
  columns: ['csvVersion', 'serviceMonth'],
  of: () => true,
  check({ records, csvVersion, layout, month: named, serial }, report) {
    const index = records.findIndex((record) => record.csvVersion === csvVersion);
    const record = records[index];
    if (!record || csvVersion === undefined) return;
    const { serviceMonth } = record;
    const month = isMonth(serviceMonth) ? serviceMonth : `${serial.slice(0, 4)}-${serial.slice(4, 6)}`;
    if ('serviceMonth' in layout.columns && serviceMonth === undefined) return;
    if (!isMonth(month) || (isMonth(named) && named !== month)) return;
    const expected = versionFor(month, layout.kind);
    if (expected !== undefined && csvVersion !== expected) report(index, 'csvVersion', { found: csvVersion, expected });
  },
});
