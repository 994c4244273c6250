import { fileRule } from '../rule.js';
import { compareRows, levelBetween, NUMBER_COLUMNS, numberingOf, type TreeRow, treesOf } from './trees.js';

/** Rows of a tree that are not sorted by their numbers: told once for each plan (sections 7 and 11). */
export const order = fileRule({
  code: 'file.order',
  reading: 'warning',
  section: '7',
  columns: NUMBER_COLUMNS,
  of: ({ numbering }) => numbering !== undefined,
  check(file, report) {
    const names = numberingOf(file.layout);
    for (const rows of file.once(treesOf)) {
      const at = rows.findIndex((row, i) => i > 0 && compareRows(rows[i - 1] as TreeRow, row) > 0);
      if (at < 0) continue;
      const row = rows[at] as TreeRow;
      report(row.index, names[levelBetween(rows[at - 1] as TreeRow, row)]);
    }
  },
});
