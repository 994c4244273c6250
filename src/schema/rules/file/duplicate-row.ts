import { V4_1 } from '../../editions/index.js';
import type { Layout } from '../../layout.js';
import { type ColumnName, fileRule } from '../rule.js';

const columns = [...new Set(V4_1.layouts.flatMap(({ rowKey }: Layout) => rowKey ?? []))] as ColumnName[];

/** A row with the key of an earlier one (section 5). */
export const duplicateRow = fileRule({
  code: 'file.duplicateRow',
  section: '5',
  columns,
  of: ({ rowKey }) => rowKey !== null,
  check({ layout, records, units }, report) {
    const { rowKey, unitKey, unitKeyPrefix = {} } = layout;
    // Rows of one unit are the same in its key.
    const rest = (rowKey ?? []).filter((name) => !unitKey.includes(name) || name in unitKeyPrefix) as ColumnName[];
    const column = rest.at(-1) ?? 'insuredPersonNumber';
    for (const { indexes } of units) {
      if (indexes.length === 1) continue;
      const seen = new Set<string>();
      for (const index of indexes) {
        let key = '';
        for (const name of rest) key += `${records[index]?.[name] ?? '?'} `;
        // What lacks a part of its key is told already.
        if (key.includes('?')) continue;
        if (seen.has(key)) report(index, column);
        else seen.add(key);
      }
    }
  },
});
