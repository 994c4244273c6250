import { date } from '../../cell.js';
import { defineLayout, required } from '../../layout.js';
import { NEEDED_PERSON } from './common.js';

/** 利用者基本情報_削除 */
export const DLTKIHON = defineLayout({
  kind: 'DLTKIHON',
  ja: '利用者基本情報_削除',
  group: 'basic-delete',
  section: '11',
  monthInName: false,
  withdraws: 'UPKIHON',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'consultationDate'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'consultationDate'],
  note: 'SUB1, SUB2 and the images go with it',
  columns: {
    ...NEEDED_PERSON,
    consultationDate: required('相談日', date(), { needed: true }),
  },
});
