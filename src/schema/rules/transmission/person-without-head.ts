import { transmissionRule } from '../rule.js';
import { areComplete, filesOfKind, PERSON, unitsBy } from './units.js';

/** Rows of a subordinate file whose head is not in the file of the heads (section 5). */
export const personWithoutHead = transmissionRule({
  code: 'transmission.personWithoutHead',
  section: '5',
  columns: [],
  check({ files }, report) {
    for (const part of files) {
      const heads = filesOfKind(files, part.layout.headedBy);
      if (heads.length === 0 || !areComplete(heads)) continue;
      const known = unitsBy(heads, part.layout);
      for (const [key, { file, index }] of unitsBy([part], part.layout)) {
        if (!known.has(key)) report(file.path, index, PERSON, { expected: part.layout.headedBy ?? '' });
      }
    }
  },
});
