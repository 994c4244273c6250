import { recordRule } from '../rule.js';

/** 日割対象日 that marks no day: it is empty unless something is billed by the day (section 9). */
export const proratedNone = recordRule({
  code: 'record.proratedNone',
  reading: 'warning',
  section: '9',
  columns: ['proratedDays'],
  check({ proratedDays }, report) {
    if (proratedDays !== undefined && !proratedDays.includes('1')) report('proratedDays');
  },
});
