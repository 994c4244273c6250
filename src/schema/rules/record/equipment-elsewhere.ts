import { recordRule } from '../rule.js';
import { EQUIPMENT_COLUMNS, isDetail, isRental } from './equipment.js';

/** A code of equipment on another service than equipment rental (sections 9 and 10). */
export const equipmentElsewhere = recordRule({
  code: 'record.equipmentElsewhere',
  reading: 'warning',
  section: '9',
  columns: EQUIPMENT_COLUMNS,
  check({ serviceCode, taisCode, equipmentNotificationCode }, report) {
    if ((taisCode === undefined && equipmentNotificationCode === undefined) || serviceCode === undefined) return;
    if (isRental(serviceCode) || !isDetail(serviceCode)) return;
    if (taisCode !== undefined) report('taisCode');
    if (equipmentNotificationCode !== undefined) report('equipmentNotificationCode');
  },
});
