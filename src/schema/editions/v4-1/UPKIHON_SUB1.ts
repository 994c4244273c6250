import { date, text } from '../../cell.js';
import { defineLayout, optional, required } from '../../layout.js';
import { NEEDED_PERSON } from './common.js';

/** 利用者基本情報（別表1）１日の生活・すごし方(タイムスケジュール) */
export const UPKIHON_SUB1 = defineLayout({
  kind: 'UPKIHON_SUB1',
  ja: '利用者基本情報（別表1）１日の生活・すごし方(タイムスケジュール)',
  group: 'basic',
  section: '11',
  monthInName: false,
  headedBy: 'UPKIHON',
  mayBeEmpty: true,
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'consultationDate'],
  rowKey: null,
  note: 'several rows per row of UPKIHON',
  columns: {
    ...NEEDED_PERSON,
    consultationDate: required('相談日', date(), { needed: true }),
    time: optional('時間', text()),
    serviceUserActivity: optional('本人の生活状況', text()),
    familyActivity: optional('介護者・家族の生活状況', text()),
  },
});
