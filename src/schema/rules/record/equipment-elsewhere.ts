import { recordRule } from '../rule.js';
import { EQUIPMENT_COLUMNS, equipmentOf } from './equipment.js';

/** A code of equipment on another service than equipment rental (sections 9 and 10). */
export const equipmentElsewhere = recordRule({
  code: 'record.equipmentElsewhere',
  reading: 'warning',
  section: '9',
  columns: EQUIPMENT_COLUMNS,
  check(record, report) {
    const found = equipmentOf(record);
    if (!found || found.isRental) return;
    if (found.hasTais) report('taisCode');
    if (found.hasNotification) report('equipmentNotificationCode');
  },
});
