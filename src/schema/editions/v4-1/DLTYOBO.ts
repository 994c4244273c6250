import { date } from '../../cell.js';
import { defineLayout, required } from '../../layout.js';
import { NEEDED_PERSON } from './common.js';

/** 介護予防サービス・支援計画書_削除 */
export const DLTYOBO = defineLayout({
  kind: 'DLTYOBO',
  ja: '介護予防サービス・支援計画書_削除',
  group: 'preventive-delete',
  section: '11',
  monthInName: false,
  withdraws: 'UPYOBO',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  note: 'the SUB file goes with it',
  columns: {
    ...NEEDED_PERSON,
    planDate: required('計画作成(変更)日', date(), { needed: true }),
  },
});
