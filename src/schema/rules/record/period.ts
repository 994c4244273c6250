import { recordRule } from '../rule.js';

const PERIODS = [
  ['certificationPeriodStart', 'certificationPeriodEnd'],
  ['limitStartDate', 'limitEndDate'],
] as const;

/** A period that ends before it starts. */
export const period = recordRule({
  code: 'record.period',
  reading: 'warning',
  section: '5',
  columns: PERIODS.flat(),
  of: ({ columns }) => PERIODS.some(([start]) => start in columns),
  check(record, report) {
    for (const [startName, endName] of PERIODS) {
      const start = record[startName];
      const end = record[endName];
      if (start !== undefined && end !== undefined && end < start) report(endName);
    }
  },
});
