import { date } from '../../cell.js';
import { defineLayout, required } from '../../layout.js';
import { PERSON } from './common.js';

/** 居宅サービス計画１表_削除 */
export const DLT1KYO = defineLayout({
  kind: 'DLT1KYO',
  ja: '居宅サービス計画１表_削除',
  group: 'plan-delete',
  section: '5',
  monthInName: false,
  withdraws: 'UP1KYO',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  columns: {
    ...PERSON,
    planDate: required('居宅サービス計画作成（変更）日', date(), {
      note: 'plan date of the sheet 1 to withdraw; sheets 2 and 3 go with it',
    }),
  },
});
