import { setRule } from '../rule.js';
import { successions } from './pairs.js';

/** A document that replaces one which was made on a later day: an old export was sent after a newer one (section 1). */
export const replacement = setRule({
  code: 'set.replacement',
  section: '1',
  columns: [],
  check(transmissions, report) {
    for (const { before, now } of successions(transmissions)) {
      // What was withdrawn has no day: after it anything may come.
      if (before.createdOn !== undefined && now.createdOn !== undefined && now.createdOn < before.createdOn) {
        report(now.path, now.row);
      }
    }
  },
});
