import { recordRule } from '../rule.js';
import { EQUIPMENT_COLUMNS, isRental } from './equipment.js';

/** Equipment rental without TAISコード and 福祉用具届出コード (sections 9 and 10). */
export const equipmentMissing = recordRule({
  code: 'record.equipmentMissing',
  reading: 'warning',
  section: '9',
  columns: EQUIPMENT_COLUMNS,
  check({ serviceCode, taisCode, equipmentNotificationCode }, report) {
    if (taisCode !== undefined || equipmentNotificationCode !== undefined || serviceCode === undefined) return;
    if (isRental(serviceCode)) report('taisCode');
  },
});
