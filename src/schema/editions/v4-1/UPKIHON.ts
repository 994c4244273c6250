import { code, date, phone, string, text } from '../../cell.js';
import { APPLICABILITY } from '../../codes/applicability.js';
import { ASSESSED_CARE_LEVEL } from '../../codes/assessed-care-level.js';
import { CHECKLIST_RESULT } from '../../codes/checklist-result.js';
import { CONSULTATION_COUNT } from '../../codes/consultation-count.js';
import { CONSULTATION_METHOD } from '../../codes/consultation-method.js';
import { DEMENTIA_INDEPENDENCE } from '../../codes/dementia-independence.js';
import { ENTRUSTMENT } from '../../codes/entrustment.js';
import { HOUSING_TYPE } from '../../codes/housing-type.js';
import { LIVING_SITUATION } from '../../codes/living-situation.js';
import { PHYSICAL_INDEPENDENCE } from '../../codes/physical-independence.js';
import { PRESENCE } from '../../codes/presence.js';
import { PREVENTIVE_PLAN_TYPE } from '../../codes/preventive-plan-type.js';
import { SEX } from '../../codes/sex.js';
import { defineLayout, optional, required } from '../../layout.js';
import { NEEDED_PERSON } from './common.js';

/** 利用者基本情報 */
export const UPKIHON = defineLayout({
  kind: 'UPKIHON',
  ja: '利用者基本情報',
  group: 'basic',
  section: '11',
  monthInName: false,
  unitKey: ['insurerNumber', 'insuredPersonNumber', 'consultationDate'],
  rowKey: ['insurerNumber', 'insuredPersonNumber', 'consultationDate'],
  columns: {
    ...NEEDED_PERSON,
    consultationDate: required('相談日', date(), { needed: true }),
    planType: required('計画種類', code(PREVENTIVE_PLAN_TYPE), { needed: true }),
    entrustment: optional('委託の有無', code(ENTRUSTMENT), {
      note: 'filled by centre and care-management office alike',
      needed: true,
    }),
    preparedBy: optional('作成担当者', text()),
    consultationMethod: optional('相談方法', code(CONSULTATION_METHOD)),
    consultationMethodOther: optional('相談方法(その他の内容)', text(), {
      note: 'filled when 8 is 03',
      neededFor: { column: 'consultationMethod', code: '03' },
    }),
    consultationCount: optional('相談回数', code(CONSULTATION_COUNT)),
    previousConsultationDate: optional('前回相談日', date()),
    livingSituation: optional('利用者の現況', code(LIVING_SITUATION)),
    livingSituationDetail: optional('利用者の現況(状況補足)', text(), { note: 'filled when 12 is 02' }),
    nameKana: required('利用者氏名ﾌﾘｶﾞﾅ', text(), { needed: true }),
    name: required('利用者氏名', text(), { needed: true }),
    sex: required('利用者性別', code(SEX), { needed: true }),
    birthDate: required('利用者生年月日', date(), { needed: true }),
    address: optional('利用者住所', text()),
    phone: optional('利用者電話番号', phone()),
    fax: optional('利用者Fax番号', phone()),
    physicalIndependence: optional('障害高齢者の日常生活自立度', code(PHYSICAL_INDEPENDENCE)),
    dementiaIndependence: optional('認知症高齢者の日常生活自立度', code(DEMENTIA_INDEPENDENCE)),
    careLevel: optional('要介護状態区分', code(ASSESSED_CARE_LEVEL)),
    certificationPeriodStart: optional('認定有効期限開始日', date()),
    certificationPeriodEnd: optional('認定有効期間終了日', date()),
    previousCareLevel: optional('前回の介護度', code(ASSESSED_CARE_LEVEL)),
    checklistResult: optional('基本チェックリスト記入結果', code(CHECKLIST_RESULT)),
    checklistDate: optional('基本チェックリスト記入日', date()),
    physicalDisability: optional('障害等認定(身障)', code(APPLICABILITY)),
    intellectualDisability: optional('障害等認定(療育)', code(APPLICABILITY)),
    mentalDisability: optional('障害等認定(精神)', code(APPLICABILITY)),
    intractableDisease: optional('障害等認定(難病)', code(APPLICABILITY)),
    disabilityNotes: optional('障害等認定特記事項', text()),
    housingType: optional('居住形態', code(HOUSING_TYPE)),
    roomFloor: optional('自室の階数', string(2), { note: 'no format is printed' }),
    housingModification: optional('住宅改修の有無', code(PRESENCE)),
    nationalPension: optional('経済状況(国民年金)', code(APPLICABILITY)),
    employeesPension: optional('経済状況(厚生年金)', code(APPLICABILITY)),
    disabilityPension: optional('経済状況(障害年金)', code(APPLICABILITY)),
    publicAssistance: optional('経済状況(生活保護)', code(APPLICABILITY)),
    financialDetails: optional('経済状況詳細', text()),
    visitorName: optional('来所者(相談者)氏名', text()),
    visitorAddress: optional('来所者(相談者)住所', text()),
    visitorPhone: optional('来所者(相談者)電話番号', phone()),
    visitorRelationship: optional('来所者(相談者)続柄', text()),
    emergencyContactName1: optional('1 緊急連絡先(氏名)', text()),
    emergencyContactRelationship1: optional('1 緊急連絡先(続柄)', text()),
    emergencyContactAddress1: optional('1 緊急連絡先(住所)', text()),
    emergencyContactPhone1: optional('1 緊急連絡先(電話番号)', phone()),
    emergencyContactName2: optional('2 緊急連絡先(氏名)', text()),
    emergencyContactRelationship2: optional('2 緊急連絡先(続柄)', text()),
    emergencyContactAddress2: optional('2 緊急連絡先(住所)', text()),
    emergencyContactPhone2: optional('2 緊急連絡先(電話番号)', phone()),
    emergencyContactName3: optional('3 緊急連絡先(氏名)', text()),
    emergencyContactRelationship3: optional('3 緊急連絡先(続柄)', text()),
    emergencyContactAddress3: optional('3 緊急連絡先(住所)', text()),
    emergencyContactPhone3: optional('3 緊急連絡先(電話番号)', phone()),
    emergencyContactName4: optional('4 緊急連絡先(氏名)', text()),
    emergencyContactRelationship4: optional('4 緊急連絡先(続柄)', text()),
    emergencyContactAddress4: optional('4 緊急連絡先(住所)', text()),
    emergencyContactPhone4: optional('4 緊急連絡先(電話番号)', phone()),
    familyImageName: optional('家族構成 画像ファイル名', text(), {
      note: 'name of a JPEG (in principle one): UPKIHON_IMAGE_<same address and serial>_<4 digits>.jpg',
    }),
    familyRelations: optional('家族関係等の状況', text()),
    lifeHistory: optional('今までの生活', text()),
    dailyLife: optional('１日の生活・すごし方(生活全般)', text()),
    hobbies: optional('趣味・楽しみ・特技', text()),
    communityRelations: optional('友人・地域との関係', text()),
    publicServices: optional('現在利用している公的サービス', text()),
    privateServices: optional('現在利用している非公的サービス', text()),
    consentDate: optional('同意日', date()),
    consenterName: optional('同意者氏名', text()),
  },
});
