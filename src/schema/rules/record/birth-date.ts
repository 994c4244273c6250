import { recordRule } from '../rule.js';

/** A date of birth in the future. */
export const birthDate = recordRule({
  code: 'record.birthDate',
  reading: 'warning',
  section: '5',
  columns: ['birthDate'],
  check({ birthDate }, report, { today }) {
    if (birthDate !== undefined && birthDate > today) report('birthDate');
  },
});
