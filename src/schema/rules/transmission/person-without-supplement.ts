import { transmissionRule } from '../rule.js';
import { isHead, PERSON, supplements, unitsWithout } from './units.js';

/** A person of a care plan or a slip without the supplement (section 1). */
export const personWithoutSupplement = transmissionRule({
  code: 'transmission.personWithoutSupplement',
  reading: 'warning',
  section: '1',
  columns: [],
  check({ files }, report) {
    for (const head of files) {
      if (!isHead(head.layout)) continue;
      const own = files.filter((file) => supplements(file, head.layout));
      for (const index of unitsWithout(head, own)) {
        report(head.path, index, PERSON, { expected: own[0]?.layout.kind ?? '' });
      }
    }
  },
});
