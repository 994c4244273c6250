import { V4_1 } from '../../editions/index.js';
import { type ColumnName, recordRule } from '../rule.js';

const columns = V4_1.layouts.flatMap(({ placed }) =>
  placed.flatMap(({ name, neededFor }) => (neededFor ? [name, neededFor.column] : [])),
) as ColumnName[];

/** A code for "other" without the text that says what. */
export const otherText = recordRule({
  code: 'record.otherText',
  reading: 'warning',
  section: '5',
  columns,
  of: ({ placed }) => placed.some(({ neededFor }) => neededFor),
  check(record, report, { layout }) {
    for (const { name, neededFor } of layout.placed) {
      if (!neededFor || record[name as ColumnName] !== undefined) continue;
      if (record[neededFor.column as ColumnName] === neededFor.code) report(name as ColumnName);
    }
  },
});
