import { recordRule } from '../rule.js';
import { hasTimes, NO_TIME, PAIRS_OF_TIMES } from './time-pairs.js';

/** An end before its start: right only across midnight (section 9). */
export const endBeforeStart = recordRule({
  code: 'record.endBeforeStart',
  section: '9',
  columns: PAIRS_OF_TIMES.flat(),
  of: hasTimes,
  check(record, report) {
    for (const [startName, endName] of PAIRS_OF_TIMES) {
      const start = record[startName];
      const end = record[endName];
      if (start !== undefined && end !== undefined && end < start && start !== NO_TIME) report(endName);
    }
  },
});
