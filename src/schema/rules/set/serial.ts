import { setRule } from '../rule.js';
import { pairOf } from './pairs.js';

/** Two transmissions of one pair of addresses with one serial: nobody can say which comes first (sections 1 and 2). */
export const serial = setRule({
  code: 'set.serial',
  reading: 'warning',
  section: '1',
  columns: [],
  check(transmissions, report) {
    const seen = new Set<string>();
    for (const transmission of transmissions) {
      const key = `${pairOf(transmission)} ${transmission.serial}`;
      if (seen.has(key)) report(transmission.path, undefined, { found: transmission.serial });
      seen.add(key);
    }
  },
});
