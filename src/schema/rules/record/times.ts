import { recordRule } from '../rule.js';
import { hasTimes, NO_TIME, PAIRS_OF_TIMES } from './time-pairs.js';

/** A time of day on one side only: 9999, or nothing, on the other (sections 8 and 9). */
export const times = recordRule({
  code: 'record.times',
  section: '9',
  columns: PAIRS_OF_TIMES.flat(),
  of: hasTimes,
  check(record, report, { layout }) {
    for (const [startName, endName] of PAIRS_OF_TIMES) {
      const start = record[startName];
      const end = record[endName];
      const lacksStart = start === undefined || start === NO_TIME;
      if (lacksStart === (end === undefined || end === NO_TIME)) continue;
      // An empty required cell is told already.
      const isTold = layout.columns[startName]?.required && (start === undefined || end === undefined);
      if (!isTold) report(lacksStart ? startName : endName);
    }
  },
});
