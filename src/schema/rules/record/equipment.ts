import { EQUIPMENT_TYPES } from '../../codes/service-type.js';
import { serviceTypeIn, statementRowKind } from '../../model/usage-slip.js';

/** The columns that name rented equipment, in sheets 6 and 7. */
export const EQUIPMENT_COLUMNS = ['serviceCode', 'taisCode', 'equipmentNotificationCode'] as const;

/** Whether a row with this service code is one of rented equipment: no subtotal of it. */
export const isRental = (serviceCode: string): boolean =>
  EQUIPMENT_TYPES.has(serviceTypeIn(serviceCode)) && isDetail(serviceCode);

/** Whether a row with this service code is one of a service: no subtotal, no total. */
export const isDetail = (serviceCode: string): boolean => statementRowKind(serviceCode) === 'detail';
