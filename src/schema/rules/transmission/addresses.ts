import { type Office, transmissionRule } from '../rule.js';

/** A file or image with another sender, receiver or serial than the transmission that it is part of (section 1). */
export const addresses = transmissionRule({
  code: 'transmission.addresses',
  reading: 'warning',
  section: '1',
  columns: [],
  check({ from, to, serial, files, images }, report) {
    for (const one of [...files, ...images]) {
      if (!agree(one.from, from) || !agree(one.to, to) || one.serial !== serial) report(one.path);
    }
  },
});

/** Whether two addresses can be of one office: names of edition 3 have no service type. */
const agree = (one: Office, other: Office): boolean =>
  one.officeNumber === other.officeNumber &&
  (one.serviceType === other.serviceType || one.serviceType === undefined || other.serviceType === undefined);
