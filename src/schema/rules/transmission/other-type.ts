import { transmissionRule } from '../rule.js';
import { reportServed, SERVED_BY } from './served.js';

/** A slip of a person who uses services of the receiver's office number, but none of the service type addressed (section 6). */
export const otherType = transmissionRule({
  code: 'transmission.otherType',
  section: '6',
  columns: SERVED_BY,
  check: (transmission, report) => reportServed(transmission, report, 'office'),
});
