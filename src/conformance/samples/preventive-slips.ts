import { planActuals, planForCentre, planTransmissions } from '../../office/index.js';
import type { UsageSlip } from '../../schema/internal.js';
import { actualsFor, actualsOf, lessOneDay } from './actuals.js';
import { days, line, prorated, type SlipTerms, slipOf, tais, weekly } from './lines.js';
import { addressOf, CARE_MANAGEMENT, CENTRE, CENTRE_STAFF } from './offices.js';
import { PREVENTIVE_PEOPLE as PEOPLE } from './people.js';
import { type Both, CORRECTED, FIRST, fixedSerials, type SampleSet, told } from './set.js';

const TERMS: SlipTerms = { planner: CENTRE.officeNumber, manager: CENTRE_STAFF, createdOn: '2025-10-24' };
const FOR_CENTRE: Both = {
  ja: '委託を受けた事業所から地域包括支援センターへ',
  en: 'from an entrusted office to the centre',
};

const ordinary = (terms: SlipTerms, months: readonly number[]): UsageSlip =>
  slipOf(
    PEOPLE.ordinary,
    [
      line('helpersOfTown', months),
      line('preventiveDay', weekly(2)),
      line('preventiveAddOn', [30]),
      line('preventiveRental', [1], tais('00015-000007', '歩行器㊤')),
    ],
    { ...terms, statement: { monthly: isMonthly } },
  );
/** Services that count once a month, on whatever days they stand. */
const isMonthly = (code: string): boolean => !/^(63|67|A2112)/.test(code);

const target = (terms: SlipTerms): UsageSlip =>
  slipOf(PEOPLE.target, [line('dayOfTown', weekly(3))], { ...terms, statement: { monthly: isMonthly } });

const entrusted = (): UsageSlip =>
  slipOf(PEOPLE.entrusted, [line('dayOfTown', weekly(4)), line('preventiveNursing', weekly(1))], {
    planner: CARE_MANAGEMENT.officeNumber,
    createdOn: '2025-10-24',
    statement: { monthly: isMonthly },
  });

const slipsOf = (): readonly UsageSlip[] => [
  ordinary(TERMS, weekly(1, 5)),
  target(TERMS),
  slipOf(PEOPLE.assistance, [line('preventiveNursing', weekly(2, 5))], { ...TERMS, benefitRate: 100 }),
  slipOf(PEOPLE.changed, [line('helpersOfTownByDay', days(10, 30), { proratedDays: prorated(days(10, 30)) })], TERMS),
];

const CASES: Readonly<Record<keyof typeof PEOPLE, Both>> = {
  ordinary: {
    ja: '総合事業（訪問型独自。事業所番号に英字）、介護予防通所リハビリ（包括）と率の加算、介護予防福祉用具貸与。あとで訪問の日を訂正',
    en: 'home help of the municipality (an office number with a letter), preventive day rehabilitation by the month with a percentage add-on, preventive equipment; the days of home help are corrected later',
  },
  target: {
    ja: '事業対象者。通所型独自（包括、時刻なし）',
    en: 'a person known by the checklist (事業対象者): day service of the municipality, by the month, without time of day',
  },
  assistance: { ja: '生活保護単独。介護予防訪問看護', en: 'on public assistance only: preventive nursing' },
  changed: {
    ja: '月の途中で要支援1から2へ。総合事業の日割',
    en: 'support level 1 to 2 in the month; a service of the municipality prorated by day',
  },
  entrusted: {
    ja: '委託。委託先の居宅介護支援事業所が地域包括支援センターへ送る',
    en: 'entrusted: the care-management office writes to the centre',
  },
};
const cases = new Map(Object.entries(CASES).map(([name, what]) => [PEOPLE[name as keyof typeof PEOPLE].number, what]));

/** D6: preventive slips, one corrected, one withdrawn, and what an entrusted office writes to its centre. */
export function preventiveSlipSet(): SampleSet {
  const slips = slipsOf();
  const first = planTransmissions(slips, { sender: CENTRE, serials: fixedSerials('20251024180001') });
  const later: SlipTerms = { ...TERMS, createdOn: '2025-11-07' };
  // The first office of the target person has to give up: the other one takes over.
  const moved = slipOf(PEOPLE.target, [line('helpersOfTown', weekly(3))], {
    ...later,
    statement: { monthly: isMonthly },
  });
  const second = planTransmissions([ordinary(later, weekly(1, 4)), moved], {
    sender: CENTRE,
    previous: slips,
    serials: fixedSerials('20251107180001'),
  });
  const forCentre = planForCentre(
    { usageSlips: [entrusted()] },
    { sender: CARE_MANAGEMENT, centre: CENTRE, serials: fixedSerials('20251107190001') },
  );
  const transmissions = [...told(first, FIRST), ...told(second, CORRECTED), ...told(forCentre, FOR_CENTRE)];
  return { pattern: 'D6', transmissions, cases };
}

/** D7: preventive actuals, corrected and withdrawn, and what an entrusted office passes on to its centre. */
export function preventiveActualsSet(): SampleSet {
  const receiver = CENTRE;
  const all = actualsFor(slipsOf(), '2025-12-02');
  const first = planActuals(all, { receiver, serials: fixedSerials('20251202180001') });
  const nursing = addressOf('preventiveNursing');
  const [own] = all.filter(({ serviceType }) => serviceType === nursing.serviceType);
  const corrected = own ? [lessOneDay(own, '2025-12-05')] : [];
  const second = planActuals(corrected, { receiver, serials: fixedSerials('20251205180001') });
  const rental = addressOf('preventiveRental');
  const third = {
    transmissions: all
      .filter(({ serviceType }) => serviceType === rental.serviceType)
      .map(({ serviceUser, serviceMonth, serviceOfficeNumber, serviceType }) => ({
        from: rental,
        to: receiver,
        serial: '20251205180101',
        documents: {
          withdrawals: [{ of: 'actuals' as const, serviceUser, serviceMonth, serviceOfficeNumber, serviceType }],
        },
      })),
    issues: [],
  };
  const passedOn = [addressOf('dayOfTown'), addressOf('preventiveNursing')].map((office) =>
    actualsOf(entrusted(), office, '2025-12-04', CARE_MANAGEMENT.officeNumber),
  );
  const forCentre = planForCentre(
    { actuals: passedOn },
    { sender: CARE_MANAGEMENT, centre: CENTRE, serials: fixedSerials('20251205190001') },
  );
  const transmissions = [
    ...told(first, FIRST),
    ...told(second, CORRECTED),
    ...told(third, CORRECTED),
    ...told(forCentre, FOR_CENTRE),
  ];
  return { pattern: 'D7', transmissions, cases };
}
