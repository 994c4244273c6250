import { officeTypeOf } from '../../codes/office-type.js';
import { serviceTypeOf } from '../../codes/service-type.js';
import type { Layout } from '../../layout.js';
import { serviceTypeIn } from '../../model/usage-slip.js';
import type { Office, ReportFile, TransmissionFacts } from '../rule.js';
import { areComplete, isHead, PERSON } from './units.js';

/** How far a receiver serves a person: by a service of the type addressed, by another of its services, by none. */
export type Served = 'type' | 'office' | 'none';

/** The columns that say who serves a person. */
export const SERVED_BY = ['serviceOfficeNumber', 'serviceCode'] as const;

/** Reports, at the first row of each, the persons of slips whom the receiver serves so far and no further. */
export function reportServed({ files, to }: TransmissionFacts, report: ReportFile, far: Served): void {
  if (onlyPlans(to)) return;
  // Types of edition 4.0 are of unknown form, those of edition 3 are not there.
  const type = serviceTypeOf(to.serviceType ?? '')?.code;
  for (const file of files) {
    if (!isSlip(file.layout) || !areComplete([file])) continue;
    const { path, records, units } = file;
    for (const { indexes } of units) {
      let served: Served = 'none';
      for (const index of indexes) {
        const { serviceOfficeNumber, serviceCode } = records[index] ?? {};
        // What is empty may be the receiver's.
        if (serviceOfficeNumber === undefined || serviceCode === undefined) served = 'type';
        else if (serviceOfficeNumber !== to.officeNumber) continue;
        else served = type === undefined || type === serviceTypeIn(serviceCode) ? 'type' : 'office';
        if (served === 'type') break;
      }
      if (served === far) report(path, indexes[0], PERSON);
    }
  }
}

/** Whether an office plans and serves nobody: centres, and offices that a centre entrusts, get slips of others. */
const onlyPlans = ({ serviceType = '' }: Office): boolean =>
  officeTypeOf(serviceType) !== undefined && serviceTypeOf(serviceType) === undefined;

const isSlip = (layout: Layout): boolean =>
  isHead(layout) && layout.sentBy === undefined && SERVED_BY.every((name) => name in layout.columns);
