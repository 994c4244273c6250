import { transmissionRule } from '../rule.js';
import { areComplete, isHead, PERSON, supplements, unitsBy } from './units.js';

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
      if (!areComplete(own) || own.every(({ records }) => records.length === 0)) continue;
      const known = unitsBy(own, head.layout);
      for (const [key, { file, index }] of unitsBy([head], head.layout)) {
        if (!known.has(key)) report(file.path, index, PERSON, { expected: own[0]?.layout.kind ?? '' });
      }
    }
  },
});
