import type { Address } from '../../codec/internal.js';
import { planCarePlans, planWithdrawals, receiversIn } from '../../office/index.js';
import { type CarePlan, numberNeeds, type Sheet3, type UnnumberedNeed } from '../../schema/internal.js';
import {
  addressOf,
  CARE_MANAGEMENT,
  CARE_MANAGEMENT_NAME,
  CARE_MANAGER,
  SERVICES,
  type ServiceName,
} from './offices.js';
import { identityOf, PEOPLE, type Person, supplementOf } from './people.js';
import {
  type Both,
  CORRECTED,
  FIRST,
  fixedSerials,
  type SampleSet,
  type SampleTransmission,
  sameAddress,
  told,
} from './set.js';
import { usageSlips } from './slips.js';

const PERIODS = { longTermPeriod: 'R7.11.1～R8.10.31', shortTermPeriod: 'R7.11.1～R8.4.30' };
type Service = UnnumberedNeed['longTermGoals'][number]['shortTermGoals'][number]['services'][number];

const service = (name: ServiceName, serviceContent: string, serviceKind: string, frequency: string): Service => ({
  serviceContent,
  insuranceCoverage: 'Y',
  serviceKind,
  serviceOfficeNumber: SERVICES[name].office,
  serviceOfficeName: SERVICES[name].name,
  frequency,
  servicePeriod: PERIODS.shortTermPeriod,
});
const FAMILY: Service = {
  serviceContent: '通院の付き添い',
  insuranceCoverage: 'N',
  serviceKind: '長女',
  frequency: '月1回',
};

/** The tree of the standard's example in its shape: two needs, three long-term goals, four short-term goals. */
const WALK: UnnumberedNeed = {
  need: '転ばずに家の中を歩きたい。\r\n"一人で" トイレに行きたい, と本人は言う。',
  longTermGoals: [
    {
      longTermGoal: '一人でトイレまで歩ける',
      longTermPeriod: PERIODS.longTermPeriod,
      shortTermGoals: [
        {
          shortTermGoal: '手すりを使って立ち上がれる',
          shortTermPeriod: PERIODS.shortTermPeriod,
          services: [
            service('wheelchair', '福祉用具の貸与・点検', '福祉用具貸与', '毎日'),
            service('visit', '歩行の見守り、声かけ', '訪問介護', '週3回'),
          ],
        },
        {
          shortTermGoal: '居室から廊下まで歩ける',
          shortTermPeriod: PERIODS.shortTermPeriod,
          services: [service('visit', '身体介護（移動の介助）', '訪問介護', '週3回')],
        },
      ],
    },
    {
      longTermGoal: '月に1度は外出できる',
      longTermPeriod: PERIODS.longTermPeriod,
      shortTermGoals: [
        { shortTermGoal: '玄関の段差を越えられる', shortTermPeriod: PERIODS.shortTermPeriod, services: [FAMILY] },
      ],
    },
  ],
};
const CLEAN: UnnumberedNeed = {
  need: '清潔に過ごしたい',
  longTermGoals: [
    {
      longTermGoal: '週2回入浴できる',
      longTermPeriod: PERIODS.longTermPeriod,
      shortTermGoals: [
        {
          shortTermGoal: '見守りで洗身できる',
          shortTermPeriod: PERIODS.shortTermPeriod,
          services: [service('day', '入浴の介助', '通所介護', '週2回')],
        },
      ],
    },
  ],
};

const CREATED = '2025-10-24';
const week = (createdOn: string): Sheet3 => ({
  createdOn,
  services: [
    { serviceContent: '訪問介護', weekday: '1', startTime: '09:00', endTime: '09:30' },
    { serviceContent: '訪問介護', weekday: '3', startTime: '09:00', endTime: '09:30' },
    { serviceContent: '通所介護', weekday: '2', startTime: '09:30', endTime: '16:00' },
  ],
  dailyActivities: [
    { dailyActivity: '起床・朝食', activityStartTime: '06:30', activityEndTime: '07:30' },
    { dailyActivity: '服薬', activityStartTime: '08:00', activityEndTime: '08:00' },
    { dailyActivity: '就寝', activityStartTime: '21:00', activityEndTime: '23:59' },
  ],
  otherServices: [{ otherService: '福祉用具貸与、居宅療養管理指導（月2回）' }],
});

/** The care plan of a person; what is given differs. */
function planOf(
  person: Person,
  needs: readonly UnnumberedNeed[],
  { planDate = '2025-11-01', createdOn = CREATED, sheet1 = {} as Partial<CarePlan['sheet1']> } = {},
): CarePlan {
  const updatedBy = CARE_MANAGEMENT.officeNumber;
  return {
    serviceUser: { ...identityOf(person), supplement: supplementOf(person) },
    planDate,
    sheet1: {
      createdOn,
      postalCode: '020-0023',
      address1: '岩手県盛岡市内丸10番1号',
      address2: 'コーポ・ミネルヴァ №3棟 201号室',
      careManagerName: CARE_MANAGER,
      careManagementOfficeName: CARE_MANAGEMENT_NAME,
      careManagementOfficePostalCode: '020-0021',
      careManagementOfficeAddress1: '岩手県盛岡市中央通1丁目2番3号',
      careManagementOfficeNumber: updatedBy,
      firstPlanDate: '2023-04-01',
      planCategory: '21',
      certificationStatus: '2',
      certificationDate: '2025-03-20',
      certificationPeriodStart: '2025-04-01',
      certificationPeriodEnd: '2026-03-31',
      careLevel: person.level,
      assessmentResult:
        '本人: "自宅で" 暮らし続けたい, 膝が痛いのでﾘﾊﾋﾞﾘもしたい。\r\n家族: 日中独居なので心配。\r\n①転倒 ②脱水 に注意（℡は長女へ）。',
      supportPolicy: '住み慣れた家での暮らしを続けられるよう、\r\n関係者が連携して支援する。',
      housekeepingReason: '1',
      updatedBy,
      ...sheet1,
    },
    sheet2: { createdOn, updatedBy, needs: numberNeeds(needs) },
    sheet3: week(createdOn),
  };
}

const OTHER_REASON = { housekeepingReason: '3', housekeepingReasonOther: '同居の家族が夜勤のため' } as const;
const ordinary = planOf(PEOPLE.ordinary, [WALK, CLEAN]);
const older = planOf(PEOPLE.equipment, [CLEAN], { planDate: '2025-10-01', createdOn: '2025-09-26' });

const CASES: readonly { readonly plan: CarePlan; readonly what: Both }[] = [
  {
    plan: ordinary,
    what: {
      ja: '標準仕様の例と同じ形の木（課題2、長期目標3、短期目標4、援助内容5）。引用符・カンマ・改行のある長い文、保険対象外の行。あとで訂正',
      en: 'the tree in the shape of the example (two needs, three long-term goals, four short-term goals, five services); long texts with quotes, commas and line breaks; a row that is not insured; corrected later',
    },
  },
  {
    plan: planOf(PEOPLE.twoTypes, [WALK], { sheet1: OTHER_REASON }),
    what: {
      ja: '生活援助中心型の算定理由「その他」と理由。一つの事業所の二つの種類に送り、あとで片方から取り下げ',
      en: 'the reason "other" for housekeeping, with its text; sent to two service types of one office and withdrawn from one of them later',
    },
  },
  {
    plan: planOf(PEOPLE.assistance, [CLEAN]),
    what: { ja: '生活保護単独', en: 'on public assistance only' },
  },
  {
    plan: older,
    what: {
      ja: '計画の変更。新しい作成日の計画が届いても、前の計画は履歴に残る',
      en: 'a changed plan: one with a new plan date comes, the older one stays as history',
    },
  },
];

/** D1: care plans; one corrected, one changed under a new date, one withdrawn; sheet 2 in both styles. */
export function carePlanSet(): SampleSet {
  const sender = CARE_MANAGEMENT;
  const receivers = receiversIn(usageSlips());
  const carePlans = CASES.map(({ plan }) => plan);
  const first = planCarePlans(carePlans, { sender, receivers, serials: fixedSerials('20251025210001') });
  const corrected = planOf(PEOPLE.ordinary, [CLEAN, WALK], {
    createdOn: '2025-10-28',
    sheet1: { reviewBoardOpinion: 'なし' },
  });
  const changed = planOf(PEOPLE.equipment, [CLEAN, WALK], { planDate: '2025-11-15', createdOn: '2025-11-14' });
  const second = planCarePlans([corrected, changed], { sender, receivers, serials: fixedSerials('20251115210001') });
  const withdrawn = planWithdrawals(
    [{ of: 'carePlan', serviceUser: identityOf(PEOPLE.twoTypes), planDate: '2025-11-01' }],
    { sender, receivers: () => [addressOf('helpersRental')], serials: fixedSerials('20251115220001') },
  );
  const transmissions = [...told(first, FIRST), ...told(second, CORRECTED), ...told(withdrawn, CORRECTED)];
  const repeated: Address = addressOf('day');
  const styled = transmissions.map(
    (one): SampleTransmission =>
      sameAddress(one.to, repeated) ? { ...one, repeatsTexts: true, what: repeating(one.what) } : one,
  );
  const cases = new Map(CASES.map(({ plan, what }) => [plan.serviceUser.insuredPersonNumber, what]));
  return { pattern: 'D1', transmissions: styled, cases };
}

const repeating = ({ ja, en }: Both): Both => ({
  ja: `${ja}。第2表の文をすべての行に繰り返す書き方（同じ計画になる）`,
  en: `${en}; sheet 2 with its texts repeated on every row (it is the same plan)`,
});
