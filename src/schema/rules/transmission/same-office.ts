import { transmissionRule } from '../rule.js';
import { isSame } from './addresses.js';

/** A transmission of an office to itself. Names of edition 3 have no service type, so that two offices may look the same. */
export const sameOffice = transmissionRule({
  code: 'transmission.sameOffice',
  reading: 'warning',
  section: '1',
  columns: [],
  check({ from, to, files, images }, report) {
    if (from.serviceType !== undefined && isSame(from, to)) report((files[0] ?? images[0])?.path);
  },
});
