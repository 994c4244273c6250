import { NUMBERED_EQUIPMENT_TYPES } from '../../codes/service-type.js';
import { serviceTypeIn } from '../../model/usage-slip.js';
import { recordRule } from '../rule.js';

/** 明細判別コード on another service than one of type 17 (section 9). */
export const detailNumberElsewhere = recordRule({
  code: 'record.detailNumberElsewhere',
  reading: 'warning',
  section: '9',
  columns: ['detailNumber', 'serviceCode'],
  check({ detailNumber, serviceCode }, report) {
    if (detailNumber === undefined || serviceCode === undefined) return;
    if (!NUMBERED_EQUIPMENT_TYPES.has(serviceTypeIn(serviceCode))) report('detailNumber');
  },
});
