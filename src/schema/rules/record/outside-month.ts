import { recordRule } from '../rule.js';

/** A day of service that is not in the service month of its row (section 9). */
export const outsideMonth = recordRule({
  code: 'record.outsideMonth',
  section: '9',
  columns: ['serviceDate', 'serviceMonth'],
  check({ serviceDate, serviceMonth }, report) {
    if (serviceDate !== undefined && serviceMonth !== undefined && !serviceDate.startsWith(serviceMonth)) {
      report('serviceDate', { expected: serviceMonth });
    }
  },
});
