import { recordRule } from '../rule.js';
import { PAIRS_OF_TIMES, timesOf } from './time-pairs.js';

/** An end before its start: right only across midnight (section 9). */
export const endBeforeStart = recordRule({
  code: 'record.endBeforeStart',
  section: '9',
  columns: PAIRS_OF_TIMES.flat(),
  of: (layout) => PAIRS_OF_TIMES.some(([start]) => start in layout.columns),
  check(record, report, { layout }) {
    for (const pair of PAIRS_OF_TIMES) {
      const { start, end } = timesOf(record, pair, layout) ?? {};
      if (start !== undefined && end !== undefined && end < start) report(pair[1]);
    }
  },
});
