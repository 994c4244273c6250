import { fileRule } from '../rule.js';

/** Whether it is a month, not the marker that stands for none. */
export const isMonth = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** Rows of another month than the one in the file's name, or than the first row: told once for each month (section 5). */
export const month = fileRule({
  code: 'file.month',
  section: '5',
  columns: ['serviceMonth'],
  check({ records, month: named }, report) {
    let expected = isMonth(named) ? named : undefined;
    const told = new Set<string>();
    for (let index = 0; index < records.length; index++) {
      const found = records[index]?.serviceMonth;
      if (found === expected || !isMonth(found) || told.has(found)) continue;
      if (expected === undefined) expected = found;
      else {
        told.add(found);
        report(index, 'serviceMonth', { found, expected });
      }
    }
  },
});
