import { serviceTypeOf } from '../../codes/service-type.js';
import { serviceTypeIn, TOTAL } from '../../model/usage-slip.js';
import type { Cells, ColumnName } from '../rule.js';

/** The columns that say of which service type a row is. */
export const SERVICE_COLUMNS = ['serviceCode', 'serviceType'] as const satisfies readonly ColumnName[];
type Name = (typeof SERVICE_COLUMNS)[number];

/** Reports a row whose service type is unknown, or known and not exchanged; a grand total has none. */
export function reportServices(
  { serviceCode, serviceType }: Cells<Name>,
  isWrong: (exchanged: boolean | undefined) => boolean,
  report: (column: Name, details: { found: string }) => void,
): void {
  const type = serviceCode === undefined ? serviceType : serviceTypeIn(serviceCode);
  if (type === undefined || serviceCode === TOTAL.serviceCode || !isWrong(serviceTypeOf(type)?.exchanged)) return;
  report(serviceCode === undefined ? 'serviceType' : 'serviceCode', { found: type });
}
