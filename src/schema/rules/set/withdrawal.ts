import { setRule } from '../rule.js';
import { successions } from './pairs.js';

/** A withdrawal of what was withdrawn before, and not sent again since (section 5). */
export const withdrawal = setRule({
  code: 'set.withdrawal',
  section: '5',
  columns: [],
  check(transmissions, report) {
    for (const { before, now } of successions(transmissions)) {
      if (before.withdrawal && now.withdrawal) report(now.path, now.row);
    }
  },
});
