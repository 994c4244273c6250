import { recordRule } from '../rule.js';
import { PAIRS_OF_TIMES, type PairName, timesOf } from './time-pairs.js';

/** A time of day on one side only: 9999, or nothing, on the other (sections 8 and 9). */
export const times = recordRule({
  code: 'record.times',
  section: '9',
  columns: PAIRS_OF_TIMES.flat(),
  of: (layout) => PAIRS_OF_TIMES.some(([start]) => start in layout.columns),
  check(record, report, { layout }) {
    for (const pair of PAIRS_OF_TIMES) {
      const found = timesOf(record, pair, layout);
      if (found && (found.start === undefined) !== (found.end === undefined)) report(lacking(pair, found.start));
    }
  },
});

const lacking = ([start, end]: readonly [PairName, PairName], found: string | undefined): PairName =>
  found === undefined ? start : end;
