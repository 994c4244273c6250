import { TOTAL } from '../../model/usage-slip.js';
import { recordRule } from '../rule.js';
import { hasCheckDigit } from './check-digit.js';

const columns = ['careManagementOfficeNumber', 'serviceOfficeNumber'] as const;

/** An office number whose check digit does not agree. */
export const officeCheckDigit = recordRule({
  code: 'record.officeCheckDigit',
  hint: true,
  section: '1',
  columns,
  of: (layout) => columns.some((name) => name in layout.columns),
  check(record, report) {
    for (const name of columns) {
      const number = record[name];
      if (number !== undefined && number !== TOTAL.serviceOfficeNumber && !hasCheckDigit(number)) report(name);
    }
  },
});
