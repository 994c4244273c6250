import { code, date, text, time } from '../../cell.js';
import { WEEKDAY } from '../../codes/weekday.js';
import { defineLayout, optional, required } from '../../layout.js';
import { PERSON } from './common.js';

/** 居宅サービス計画３表 */
export const UP3KYO = defineLayout({
  kind: 'UP3KYO',
  ja: '居宅サービス計画３表',
  group: 'plan',
  section: '8',
  monthInName: false,
  headedBy: 'UP1KYO',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  rowKey: null,
  note: 'three kinds of row: service (6-9), daily activity (10-12), other service (13)',
  columns: {
    ...PERSON,
    createdOn: required('週間サービス計画表作成年月日', date()),
    planDate: required('居宅サービス計画作成（変更）日', date()),
    serviceContent: optional('介護サービス内容', text()),
    weekday: optional('曜日', code(WEEKDAY)),
    startTime: optional('開始時間', time()),
    endTime: optional('終了時間', time()),
    dailyActivity: optional('主な日常生活上の活動', text()),
    activityStartTime: optional('開始時間', time(), { note: 'of the activity in 10' }),
    activityEndTime: optional('終了時間', time(), { note: 'of the activity in 10' }),
    otherService: optional('週単位以外のサービス', text()),
  },
});
