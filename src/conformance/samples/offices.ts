import type { Address } from '../../codec/internal.js';

/** 居宅介護支援事業所 of the samples, which is an entrusted office of the centre too. */
export const CARE_MANAGEMENT: Address = { officeNumber: '0370100105', serviceType: '43' };
/** 地域包括支援センター of the samples. */
export const CENTRE: Address = { officeNumber: '0300100013', serviceType: '46' };

export const CARE_MANAGER = '髙橋　恵';
export const CARE_MANAGEMENT_NAME = 'みちのく居宅介護支援センター';
export const CENTRE_NAME = '盛岡地域包括支援センター';
export const CENTRE_STAFF = '包括　花子';

/** A service of the samples: whose, what, how many units, and when where it has one time. */
export interface SampleService {
  readonly office: string;
  readonly name: string;
  readonly code: string;
  readonly units: number;
  readonly times?: readonly [string, string];
  readonly satellite?: string;
}

const HELPERS = { office: '0370200210', name: 'ヘルパーステーションさくら' };
const DAY_CARE = { office: '0370200228', name: 'デイサービス「ひだまり」' };
const RENTAL = { office: '0370300317', name: '福祉用具レンタル㈱ほほえみ' };
const NURSES = { office: '0360190037', name: '訪問看護ステーション青葉' };
const MUNICIPAL = { office: '03A0300317', name: '訪問型サービス「おひさま」' };
const DAY_TIMES = ['09:30', '16:00'] as const;

/** The services of the samples; their codes and units are invented, in the form of the standard. */
export const SERVICES = {
  visit: { ...HELPERS, code: '111111', units: 244, times: ['09:00', '09:30'] },
  toilet: { ...HELPERS, code: '111211', units: 167, times: ['13:00', '13:20'] },
  night: { ...HELPERS, code: '111121', units: 366, times: ['22:30', '00:30'] },
  nightLater: { ...HELPERS, code: '111121', units: 366, times: ['23:00', '01:00'] },
  helpersAddOn: { ...HELPERS, code: '116275', units: 245 },
  helpersRental: { ...HELPERS, name: 'ヘルパーステーションさくら 用具課', code: '171001', units: 450 },
  nursing: { ...NURSES, code: '131111', units: 471, times: ['13:00', '13:30'] },
  day: { ...DAY_CARE, code: '151241', units: 658, times: DAY_TIMES },
  bath: { ...DAY_CARE, code: '155301', units: 40, times: DAY_TIMES },
  daySatellite: { ...DAY_CARE, code: '151241', units: 658, times: DAY_TIMES, satellite: '1' },
  wheelchair: { ...RENTAL, code: '171001', units: 450 },
  handrail: { ...RENTAL, code: '171007', units: 300 },
  walker: { ...RENTAL, code: '171009', units: 200 },
  roundTheClock: { office: '0390100014', name: '定期巡回みちのく', code: '761113', units: 186 },
  shortStay: { office: '0370600019', name: 'ショートステイ北上川', code: '211121', units: 603 },
  guidance: { office: '0310400027', name: '内丸クリニック', code: '311111', units: 515 },
  helpersOfTown: { ...MUNICIPAL, code: 'A21111', units: 1176 },
  helpersOfTownByDay: { ...MUNICIPAL, code: 'A21121', units: 39 },
  dayOfTown: { ...DAY_CARE, code: 'A61111', units: 1798 },
  preventiveNursing: { ...NURSES, code: '631111', units: 451, times: ['10:00', '10:30'] },
  preventiveDay: { office: '0370200335', name: 'リハビリセンターきたかみ', code: '661111', units: 2268 },
  preventiveAddOn: { office: '0370200335', name: 'リハビリセンターきたかみ', code: '666112', units: 195 },
  preventiveRental: { ...RENTAL, code: '671001', units: 250 },
} as const satisfies Readonly<Record<string, SampleService>>;
export type ServiceName = keyof typeof SERVICES;

/** The post box of a service: its office and its type. */
export const addressOf = (service: ServiceName): Address => ({
  officeNumber: SERVICES[service].office,
  serviceType: SERVICES[service].code.slice(0, 2),
});
