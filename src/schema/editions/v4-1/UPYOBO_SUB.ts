import { date, text } from '../../cell.js';
import { defineLayout, optional, required } from '../../layout.js';
import { NEEDED_PERSON } from './common.js';

/** 介護予防サービス・支援計画書（別表）支援計画 */
export const UPYOBO_SUB = defineLayout({
  kind: 'UPYOBO_SUB',
  ja: '介護予防サービス・支援計画書（別表）支援計画',
  group: 'preventive',
  section: '11',
  monthInName: false,
  headedBy: 'UPYOBO',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'planDate', 'needNumber', 'supportPlanNumber', 'serviceNumber'],
  numbering: ['needNumber', 'supportPlanNumber', 'serviceNumber'],
  outerRows: true,
  note: 'columns 6-9 only on the first row of a need, 11-13 only on the first row of a support plan',
  columns: {
    ...NEEDED_PERSON,
    planDate: required('計画作成(変更)日', date(), { needed: true }),
    needNumber: optional('課題ＮＯ', text(2), {
      note: 'free text in the table: written in quotes; read with or without',
    }),
    overallIssue: optional('総合的課題', text()),
    proposedGoalAndMeasures: optional('課題に対する目標と具体策の提案', text()),
    wishes: optional('具体策についての意向本人・家族', text()),
    goal: optional('目標', text()),
    supportPlanNumber: optional('支援計画ＮＯ', text(2), { note: 'as 5; restarts within each need' }),
    supportPoint: optional('【支援計画】目標についての支援のポイント', text()),
    informalSupport: optional(
      '【支援計画】本人等のセルフケアや家族の支援、インフォーマルサービス（民間サービス）',
      text(),
    ),
    formalSupport: optional('【支援計画】介護保険サービス又は地域支援事業（総合事業のサービス）', text()),
    serviceNumber: optional('利用サービスＮＯ', text(2), { note: 'as 5; restarts within each support plan' }),
    serviceKind: optional('【利用サービス】サービス種別', text()),
    serviceOffice: optional('【利用サービス】事業所(利用先)', text()),
    servicePeriod: optional('【利用サービス】期間', text()),
  },
});
