import { month } from '../../cell.js';
import { defineLayout, required } from '../../layout.js';
import { PERSON } from './common.js';

/** 第６表（サービス利用票）予定_削除 */
export const DLTPLAN = defineLayout({
  kind: 'DLTPLAN',
  ja: '第６表（サービス利用票）予定_削除',
  group: 'slip-delete',
  section: '5',
  monthInName: true,
  withdraws: 'UPPLAN',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'serviceMonth'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'serviceMonth'],
  note: 'sheet 7 goes with it',
  columns: {
    ...PERSON,
    serviceMonth: required('削除対象年月', month()),
  },
});
