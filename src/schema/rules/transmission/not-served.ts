import { officeTypeOf } from '../../codes/office-type.js';
import { serviceTypeOf } from '../../codes/service-type.js';
import type { Layout } from '../../layout.js';
import { serviceTypeIn } from '../../model/usage-slip.js';
import { type Office, transmissionRule } from '../rule.js';
import { areComplete, isHead, PERSON } from './units.js';

/** A slip of a person who uses no service of the receiver (section 6). */
export const notServed = transmissionRule({
  code: 'transmission.notServed',
  reading: 'warning',
  section: '6',
  columns: ['serviceOfficeNumber', 'serviceCode'],
  check({ files, to }, report) {
    if (onlyPlans(to)) return;
    // Types of edition 4.0 are of unknown form, those of edition 3 are not there.
    const type = serviceTypeOf(to.serviceType ?? '')?.code;
    for (const file of files) {
      if (!isSlip(file.layout) || !areComplete([file])) continue;
      const { path, records, units } = file;
      for (const { indexes } of units) {
        const isServed = indexes.some((index) => {
          const { serviceOfficeNumber, serviceCode } = records[index] ?? {};
          if (serviceOfficeNumber === undefined || serviceCode === undefined) return true;
          return serviceOfficeNumber === to.officeNumber && (type === undefined || type === serviceTypeIn(serviceCode));
        });
        if (!isServed) report(path, indexes[0], PERSON);
      }
    }
  },
});

/** Whether an office plans and serves nobody: centres, and offices that a centre entrusts, get slips of others. */
const onlyPlans = ({ serviceType = '' }: Office): boolean =>
  officeTypeOf(serviceType) !== undefined && serviceTypeOf(serviceType) === undefined;

const isSlip = (layout: Layout): boolean =>
  isHead(layout) &&
  layout.sentBy === undefined &&
  'serviceOfficeNumber' in layout.columns &&
  'serviceCode' in layout.columns;
