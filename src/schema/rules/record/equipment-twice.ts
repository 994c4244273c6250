import { recordRule } from '../rule.js';
import { EQUIPMENT_COLUMNS, isRental } from './equipment.js';

/** Equipment rental with both codes, of which there is to be one (sections 9 and 10). */
export const equipmentTwice = recordRule({
  code: 'record.equipmentTwice',
  section: '9',
  columns: EQUIPMENT_COLUMNS,
  check({ serviceCode, taisCode, equipmentNotificationCode }, report) {
    if (taisCode === undefined || equipmentNotificationCode === undefined || serviceCode === undefined) return;
    if (isRental(serviceCode)) report('equipmentNotificationCode');
  },
});
