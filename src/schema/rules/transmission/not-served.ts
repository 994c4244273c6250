import { transmissionRule } from '../rule.js';
import { reportServed, SERVED_BY } from './served.js';

/** A slip of a person who uses no service of the receiver's office number (section 6). */
export const notServed = transmissionRule({
  code: 'transmission.notServed',
  reading: 'warning',
  section: '6',
  columns: SERVED_BY,
  check: (transmission, report) => reportServed(transmission, report, 'none'),
});
