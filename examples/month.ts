/** An invented month for the examples: four people, five service offices, one care-management office. */
import { type Address, computeStatement, type Line, type Supplement, type UsageSlip } from 'careplan-renkei';

export const MONTH = '2025-11';
export const CARE_MANAGEMENT: Address = { officeNumber: '0370100105', serviceType: '43' };

const SERVICES = {
  visit: {
    office: '0370200210',
    name: 'ヘルパーステーションさくら',
    code: '111111',
    units: 244,
    times: ['09:00', '09:30'],
  },
  housework: {
    office: '0370200210',
    name: 'ヘルパーステーションさくら',
    code: '112211',
    units: 179,
    times: ['14:00', '14:45'],
  },
  nursing: {
    office: '0360190037',
    name: '訪問看護ステーション青葉',
    code: '131111',
    units: 471,
    times: ['13:00', '13:30'],
  },
  day: {
    office: '0370200228',
    name: 'デイサービス「ひだまり」',
    code: '151241',
    units: 658,
    times: ['09:30', '16:00'],
  },
  bath: {
    office: '0370200228',
    name: 'デイサービス「ひだまり」',
    code: '155301',
    units: 40,
    times: ['09:30', '16:00'],
  },
  rehabilitation: {
    office: '0370200335',
    name: 'リハビリセンターきたかみ',
    code: '161111',
    units: 715,
    times: ['10:00', '12:00'],
  },
  wheelchair: {
    office: '0370300317',
    name: '福祉用具レンタル㈱ほほえみ',
    code: '171001',
    units: 450,
    times: ['9999', '9999'],
  },
} as const;
type Service = keyof typeof SERVICES;

/** The days of November 2025 that fall on some days of the week; 0 is Sunday. */
export const days = (...weekdays: number[]): number[] =>
  Array.from({ length: 30 }, (_, i) => i + 1).filter((day) => weekdays.includes(new Date(2025, 10, day).getDay()));

const line = (service: Service, on: readonly number[]): Line => {
  const { office, name, code, units, times } = SERVICES[service];
  return {
    serviceCode: code,
    units,
    startTime: times[0],
    endTime: times[1],
    serviceOfficeNumber: office,
    serviceOfficeName: name,
    overThirtyDays: '0',
    ...(service === 'wheelchair' ? { taisCode: '00013-000001', equipmentName: '車いす（自走式）' } : {}),
    days: on.map((day) => ({ serviceDate: `${MONTH}-${String(day).padStart(2, '0')}`, count: 1 })),
  };
};

/** A person's slip, its statement computed from its lines. */
function slip(insuredPersonNumber: string, supplement: Supplement, lines: Line[]): UsageSlip {
  const computed = computeStatement(lines, {
    createdOn: '2025-10-25',
    updatedBy: CARE_MANAGEMENT.officeNumber,
    unitPrice: ({ serviceType }) => (serviceType === '17' ? 10 : 10.42),
    benefitRate: 90,
    limits: supplement,
  });
  if (!computed.ok) throw new Error(computed.issues.map(({ message }) => message.en).join('\n'));
  return {
    serviceUser: { insurerNumber: '032011', insuredPersonNumber, supplement },
    serviceMonth: MONTH,
    createdOn: '2025-10-25',
    careManagementOfficeNumber: CARE_MANAGEMENT.officeNumber,
    careManagerName: '介護支援専門員　岩手太郎',
    updatedBy: CARE_MANAGEMENT.officeNumber,
    lines,
    ...(computed.statement ? { statement: computed.statement } : {}),
  };
}

/** The slips of the month, as care software holds them. */
export const usageSlips = (): UsageSlip[] => [
  slip(
    '0001442621',
    { nameKana: 'ﾀｶﾊｼ ｼｹﾞﾙ', name: '髙橋　茂', sex: '1', birthDate: '1926-09-08', careLevel: '22', benefitLimit: 19705 },
    [line('visit', days(1, 3, 5)), line('day', days(2)), line('bath', days(2)), line('wheelchair', [1])],
  ),
  slip(
    '0001297962',
    {
      nameKana: 'ｸﾄﾞｳ ﾏｻｵ',
      name: '工藤　正男',
      sex: '1',
      birthDate: '1956-09-13',
      careLevel: '23',
      benefitLimit: 27048,
    },
    [line('visit', days(2, 4)), line('housework', days(6)), line('nursing', days(1)), line('wheelchair', [1])],
  ),
  slip(
    '0001966984',
    { nameKana: 'ｷｸﾁ ﾖｼ', name: '菊池　ヨシ', sex: '2', birthDate: '1931-03-21', careLevel: '25', benefitLimit: 36217 },
    [line('nursing', days(1, 4)), line('rehabilitation', days(2, 5))],
  ),
  slip(
    '0001090667',
    { nameKana: 'ﾁﾊﾞ ｷﾖ', name: '千葉　キヨ', sex: '2', birthDate: '1940-12-02', careLevel: '21', benefitLimit: 16765 },
    [line('rehabilitation', days(3))],
  ),
];
