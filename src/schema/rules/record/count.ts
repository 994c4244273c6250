import { recordRule } from '../rule.js';

/** A row of sheet 6 for a service that takes place no time (section 9). */
export const count = recordRule({
  code: 'record.count',
  reading: 'warning',
  section: '9',
  columns: ['count', 'serviceDate'],
  check({ count }, report) {
    if (count === 0) report('count', { expected: '1 - 99' });
  },
});
