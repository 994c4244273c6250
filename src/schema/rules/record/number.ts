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
    const { numbering = [], outerRows } = layout;
    for (const [level, name] of (numbering as readonly ColumnName[]).entries()) {
      const found = record[name];
      if (found === undefined && outerRows && level > 0) {
        const inner = (numbering as readonly ColumnName[]).slice(level + 1);
        if (inner.every((one) => record[one] === undefined)) return;
      }
      if (!/^[1-9][0-9]?$/.test(String(found ?? ''))) report(name, { expected: '1 - 99' });
    }
  },
});
