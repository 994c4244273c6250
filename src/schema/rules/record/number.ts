import { V4_1 } from '../../editions/index.js';
import type { Layout } from '../../layout.js';
import { type ColumnName, recordRule } from '../rule.js';

const columns = [...new Set(V4_1.layouts.flatMap(({ numbering = [] }: Layout) => numbering))] as ColumnName[];

/** A row of a tree without one of its numbers, or with one below 1 (sections 7 and 11). */
export const number = recordRule({
  code: 'record.number',
  section: '7',
  columns,
  of: ({ numbering }) => numbering !== undefined,
  check(record, report, { layout }) {
    for (const name of (layout.numbering ?? []) as readonly ColumnName[]) {
      if (!/^[1-9][0-9]?$/.test(String(record[name] ?? ''))) report(name, { expected: '1 - 99' });
    }
  },
});
