import type { BasicInformation } from '../../schema/internal.js';
import { CARE_MANAGER, CENTRE_STAFF } from './offices.js';
import { identityOf, type Person, PREVENTIVE_PEOPLE } from './people.js';

type Name = keyof typeof PREVENTIVE_PEOPLE;

/** A JPEG of one grey point. */
const JPEG = [
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI',
  'CAj/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVP/Z',
].join('');

export const DATE = '2025-10-10';

/** 利用者基本情報 of a person; what is given differs. */
export function basicOf(name: Name, more: Partial<BasicInformation> = {}): BasicInformation {
  const person: Person = PREVENTIVE_PEOPLE[name];
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

export const WITH_IMAGE = { familyImage: { branch: '0001', base64: JPEG } };
export const BASIC: readonly BasicInformation[] = [
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
