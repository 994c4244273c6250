import { transmissionRule } from '../rule.js';

/** A file of another service month than those that it came with (section 5). */
export const months = transmissionRule({
  code: 'transmission.months',
  reading: 'warning',
  section: '5',
  columns: [],
  check({ files }, report) {
    const told = new Set<string>();
    let first: string | undefined;
    for (const { path, month, layout } of files) {
      if (month === undefined || month === layout.monthMarker || told.has(month)) continue;
      told.add(month);
      if (first === undefined) first = month;
      else report(path, undefined, undefined, { found: month, expected: first });
    }
  },
});
