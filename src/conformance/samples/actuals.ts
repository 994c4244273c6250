import type { Address } from '../../codec/internal.js';
import { planActuals, receiversOf } from '../../office/index.js';
import type { Actuals, Line, ServiceType, UsageSlip } from '../../schema/internal.js';
import { addressOf, CARE_MANAGEMENT, SERVICES } from './offices.js';
import { PEOPLE } from './people.js';
import { type Both, CORRECTED, FIRST, fixedSerials, type SampleSet, sameAddress, told } from './set.js';
import { usageSlips } from './slips.js';

const CREATED = '2025-12-03';
const CORRECTED_ON = '2025-12-08';

/** What the sender of actuals does not compute: percentage add-ons. */
const WITHOUT_UNITS: readonly string[] = [SERVICES.helpersAddOn.code, SERVICES.preventiveAddOn.code];

/** The lines as delivered: as planned, but for the units of percentage add-ons. */
export const delivered = (lines: readonly Line[]): Line[] =>
  lines.map((line) => (WITHOUT_UNITS.includes(line.serviceCode) ? { ...line, units: 0 } : line));

/** The actuals of an office for a slip. */
export function actualsOf(
  slip: UsageSlip,
  office: Address,
  createdOn: string,
  updatedBy = office.officeNumber,
): Actuals {
  const { serviceUser, serviceMonth, careManagementOfficeNumber, careManagerName, lines } = slip;
  const { insurerNumber, insuredPersonNumber } = serviceUser;
  const own = lines.filter(({ serviceOfficeNumber, serviceCode }) =>
    sameAddress(office, { officeNumber: serviceOfficeNumber, serviceType: serviceCode.slice(0, 2) }),
  );
  return {
    serviceUser: { insurerNumber, insuredPersonNumber },
    serviceMonth,
    serviceOfficeNumber: office.officeNumber,
    serviceType: office.serviceType as ServiceType,
    createdOn,
    ...(careManagementOfficeNumber === undefined ? {} : { careManagementOfficeNumber }),
    ...(careManagerName === undefined ? {} : { careManagerName }),
    updatedBy,
    lines: delivered(own),
  };
}

/** The actuals of all offices for slips. */
export const actualsFor = (slips: readonly UsageSlip[], createdOn: string): Actuals[] =>
  slips.flatMap((slip) => receiversOf(slip).map((office) => actualsOf(slip, office, createdOn)));

/** The actuals without the last day of each line. */
export const lessOneDay = (actuals: Actuals, createdOn: string): Actuals => ({
  ...actuals,
  createdOn,
  lines: actuals.lines.map((line) => ({ ...line, days: line.days.length > 1 ? line.days.slice(0, -1) : line.days })),
});

const isOf = ({ number }: { readonly number: string }, office: Address) => {
  return ({ serviceUser, serviceOfficeNumber, serviceType }: Actuals): boolean =>
    serviceUser.insuredPersonNumber === number &&
    sameAddress(office, { officeNumber: serviceOfficeNumber, serviceType });
};

const CASES: Readonly<Record<keyof typeof PEOPLE, Both>> = {
  ordinary: {
    ja: '率の加算の単位数が0（計算できないとき）',
    en: 'a percentage add-on with 0 units, where the sender cannot compute them',
  },
  night: {
    ja: '日をまたぐ訪問介護、同じ日に2回。あとで1日減らして訂正',
    en: 'home help across midnight, two times on one day; corrected later by a day less',
  },
  equipment: {
    ja: '計画と同じ明細判別コードの福祉用具',
    en: 'equipment with the detail numbers of the plan',
  },
  twoTypes: {
    ja: '一つの事業所の二つの種類。種類ごとに別のファイル。あとで福祉用具貸与の実績を取り下げ',
    en: 'two types of one office, a file for each; the actuals of equipment are withdrawn later',
  },
  assistance: { ja: '生活保護単独', en: 'on public assistance only' },
  prorated: { ja: '日割対象日', en: 'prorated days' },
  satellite: {
    ja: 'サテライトと本体を一つのファイルに。短期入所30日超',
    en: 'the satellite and its office in one file; a short stay beyond 30 days',
  },
  overLimit: { ja: 'ふつうの月', en: 'an ordinary month' },
  guidance: { ja: '時刻のないサービス（9999）', en: 'a service without time of day (9999)' },
};

/** D3: the actuals of a month, corrected by one office and withdrawn in part by it. */
export function actualsSet(): SampleSet {
  const receiver = CARE_MANAGEMENT;
  const all = actualsFor(usageSlips(), CREATED);
  const first = planActuals(all, { receiver, serials: fixedSerials('20251203200201') });
  const [helpers, rental] = [addressOf('visit'), addressOf('helpersRental')];
  const of = (person: keyof typeof PEOPLE, office: Address) => all.filter(isOf(PEOPLE[person], office));
  const corrected = [
    ...of('night', helpers).map((one) => lessOneDay(one, CORRECTED_ON)),
    ...of('twoTypes', helpers).map((one) => ({ ...one, createdOn: CORRECTED_ON })),
  ];
  const previous = [...of('night', helpers), ...of('twoTypes', helpers), ...of('twoTypes', rental)];
  const second = planActuals(corrected, { receiver, previous, serials: fixedSerials('20251208100001') });
  const cases = new Map(
    Object.entries(CASES).map(([name, what]) => [PEOPLE[name as keyof typeof PEOPLE].number, what]),
  );
  return { pattern: 'D3', transmissions: [...told(first, FIRST), ...told(second, CORRECTED)], cases };
}
