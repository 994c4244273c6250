import { transmissionRule } from '../rule.js';
import { areComplete, filesOfKind, isHead, PERSON, unitsBy } from './units.js';

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
        const ofKind = filesOfKind(parts, kind);
        // That a file is empty is told of the file.
        if (!areComplete(ofKind) || ofKind.every(({ records }) => records.length === 0)) continue;
        const known = unitsBy(ofKind, head.layout);
        for (const [key, { file, index }] of unitsBy([head], head.layout)) {
          if (!known.has(key)) report(file.path, index, PERSON, { expected: kind });
        }
      }
    }
  },
});
