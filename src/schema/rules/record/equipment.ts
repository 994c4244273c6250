import { EQUIPMENT_TYPES } from '../../codes/service-type.js';
import { serviceTypeIn, statementRowKind } from '../../model/usage-slip.js';
import type { Cells } from '../rule.js';

/** The columns that name rented equipment, in sheets 6 and 7. */
export const EQUIPMENT_COLUMNS = ['serviceCode', 'taisCode', 'equipmentNotificationCode'] as const;

/** What a row says of equipment; nothing for subtotals, totals and rows without a service code. */
export function equipmentOf({
  serviceCode,
  taisCode,
  equipmentNotificationCode,
}: Cells<(typeof EQUIPMENT_COLUMNS)[number]>) {
  if (serviceCode === undefined || statementRowKind(serviceCode) !== 'detail') return undefined;
  return {
    isRental: EQUIPMENT_TYPES.has(serviceTypeIn(serviceCode)),
    hasTais: taisCode !== undefined,
    hasNotification: equipmentNotificationCode !== undefined,
  };
}
