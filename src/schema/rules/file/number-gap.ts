import { fileRule } from '../rule.js';
import { compareRows, levelBetween, NUMBER_COLUMNS, numberingOf, type TreeRow, treesOf } from './trees.js';

/** A number that is left out in a tree: each level counts from 1 within its parent (sections 7 and 11). */
export const numberGap = fileRule({
  code: 'file.numberGap',
  reading: 'warning',
  section: '7',
  columns: NUMBER_COLUMNS,
  of: ({ numbering }) => numbering !== undefined,
  check(file, report) {
    // A row that was not read may be the one that is missing.
    if (!file.whole) return;
    const names = numberingOf(file.layout);
    for (const rows of file.once(treesOf)) {
      let before: TreeRow | undefined;
      for (const row of [...rows].sort(compareRows)) {
        const from = before ? levelBetween(before, row) : 0;
        for (let level = from; level >= 0 && level < names.length; level++) {
          const expected = before && level === from ? (before.numbers[level] ?? 0) + 1 : 1;
          const found = row.numbers[level] ?? 0;
          if (found !== expected) report(row.index, names[level], { found, expected });
        }
        before = row;
      }
    }
  },
});
