import { transmissionRule } from '../rule.js';

/** A transmission of an office to itself. Names of edition 3 have no service type, so that two offices may look the same. */
export const sameOffice = transmissionRule({
  code: 'transmission.sameOffice',
  reading: 'warning',
  section: '1',
  columns: [],
  check({ from, to, files, images }, report) {
    if (from.serviceType === undefined) return;
    if (from.officeNumber === to.officeNumber && from.serviceType === to.serviceType) {
      report((files[0] ?? images[0])?.path);
    }
  },
});
