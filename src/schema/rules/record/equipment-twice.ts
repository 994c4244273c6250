import { recordRule } from '../rule.js';
import { EQUIPMENT_COLUMNS, equipmentOf } from './equipment.js';

/** Equipment rental with both codes, of which there is to be one (sections 9 and 10). */
export const equipmentTwice = recordRule({
  code: 'record.equipmentTwice',
  section: '9',
  columns: EQUIPMENT_COLUMNS,
  check(record, report) {
    const found = equipmentOf(record);
    if (found?.isRental && found.hasTais && found.hasNotification) report('equipmentNotificationCode');
  },
});
