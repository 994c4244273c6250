import { recordRule } from '../rule.js';
import { hasCheckDigit } from './check-digit.js';

/** An insurer number whose check digit does not agree. */
export const insurerCheckDigit = recordRule({
  code: 'record.insurerCheckDigit',
  hint: true,
  section: '5',
  columns: ['insurerNumber'],
  check({ insurerNumber }, report) {
    if (insurerNumber !== undefined && !hasCheckDigit(insurerNumber)) report('insurerNumber');
  },
});
