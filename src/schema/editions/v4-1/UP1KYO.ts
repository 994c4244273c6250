import { code, date, office, postal, text, unused } from '../../cell.js';
import { CARE_LEVEL } from '../../codes/care-level.js';
import { CERTIFICATION_STATUS } from '../../codes/certification-status.js';
import { HOUSEKEEPING_REASON } from '../../codes/housekeeping-reason.js';
import { PLAN_CATEGORY } from '../../codes/plan-category.js';
import { defineLayout, optional, required } from '../../layout.js';
import { PERSON } from './common.js';

/** 居宅サービス計画１表 */
export const UP1KYO = defineLayout({
  kind: 'UP1KYO',
  ja: '居宅サービス計画１表',
  group: 'plan',
  section: '5',
  monthInName: false,
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'planDate'],
  columns: {
    ...PERSON,
    createdOn: required('作成年月日', date()),
    postalCode: optional('利用者郵便番号', postal()),
    address1: optional('利用者住所１', text()),
    address2: optional('利用者住所２', text()),
    careManagerName: required('居宅サービス計画作成者氏名', text()),
    careManagementOfficeName: required('介護支援事業者名', text()),
    careManagementOfficePostalCode: optional('介護支援事業者郵便番号', postal()),
    careManagementOfficeAddress1: optional('介護支援事業者住所１', text()),
    careManagementOfficeAddress2: optional('介護支援事業者住所２', text()),
    careManagementOfficeNumber: required('介護支援事業者コード', office()),
    planDate: required('居宅サービス計画作成（変更）日', date()),
    firstPlanDate: required('初回居宅サービス計画作成日', date()),
    planCategory: optional('計画書区分', code(PLAN_CATEGORY)),
    certificationStatus: optional('認定状況区分', code(CERTIFICATION_STATUS)),
    certificationDate: optional('認定日', date()),
    certificationPeriodStart: optional('認定有効期間開始日', date()),
    certificationPeriodEnd: optional('認定有効期間終了日', date()),
    careLevel: optional('要介護状態区分', code(CARE_LEVEL)),
    assessmentResult: optional('利用者及び家族の生活に対する意向を踏まえた課題分析の結果', text()),
    reviewBoardOpinion: optional('介護認定審査会の意見及びサービスの種類の指定', text()),
    supportPolicy: optional('総合的な援助の方針', text()),
    housekeepingReason: optional('生活援助中心型の算定理由', code(HOUSEKEEPING_REASON)),
    housekeepingReasonOther: optional('その他理由', text(), {
      neededFor: { column: 'housekeepingReason', code: '3' },
    }),
    updatedBy: optional('更新業者コード', office()),
    identifier: optional('識別子', unused()),
  },
});
