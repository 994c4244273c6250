import { code, date, int, phone, text } from '../../cell.js';
import { CERTIFICATION_STATUS } from '../../codes/certification-status.js';
import { ENTRUSTMENT } from '../../codes/entrustment.js';
import { NECESSITY } from '../../codes/necessity.js';
import { PLAN_CATEGORY } from '../../codes/plan-category.js';
import { PRESENCE } from '../../codes/presence.js';
import { PREVENTIVE_PLAN_TYPE } from '../../codes/preventive-plan-type.js';
import { SUPPORT_LEVEL } from '../../codes/support-level.js';
import { defineLayout, optional, required } from '../../layout.js';
import { NEEDED_PERSON } from './common.js';

/** 介護予防サービス・支援計画書 */
export const UPYOBO = defineLayout({
  kind: 'UPYOBO',
  ja: '介護予防サービス・支援計画書',
  group: 'preventive',
  section: '11',
  monthInName: false,
  joins: 'UPKIHON',
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  columns: {
    ...NEEDED_PERSON,
    planDate: required('計画作成(変更)日', date(), { needed: true }),
    planType: required('計画種類', code(PREVENTIVE_PLAN_TYPE), { needed: true }),
    entrustment: optional('委託の有無', code(ENTRUSTMENT), { needed: true }),
    referenceNumber: optional('整理番号', text()),
    name: required('利用者名', text(), { needed: true }),
    certificationDate: optional('認定年月日', date()),
    certificationPeriodStart: optional('認定有効期間開始日', date()),
    certificationPeriodEnd: optional('認定有効期間終了日', date()),
    planCategory: optional('計画書区分', code(PLAN_CATEGORY)),
    certificationStatus: optional('認定状況区分', code(CERTIFICATION_STATUS)),
    supportLevel: optional('要支援状態区分', code(SUPPORT_LEVEL)),
    centerStaffName: optional('計画作成者氏名（地域包括支援センター担当者名）', text()),
    careManagerName: optional('計画作成者氏名（担当介護支援専門員名）', text()),
    officeName: optional('計画作成者事業者・事業所名', text()),
    officeAddress: optional('計画作成者事業者・事業所住所', text()),
    officePhone: optional('計画作成者事業者・事業所電話番号', phone()),
    firstPlanDate: optional('初回作成日', date()),
    communitySupportCenter: optional('担当地域包括支援センター', text()),
    dailyLifeGoal: optional('目標とする生活(1日)', text()),
    yearlyGoal: optional('目標とする生活(1年)', text()),
    mobilityStatus: optional('【運動・移動】現在の状況', text()),
    mobilityWishes: optional('【運動・移動】本人・家族の意欲・意向', text()),
    mobilityHasIssue: optional('【運動・移動】領域における課題の有無', code(PRESENCE)),
    mobilityIssue: optional('【運動・移動】領域における課題（背景・原因）', text()),
    homeLifeStatus: optional('【日常生活(家庭生活)】現在の状況', text()),
    homeLifeWishes: optional('【日常生活(家庭生活)】本人・家族の意欲・意向', text()),
    homeLifeHasIssue: optional('【日常生活(家庭生活)】領域における課題の有無', code(PRESENCE)),
    homeLifeIssue: optional('【日常生活(家庭生活)】領域における課題（背景・原因）', text()),
    socialParticipationStatus: optional('【社会参加、対人関係・コミュニケーション】現在の状況', text()),
    socialParticipationWishes: optional('【社会参加、対人関係・コミュニケーション】本人・家族の意欲・意向', text()),
    socialParticipationHasIssue: optional(
      '【社会参加、対人関係・コミュニケーション】領域における課題の有無',
      code(PRESENCE),
    ),
    socialParticipationIssue: optional(
      '【社会参加、対人関係・コミュニケーション】領域における課題（背景・原因）',
      text(),
    ),
    healthManagementStatus: optional('【健康管理】現在の状況', text()),
    healthManagementWishes: optional('【健康管理】本人・家族の意欲・意向', text()),
    healthManagementHasIssue: optional('【健康管理】領域における課題の有無', code(PRESENCE)),
    healthManagementIssue: optional('【健康管理】領域における課題（背景・原因）', text()),
    healthNotes: optional('健康状態の留意点', text()),
    supportPolicy: optional('妥当な支援の実施に向けた方針', text()),
    overallPolicy: optional('総合的な方針', text()),
    exerciseChecklistCount: optional('基本チェックリストの該当数(運動不足)', int(1)),
    nutritionChecklistCount: optional('基本チェックリストの該当数(栄養改善)', int(1)),
    oralCareChecklistCount: optional('基本チェックリストの該当数(口腔内ケア)', int(1)),
    homeboundChecklistCount: optional('基本チェックリストの該当数(閉じこもり予防)', int(1)),
    forgetfulnessChecklistCount: optional('基本チェックリストの該当数(物忘れ予防)', int(1)),
    depressionChecklistCount: optional('基本チェックリストの該当数(うつ予防)', int(1)),
    exerciseProgram: optional('事業プログラムの要否(運動不足)', code(NECESSITY)),
    nutritionProgram: optional('事業プログラムの要否(栄養改善)', code(NECESSITY)),
    oralCareProgram: optional('事業プログラムの要否(口腔内ケア)', code(NECESSITY)),
    homeboundProgram: optional('事業プログラムの要否(閉じこもり予防)', code(NECESSITY)),
    forgetfulnessProgram: optional('事業プログラムの要否(物忘れ予防)', code(NECESSITY)),
    depressionProgram: optional('事業プログラムの要否(うつ予防)', code(NECESSITY)),
    centerOpinion: optional('地域包括支援センター意見', text()),
    consentDate: optional('同意日', date()),
    consenterName: optional('同意者氏名', text()),
  },
});
