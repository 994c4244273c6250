import { daysInMonth } from '../../cell.js';
import { recordRule } from '../rule.js';

/** 日割対象日 beyond the last day of the month (section 9). */
export const proratedDays = recordRule({
  code: 'record.proratedDays',
  section: '9',
  columns: ['proratedDays', 'serviceMonth'],
  check({ proratedDays, serviceMonth }, report) {
    if (proratedDays === undefined || serviceMonth === undefined) return;
    const days = daysInMonth(Number(serviceMonth.slice(0, 4)), Number(serviceMonth.slice(5)));
    if (proratedDays.includes('1', days)) report('proratedDays', { expected: days });
  },
});
