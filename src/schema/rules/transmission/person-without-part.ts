import { transmissionRule } from '../rule.js';
import { filesOfKind, isHead, PERSON, unitsWithout } from './units.js';

/** A person of a head who has no rows in a file that goes with it (section 1); lists may be empty. */
export const personWithoutPart = transmissionRule({
  code: 'transmission.personWithoutPart',
  reading: 'warning',
  section: '1',
  columns: [],
  check({ files }, report) {
    for (const head of files) {
      if (!isHead(head.layout)) continue;
      const parts = files.filter(({ layout }) => layout.headedBy === head.layout.kind && !layout.mayBeEmpty);
      for (const kind of new Set(parts.map(({ layout }) => layout.kind))) {
        for (const index of unitsWithout(head, filesOfKind(parts, kind))) {
          report(head.path, index, PERSON, { expected: kind });
        }
      }
    }
  },
});
