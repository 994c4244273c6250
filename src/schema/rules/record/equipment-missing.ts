import { recordRule } from '../rule.js';
import { EQUIPMENT_COLUMNS, equipmentOf } from './equipment.js';

/** Equipment rental without TAISコード and 福祉用具届出コード (sections 9 and 10). */
export const equipmentMissing = recordRule({
  code: 'record.equipmentMissing',
  reading: 'warning',
  section: '9',
  columns: EQUIPMENT_COLUMNS,
  check(record, report) {
    const found = equipmentOf(record);
    if (found?.isRental && !found.hasTais && !found.hasNotification) report('taisCode');
  },
});
