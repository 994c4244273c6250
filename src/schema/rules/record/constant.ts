import { V4_1 } from '../../editions/index.js';
import { type ColumnName, recordRule } from '../rule.js';

const columns = V4_1.layouts.flatMap(({ placed }) =>
  placed.flatMap(({ name, constant }) => (constant === undefined ? [] : [name])),
) as ColumnName[];

/** Another value than the constant of a column (section 10). */
export const constant = recordRule({
  code: 'record.constant',
  reading: 'warning',
  section: '10',
  columns,
  of: ({ placed }) => placed.some(({ constant }) => constant !== undefined),
  check(record, report, { layout }) {
    for (const name of columns) {
      const expected = layout.columns[name]?.constant;
      const found = record[name];
      if (expected !== undefined && found !== undefined && found !== expected) report(name, { expected });
    }
  },
});
