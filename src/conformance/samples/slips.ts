import { planTransmissions } from '../../office/index.js';
import type { UsageSlip } from '../../schema/internal.js';
import { days, line, notification, prorated, type SlipTerms, slipOf, tais, weekly } from './lines.js';
import { CARE_MANAGEMENT, SERVICES } from './offices.js';
import { PEOPLE } from './people.js';
import { type Both, CORRECTED, FIRST, fixedSerials, type SampleSet, told } from './set.js';

const TERMS: SlipTerms = { planner: CARE_MANAGEMENT.officeNumber, createdOn: '2025-10-25' };
const LATER: SlipTerms = { ...TERMS, createdOn: '2025-11-08' };

const { visit } = SERVICES;
const HELPERS = { serviceOfficeNumber: visit.office, serviceType: visit.code.slice(0, 2) };
const STAY = SERVICES.shortStay.code;

const ordinary = (terms: SlipTerms, withDay: boolean): UsageSlip =>
  slipOf(
    PEOPLE.ordinary,
    [
      line('visit', withDay ? weekly(1, 3, 5) : weekly(1, 2, 3, 5)),
      ...(withDay ? [line('day', weekly(2)), line('bath', weekly(2))] : []),
      line('wheelchair', [1], tais('00013-000001', '車いす（自走式）')),
      line('helpersAddOn', [30]),
    ],
    terms,
  );

const night = (terms: SlipTerms, service: 'night' | 'nightLater'): UsageSlip =>
  slipOf(PEOPLE.night, [line(service, weekly(2, 4)), line('toilet', weekly(6), {}, 2), line('day', weekly(1))], terms);

function satellite(): UsageSlip {
  const slip = slipOf(
    PEOPLE.satellite,
    [
      line(
        'day',
        weekly(1).filter((d) => d > 10),
      ),
      line(
        'daySatellite',
        weekly(4).filter((d) => d > 10),
      ),
      line('shortStay', days(1, 5)),
      line('shortStay', days(6, 10), { overThirtyDays: '1' }),
    ],
    { ...TERMS, shortStayDays: 25 },
  );
  // Of what sheet 7 prints of short stays nothing follows from the lines.
  const rows = slip.statement?.rows.map((row) =>
    row.serviceCode === STAY && row.overThirtyDays === '0'
      ? { ...row, daysToPreviousMonth: 25, plannedDays: 10, accumulatedDays: 35 }
      : row,
  );
  return { ...slip, statement: { ...slip.statement, rows } as NonNullable<UsageSlip['statement']> };
}

/** The slips of the month, each with what there is to see of it. */
const casesOf = (): readonly { readonly slip: UsageSlip; readonly what: Both }[] => [
  {
    slip: ordinary(TERMS, true),
    what: {
      ja: 'ふつうの月。通所介護に入浴介助加算（本体と同じ時刻）、車いす、率の加算（限度額外）。あとで通所介護をやめ、取り下げと訂正になる',
      en: 'an ordinary month: day care with its bathing add-on at the same time, a wheelchair, a percentage add-on outside the limit; later without day care: a withdrawal and a correction',
    },
  },
  {
    slip: night(TERMS, 'night'),
    what: {
      ja: '日をまたぐ訪問介護（22:30～0:30）、同じ日に2回のサービス。あとで時刻を訂正',
      en: 'home help across midnight (22:30 to 0:30), two times on one day; the time is corrected later',
    },
  },
  {
    slip: slipOf(
      PEOPLE.equipment,
      [
        line('handrail', [1], { ...tais('00014-000001', '手すり'), detailNumber: 1 }),
        line('handrail', [1], { ...tais('00014-000002', '手すり'), detailNumber: 2 }),
        line('walker', [1], notification('99999-000123', '歩行器')),
        line('nursing', weekly(3)),
      ],
      TERMS,
    ),
    what: {
      ja: '福祉用具貸与。サービスコードと単位数の同じ手すり2点（明細判別コード1・2）、福祉用具届出コードの歩行器',
      en: 'equipment: two handrails with the same code and units (detail numbers 1 and 2), a walker by its notification code',
    },
  },
  {
    slip: slipOf(
      PEOPLE.twoTypes,
      [line('visit', weekly(2, 5)), line('helpersRental', [1], tais('00013-000002', '車いす（介助式）'))],
      TERMS,
    ),
    what: {
      ja: '一つの事業所の二つのサービス種類（訪問介護と福祉用具貸与）。宛先も二つ',
      en: 'two service types of one office (home help and equipment): two post boxes',
    },
  },
  {
    slip: slipOf(PEOPLE.assistance, [line('nursing', weekly(1, 4)), line('day', weekly(3))], {
      ...TERMS,
      benefitRate: 100,
    }),
    what: { ja: '生活保護単独（被保険者番号がH）', en: 'on public assistance only (an insured number with H)' },
  },
  {
    slip: slipOf(
      PEOPLE.prorated,
      [line('roundTheClock', days(16, 30), { proratedDays: prorated(days(16, 30)) })],
      TERMS,
    ),
    what: {
      ja: '16日からの日割（日割対象日）。月の途中の要介護度の変更（補足情報の変更日・前回）',
      en: 'prorated from the 16th on; the care level changes in the month (supplement: date and previous level)',
    },
  },
  {
    slip: satellite(),
    what: {
      ja: 'サテライト（枝番1）と本体の通所介護。短期入所30日超の自費（前月までの利用日数25日）',
      en: 'day care in the office and in its satellite 1; a short stay beyond 30 days (25 until the month before)',
    },
  },
  {
    slip: slipOf(PEOPLE.overLimit, [line('day', days(1, 20)), line('visit', days(1, 30))], {
      ...TERMS,
      statement: { overLimit: [{ ...HELPERS, benefitLimitExcessUnits: 3715 }] },
    }),
    what: {
      ja: '区分支給限度基準額を超える月（訪問介護の3,715単位）。種類支給限度基準額あり（通所介護）',
      en: 'units over the benefit limit (3,715 of home help); a limit of the service type (day care)',
    },
  },
  {
    slip: slipOf(PEOPLE.guidance, [line('guidance', [10, 24]), line('nursing', weekly(2))], TERMS),
    what: {
      ja: '時刻のないサービス（9999）。居宅療養管理指導（限度額外）',
      en: 'a service without time of day (9999), outside the limit',
    },
  },
];

export const usageSlips = (): readonly UsageSlip[] => casesOf().map(({ slip }) => slip);

/** D2: the slips of a month, one corrected, one withdrawn from an office. */
export function usageSlipSet(): SampleSet {
  const sender = CARE_MANAGEMENT;
  const all = casesOf();
  const slips = all.map(({ slip }) => slip);
  const first = planTransmissions(slips, { sender, serials: fixedSerials('20251025200101') });
  const corrected = [ordinary(LATER, false), night(LATER, 'nightLater')];
  const serials = fixedSerials('20251108173001');
  const second = planTransmissions(corrected, { sender, serials, previous: slips });
  const transmissions = [...told(first, FIRST), ...told(second, CORRECTED)];
  const cases = new Map(all.map(({ slip, what }) => [slip.serviceUser.insuredPersonNumber, what]));
  return { pattern: 'D2', transmissions, cases };
}
