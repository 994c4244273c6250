import { code, date, int, office, text, unused } from '../../cell.js';
import { INSURANCE_COVERAGE } from '../../codes/insurance-coverage.js';
import { defineLayout, optional, required } from '../../layout.js';
import { PERSON } from './common.js';

/** 居宅サービス計画２表 */
export const UP2KYO = defineLayout({
  kind: 'UP2KYO',
  ja: '居宅サービス計画２表',
  group: 'plan',
  section: '7',
  monthInName: false,
  headedBy: 'UP1KYO',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'planDate', 'needNumber', 'longTermGoalNumber', 'serviceNumber'],
  numbering: ['needNumber', 'longTermGoalNumber', 'serviceNumber'],
  note: 'rows look as printed: see standard.md section 7',
  columns: {
    ...PERSON,
    createdOn: required('居宅計画書作成年月日', date()),
    planDate: required('居宅サービス計画作成（変更）日', date()),
    needNumber: optional('課題ＮＯ', int(2), { note: '1..99' }),
    need: optional('課題', text()),
    longTermGoalNumber: optional('援助目標ＮＯ', int(2), { note: '1..99 within the need: numbers the long-term goal' }),
    longTermGoal: optional('長期目標', text()),
    shortTermGoal: optional('短期目標', text()),
    longTermPeriod: optional('長期期間', text()),
    shortTermPeriod: optional('短期期間', text()),
    serviceNumber: optional('援助内容ＮＯ', int(2), { note: '1..99, running on within the long-term goal' }),
    serviceContent: optional('サービス内容', text()),
    insuranceCoverage: optional('保険対象区分', code(INSURANCE_COVERAGE)),
    serviceKind: optional('サービス種別', text()),
    serviceOfficeNumber: optional('サービス事業者コード', office()),
    serviceOfficeName: optional('サービス事業所名', text()),
    frequency: optional('頻度', text()),
    servicePeriod: optional('実施期間', text()),
    updatedBy: optional('更新業者コード', office()),
    identifier: optional('識別子', unused()),
  },
});
