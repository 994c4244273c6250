import type { PreventivePlan } from '../../schema/internal.js';
import { DATE } from './basic-information.js';
import { CARE_MANAGER, CENTRE_NAME, CENTRE_STAFF } from './offices.js';
import { identityOf, type Person, PREVENTIVE_PEOPLE } from './people.js';

type Name = keyof typeof PREVENTIVE_PEOPLE;

/** 介護予防サービス・支援計画書 of a person; what is given differs. */
export function planOf(name: Name, more: Partial<PreventivePlan> = {}): PreventivePlan {
  const person: Person = PREVENTIVE_PEOPLE[name];
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

export const PLANS: readonly PreventivePlan[] = [
  planOf('ordinary', { supportLevel: '2' }),
  planOf('target', { planType: '2', supportLevel: '3', certificationStatus: '1' }),
  planOf('assistance'),
  planOf('entrusted', { entrustment: '2', careManagerName: CARE_MANAGER, officeName: 'みちのく居宅介護支援センター' }),
];
