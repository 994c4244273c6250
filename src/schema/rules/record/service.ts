import { serviceTypeIn, TOTAL } from '../../model/usage-slip.js';
import type { Cells } from '../rule.js';

/** The columns that say of which service type a row is. */
export const SERVICE_COLUMNS = ['serviceCode', 'serviceType'] as const;
type Name = (typeof SERVICE_COLUMNS)[number];

/** The service type of a row and the column that says it; nothing for a grand total. */
export function serviceTypeAt({ serviceCode, serviceType }: Cells<Name>): { type: string; column: Name } | undefined {
  if (serviceCode !== undefined) {
    return serviceCode === TOTAL.serviceCode ? undefined : { type: serviceTypeIn(serviceCode), column: 'serviceCode' };
  }
  return serviceType === undefined ? undefined : { type: serviceType, column: 'serviceType' };
}
