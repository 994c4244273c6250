import type { Address } from '../../codec/internal.js';
import { planPreventive, planWithdrawals } from '../../office/index.js';
import type { BasicInformation, PreventivePlan } from '../../schema/internal.js';
import { addressOf, CARE_MANAGEMENT, CARE_MANAGER, CENTRE, CENTRE_NAME, CENTRE_STAFF } from './offices.js';
import { identityOf, PREVENTIVE_PEOPLE as PEOPLE, type Person } from './people.js';
import { type Both, CORRECTED, FIRST, fixedSerials, type SampleSet, type SampleTransmission, told } from './set.js';

type Name = keyof typeof PEOPLE;

/** A JPEG of one grey point. */
const JPEG = [
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI',
  'CAj/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVP/Z',
].join('');

const DATE = '2025-10-10';

function basicOf(name: Name, more: Partial<BasicInformation> = {}): BasicInformation {
  const person: Person = PEOPLE[name];
  return {
    serviceUser: identityOf(person),
    consultationDate: DATE,
    planType: '1',
    entrustment: '1',
    preparedBy: CENTRE_STAFF,
    consultationMethod: '01',
    consultationCount: '01',
    livingSituation: '01',
    nameKana: person.kana,
    name: person.name,
    sex: person.sex,
    birthDate: person.birthDate,
    address: '岩手県盛岡市内丸10番1号 コーポ・ミネルヴァ №3棟',
    phone: '019-603-0365',
    physicalIndependence: '12',
    dementiaIndependence: '02',
    careLevel: '12',
    certificationPeriodStart: '2025-04-01',
    certificationPeriodEnd: '2026-03-31',
    physicalDisability: '0',
    intellectualDisability: '0',
    mentalDisability: '0',
    intractableDisease: '0',
    housingType: '05',
    roomFloor: '1',
    housingModification: '1',
    nationalPension: '1',
    employeesPension: '0',
    disabilityPension: '0',
    publicAssistance: '0',
    financialDetails: '年金で生活。\r\n"貯金"は少しあり, 長女の援助もある。',
    emergencyContacts: [
      {
        emergencyContactName: '武田　髙子',
        emergencyContactRelationship: '長女',
        emergencyContactAddress: '盛岡市',
        emergencyContactPhone: '090-0000-0001',
      },
      {
        emergencyContactName: '武田　次郎',
        emergencyContactRelationship: '次男',
        emergencyContactPhone: '090-0000-0002',
      },
    ],
    familyRelations: '長女が週1回訪問',
    lifeHistory: '農業を営んでいた。\r\n40歳のとき盛岡に移る。',
    dailyLife: '午前は畑、午後は昼寝',
    hobbies: '民謡',
    communityRelations: '老人ｸﾗﾌﾞ',
    privateServices: '配食（民間）',
    consentDate: DATE,
    consenterName: person.name,
    schedule: [
      { time: '6:00', serviceUserActivity: '起床' },
      { time: '7:30', serviceUserActivity: '朝食', familyActivity: '妻も一緒' },
      { time: '21:00', serviceUserActivity: '就寝' },
    ],
    illnesses: [
      {
        onset: 'H12年10月',
        illness: '高血圧症',
        physician: '青葉内科・青葉一郎',
        physicianRole: '1',
        physicianPhone: '019-600-0000',
        course: '01',
        treatment: '降圧剤',
      },
      { onset: 'R2年4月', illness: '変形性膝関節症', physician: '内丸整形外科', physicianRole: '2', course: '02' },
    ],
    ...more,
  };
}

const WITH_IMAGE = { familyImage: { branch: '0001', base64: JPEG } };
const BASIC: readonly BasicInformation[] = [
  basicOf('ordinary', { ...WITH_IMAGE, previousConsultationDate: '2024-10-02', consultationCount: '02' }),
  basicOf('target', {
    planType: '2',
    consultationMethod: '03',
    consultationMethodOther: '民生委員からの連絡',
    checklistResult: '1',
    checklistDate: DATE,
    careLevel: '01',
  }),
  basicOf('assistance', { publicAssistance: '1', nationalPension: '0' }),
  basicOf('entrusted', { entrustment: '2', preparedBy: CARE_MANAGER }),
];

function planOf(name: Name, more: Partial<PreventivePlan> = {}): PreventivePlan {
  const person: Person = PEOPLE[name];
  return {
    serviceUser: identityOf(person),
    planDate: DATE,
    planType: '1',
    entrustment: '1',
    referenceNumber: '№1',
    name: person.name,
    certificationDate: '2025-03-20',
    certificationPeriodStart: '2025-04-01',
    certificationPeriodEnd: '2026-03-31',
    planCategory: '21',
    certificationStatus: '2',
    supportLevel: '1',
    centerStaffName: CENTRE_STAFF,
    careManagerName: CARE_MANAGER,
    officeName: CENTRE_NAME,
    officeAddress: '盛岡市内丸',
    officePhone: '019-651-0000',
    firstPlanDate: '2024-04-01',
    communitySupportCenter: CENTRE_NAME,
    dailyLifeGoal: '庭に出る',
    yearlyGoal: '温泉旅行に行く',
    mobilityStatus: '膝が痛く、長く歩けない。\r\n"杖" があれば50m, 休めば100m歩ける。',
    mobilityWishes: '歩きたい',
    mobilityHasIssue: '1',
    mobilityIssue: '下肢筋力の低下',
    homeLifeStatus: '家事はできる',
    homeLifeHasIssue: '2',
    socialParticipationHasIssue: '2',
    healthManagementHasIssue: '2',
    healthNotes: '血圧',
    supportPolicy: '運動を中心に',
    overallPolicy: '自立した生活を続ける',
    exerciseChecklistCount: 3,
    nutritionChecklistCount: 0,
    oralCareChecklistCount: 1,
    homeboundChecklistCount: 1,
    forgetfulnessChecklistCount: 0,
    depressionChecklistCount: 2,
    exerciseProgram: '1',
    nutritionProgram: '2',
    oralCareProgram: '2',
    homeboundProgram: '2',
    forgetfulnessProgram: '2',
    depressionProgram: '1',
    consentDate: DATE,
    consenterName: person.name,
    needs: [
      {
        needNumber: '1',
        overallIssue: '歩けなくなる可能性がある。',
        proposedGoalAndMeasures: '体操教室に通う',
        wishes: '通いたい',
        goal: '一人で外出できる',
        supportPlans: [
          {
            supportPlanNumber: '1',
            supportPoint: '体操の継続',
            informalSupport: '毎朝散歩する',
            formalSupport: '通所型サービス',
            services: [
              {
                serviceNumber: '1',
                serviceKind: '通所型サービス（独自）',
                serviceOffice: 'デイサービス「ひだまり」',
                servicePeriod: '6カ月間',
              },
              {
                serviceNumber: '2',
                serviceKind: '宅老所の利用',
                serviceOffice: '社会福祉協議会',
                servicePeriod: '6カ月間',
              },
            ],
          },
          {
            supportPlanNumber: '2',
            supportPoint: '見守り',
            informalSupport: '家族が電話する',
            services: [
              { serviceNumber: '1', serviceKind: '配食', serviceOffice: '社会福祉協議会', servicePeriod: '6カ月間' },
            ],
          },
        ],
      },
      {
        needNumber: '2',
        overallIssue: '体調を崩す傾向がある。',
        proposedGoalAndMeasures: '受診を提案',
        wishes: '受診したい',
        goal: '体調が整う',
        supportPlans: [
          {
            supportPlanNumber: '1',
            supportPoint: '受診の付き添い',
            informalSupport: '長女が付き添う',
            services: [
              {
                serviceNumber: '1',
                serviceKind: '通所リハビリ',
                serviceOffice: 'リハビリセンターきたかみ',
                servicePeriod: '3カ月間',
              },
            ],
          },
        ],
      },
    ],
    ...more,
  };
}

const PLANS: readonly PreventivePlan[] = [
  planOf('ordinary', { supportLevel: '2' }),
  planOf('target', { planType: '2', supportLevel: '3', certificationStatus: '1' }),
  planOf('assistance'),
  planOf('entrusted', { entrustment: '2', careManagerName: CARE_MANAGER, officeName: 'みちのく居宅介護支援センター' }),
];

const RECEIVERS: Readonly<Record<string, readonly Address[]>> = {
  [PEOPLE.ordinary.number]: [addressOf('helpersOfTown'), addressOf('preventiveDay')],
  [PEOPLE.target.number]: [addressOf('dayOfTown')],
  [PEOPLE.assistance.number]: [addressOf('helpersOfTown')],
  [PEOPLE.entrusted.number]: [CARE_MANAGEMENT],
};
const receivers = ({ insuredPersonNumber }: { readonly insuredPersonNumber: string }) =>
  RECEIVERS[insuredPersonNumber] ?? [];

const CASES = (of: Both): ReadonlyMap<string, Both> =>
  new Map([
    [PEOPLE.ordinary.number, of],
    [PEOPLE.target.number, { ja: '事業対象者（介護予防ケアマネジメント）', en: 'known by the checklist (事業対象者)' }],
    [PEOPLE.assistance.number, { ja: '生活保護単独', en: 'on public assistance only' }],
    [
      PEOPLE.entrusted.number,
      { ja: '委託あり。センターから委託先へ', en: 'entrusted: from the centre to the office it entrusts' },
    ],
  ]);

const withdrawn = (of: 'basicInformation' | 'preventivePlan', serial: string): SampleTransmission[] => {
  const serviceUser = identityOf(PEOPLE.target);
  const withdrawal =
    of === 'basicInformation' ? { of, serviceUser, consultationDate: DATE } : { of, serviceUser, planDate: DATE };
  return told(planWithdrawals([withdrawal], { sender: CENTRE, receivers, serials: fixedSerials(serial) }), CORRECTED);
};

/** D4: basic information with a picture, schedules and illnesses; corrected, and withdrawn. */
export function basicInformationSet(): SampleSet {
  const plan = (basicInformation: readonly BasicInformation[], serial: string) =>
    planPreventive({ basicInformation }, { sender: CENTRE, receivers, serials: fixedSerials(serial) });
  const corrected = basicOf('ordinary', {
    ...WITH_IMAGE,
    phone: '019-603-9999',
    hobbies: '民謡、㈱いわての見学',
  });
  return {
    pattern: 'D4',
    transmissions: [
      ...told(plan(BASIC, '20251015100001'), FIRST),
      ...told(plan([corrected], '20251020100001'), CORRECTED),
      ...withdrawn('basicInformation', '20251021100001'),
    ],
    cases: CASES({
      ja: '家族構成の画像、1日の生活、病歴、緊急連絡先2件。二つの事業所に送り、あとで訂正',
      en: 'a picture of the family, the day, illnesses, two contacts; sent to two offices, corrected later',
    }),
  };
}

/** D5: preventive plans, alone and with the basic information; corrected, and withdrawn. */
export function preventivePlanSet(): SampleSet {
  const options = (serial: string) => ({ sender: CENTRE, receivers, serials: fixedSerials(serial) });
  const isTarget = ({ serviceUser }: { readonly serviceUser: PreventivePlan['serviceUser'] }) =>
    serviceUser.insuredPersonNumber === PEOPLE.target.number;
  const alone = PLANS.filter((one) => !isTarget(one));
  const together = { basicInformation: BASIC.filter(isTarget), preventivePlans: PLANS.filter(isTarget) };
  const corrected = [{ ...planOf('ordinary', { supportLevel: '2' }), overallPolicy: '転ばない生活を続ける' }];
  return {
    pattern: 'D5',
    transmissions: [
      ...told(planPreventive({ preventivePlans: alone }, options('20251015110001')), FIRST),
      ...told(planPreventive(together, options('20251015120001')), {
        ja: '利用者基本情報と計画書を一緒に送る',
        en: 'basic information and plan together',
      }),
      ...told(planPreventive({ preventivePlans: corrected }, options('20251020110001')), CORRECTED),
      ...withdrawn('preventivePlan', '20251021110001'),
    ],
    cases: CASES({
      ja: '課題2、支援計画3、利用サービス4。二つの事業所に送り、あとで訂正',
      en: 'two needs, three support plans, four services; sent to two offices, corrected later',
    }),
  };
}
