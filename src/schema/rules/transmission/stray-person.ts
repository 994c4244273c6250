import { transmissionRule } from '../rule.js';
import { areComplete, PERSON, supplements, unitsBy } from './units.js';

/** A supplement of a person who has no care plan or slip beside it (section 6). */
export const strayPerson = transmissionRule({
  code: 'transmission.strayPerson',
  reading: 'warning',
  section: '6',
  columns: [],
  check({ files }, report) {
    for (const supplement of files) {
      const heads = files.filter(({ layout }) => supplements(supplement, layout));
      if (heads.length === 0 || !areComplete(heads)) continue;
      const owned = new Set(
        heads.flatMap(({ layout }) => {
          const known = unitsBy(heads, layout);
          const own = [...unitsBy([supplement], layout)].filter(([key]) => known.has(key));
          return own.map(([, { index }]) => index);
        }),
      );
      for (const { index } of unitsBy([supplement], supplement.layout).values()) {
        if (!owned.has(index)) report(supplement.path, index, PERSON, { expected: heads[0]?.layout.kind ?? '' });
      }
    }
  },
});
