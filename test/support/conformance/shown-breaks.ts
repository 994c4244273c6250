import type { Address } from '../../../src/codec/index.js';
import type { SampleSet, SampleTransmission } from '../../../src/conformance/index.js';
import type { ShownId } from '../../../src/conformance/points/show.js';
import { computeStatement } from '../../../src/index.js';
import {
  type Actuals,
  type BasicInformation,
  type CarePlan,
  DOCUMENT_LISTS,
  type Documents,
  documentKey,
  type Line,
  numberNeeds,
  type PreventivePlan,
  type UsageSlip,
} from '../../../src/schema/index.js';

/** Takes one situation out of a sample set, and leaves all others in. */
type TakeOut = (set: SampleSet) => SampleSet;

type Json = { [name: string]: Json } | Json[] | string | number | boolean | undefined;
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** Each transmission changed, or several in its place. */
const each =
  (
    change: (one: SampleTransmission, set: SampleSet) => SampleTransmission | SampleTransmission[] | undefined,
  ): TakeOut =>
  (set) => ({ ...set, transmissions: set.transmissions.flatMap((one) => change(copy(one), set) ?? []) });

/** Every object of the documents, inner ones last. */
function* objectsIn(value: unknown): Generator<Record<string, Json>> {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) yield value as Record<string, Json>;
  for (const one of Object.values(value)) yield* objectsIn(one);
}
/** Changes objects in their place. */
const objects = (change: (one: Record<string, Json>) => void): TakeOut =>
  each((one) => {
    for (const object of objectsIn(one.documents)) change(object);
    return one;
  });
const without = (...names: readonly string[]): TakeOut =>
  objects((one) => {
    for (const name of names) delete one[name];
  });
const renamed = (from: string, to: string): TakeOut =>
  objects((one) => {
    if (one[from] === undefined) return;
    one[to] = one[from];
    delete one[from];
  });
const replaced = (name: string, from: Json, to: Json): TakeOut =>
  objects((one) => {
    if (one[name] === from) one[name] = to;
  });
/** A text of the whole set for another, wherever it stands. */
const text =
  (from: string | RegExp, to: string | ((found: string) => string)): TakeOut =>
  (set) => ({
    ...set,
    transmissions: JSON.parse(JSON.stringify(set.transmissions).replaceAll(from as string, to as string)),
  });
/** The same within the texts only. */
const texts = (from: RegExp, to: string): TakeOut =>
  objects((one) => {
    for (const [name, value] of Object.entries(one)) {
      if (typeof value === 'string' && name !== 'base64') one[name] = value.replaceAll(from, to);
    }
  });
const documents = <K extends keyof Documents>(
  list: K,
  change: (one: NonNullable<Documents[K]>[number]) => NonNullable<Documents[K]>[number],
): TakeOut =>
  each((one) => {
    const found = one.documents[list];
    return found ? { ...one, documents: { ...one.documents, [list]: found.map(change as never) } } : one;
  });
const lines = (change: (line: Line) => Line): TakeOut => {
  const inLines = <T extends UsageSlip | Actuals>(one: T): T => ({ ...one, lines: one.lines.map(change) });
  return (set) => documents('actuals', inLines)(documents('usageSlips', inLines)(set));
};
const carePlans = (
  change: (needs: NonNullable<CarePlan['sheet2']>['needs']) => Parameters<typeof numberNeeds>[0],
): TakeOut =>
  documents('carePlans', (plan) =>
    plan.sheet2 ? { ...plan, sheet2: { ...plan.sheet2, needs: numberNeeds(change(plan.sheet2.needs)) } } : plan,
  );
const week = (change: (sheet3: NonNullable<CarePlan['sheet3']>) => Partial<NonNullable<CarePlan['sheet3']>>): TakeOut =>
  documents('carePlans', (plan) =>
    plan.sheet3 ? { ...plan, sheet3: { ...plan.sheet3, ...change(plan.sheet3) } } : plan,
  );
const basic = (change: (one: BasicInformation) => Partial<BasicInformation>): TakeOut =>
  documents('basicInformation', (one) => ({ ...one, ...change(one) }));
const plans = (change: (one: PreventivePlan) => Partial<PreventivePlan>): TakeOut =>
  documents('preventivePlans', (one) => ({ ...one, ...change(one) }));

/** Each document in a transmission of its own. */
const split: TakeOut = (set) => {
  let n = 0;
  const alone = each((one) =>
    DOCUMENT_LISTS.flatMap((list) => (one.documents[list] ?? []).map((document) => ({ list, document }))).reduce<
      SampleTransmission[]
    >((all, { list, document }) => {
      const own = all.find(
        ({ documents }) =>
          Object.values(documents)[0]?.[0]?.serviceUser.insuredPersonNumber ===
          document.serviceUser.insuredPersonNumber,
      );
      if (own) (own.documents as Record<string, unknown[]>)[list] = [...(own.documents[list] ?? []), document];
      else all.push({ ...one, documents: { [list]: [document] }, serial: serialOf(n++) });
      return all;
    }, []),
  );
  return alone(set);
};
const serialOf = (n: number): string =>
  `202512${String(10 + Math.floor(n / 50))}1200${String(n % 50).padStart(2, '0')}`;

/** The office numbers of services in a transmission, for one. */
const inOffice = (one: SampleTransmission, to: string, isOf: (number: string) => boolean): SampleTransmission => {
  for (const object of objectsIn(one.documents)) {
    const { serviceOfficeNumber: number } = object;
    if (typeof number === 'string' && number !== '9999999999' && isOf(number)) object.serviceOfficeNumber = to;
  }
  return one;
};

/** One receiver for all: of its services in each transmission the office number is that of the receiver. */
const oneReceiver = each((one, { pattern, transmissions }) => {
  const letter = transmissions.find(({ to }) => /[A-Z]/.test(to.officeNumber));
  const officeNumber = (letter ?? transmissions[0])?.to.officeNumber ?? '';
  const served = inOffice(one, officeNumber, (number) => number === one.to.officeNumber);
  return { ...(pattern === 'D1' ? one : served), to: { ...one.to, officeNumber } };
});

/** The equipment of an office that has other services too is another office's. */
const oneType = each((one) => {
  const moved = (address: Address): Address =>
    address.serviceType === '17' && address.officeNumber === HELPERS
      ? { ...address, officeNumber: '0370200999' }
      : address;
  for (const object of objectsIn(one.documents)) {
    const type = object.serviceType ?? String(object.serviceCode ?? '').slice(0, 2);
    if (type === '17' && object.serviceOfficeNumber === HELPERS) object.serviceOfficeNumber = '0370200999';
    if (type === '17' && object.updatedBy === HELPERS) object.updatedBy = '0370200999';
  }
  return { ...one, from: moved(one.from), to: moved(one.to) };
});
const HELPERS = '0370200210';

/** Types of services for others, in codes and addresses. */
const types = (map: Readonly<Record<string, string>>): TakeOut =>
  each((one) => {
    const address = ({ officeNumber, serviceType }: Address): Address => ({
      officeNumber,
      serviceType: map[serviceType] ?? serviceType,
    });
    for (const object of objectsIn(one.documents)) {
      const { serviceCode, serviceType } = object;
      if (typeof serviceType === 'string') object.serviceType = map[serviceType] ?? serviceType;
      if (typeof serviceCode !== 'string') continue;
      const type = serviceCode.slice(0, 2);
      object.serviceCode = (map[type] ?? type) + serviceCode.slice(2);
    }
    return { ...one, from: address(one.from), to: address(one.to) };
  });

/** Without what was sent before between the same offices. */
const firstOnly: TakeOut = (set) => {
  const known = new Set<string>();
  return each((one) => {
    const kept = DOCUMENT_LISTS.flatMap((list) => {
      const own = (one.documents[list] ?? []).filter((document) => {
        const key = JSON.stringify([one.from, one.to, list, documentKey(document)]);
        return list === 'withdrawals' || (!known.has(key) && known.add(key));
      });
      return own.length > 0 ? [[list, own] as const] : [];
    });
    return kept.length > 0 ? { ...one, documents: Object.fromEntries(kept) } : undefined;
  })(set);
};

const FOR_CENTRE = ({ from, to }: SampleTransmission): boolean => from.serviceType === '43' && to.serviceType === '46';
/** What an entrusted office wrote to its centre goes to, or comes from, the first of the services. */
const notForCentre = each((one) => {
  if (!FOR_CENTRE(one)) return one;
  const [slip] = one.documents.usageSlips ?? [];
  const [actuals] = one.documents.actuals ?? [];
  if (slip?.lines[0]) {
    const { serviceOfficeNumber: officeNumber, serviceCode } = slip.lines[0];
    return { ...one, to: { officeNumber, serviceType: serviceCode.slice(0, 2) } };
  }
  if (!actuals) return one;
  const { serviceOfficeNumber: officeNumber, serviceType } = actuals;
  return { ...one, from: { officeNumber, serviceType }, documents: { actuals: [actuals] } };
});

const isTimeless = ({ startTime, taisCode, equipmentNotificationCode }: Line): boolean =>
  startTime === '9999' && taisCode === undefined && equipmentNotificationCode === undefined;

const inFull = documents('usageSlips', (slip) => {
  if (!slip.statement?.rows.some(({ benefitLimitExcessUnits = 0 }) => benefitLimitExcessUnits > 0)) return slip;
  const made = computeStatement(slip.lines, { createdOn: slip.createdOn, unitPrice: 10, benefitRate: 90, limits: {} });
  return made.statement ? { ...slip, statement: made.statement } : slip;
});

const BREAKS: Readonly<Record<ShownId, TakeOut>> = {
  severalPersons: split,
  severalReceivers: oneReceiver,
  twoTypes: oneType,
  publicAssistanceOnly: text(/H0000\d{5}/g, '0009999999'),
  severalNeeds: (set) =>
    plans(({ needs: [need] }) => (need ? { needs: [need] } : {}))(
      carePlans(([need, ...others]) =>
        need ? [{ ...need, longTermGoals: [need, ...others].flatMap(({ longTermGoals }) => longTermGoals) }] : [],
      )(set),
    ),
  severalLongTermGoals: carePlans((needs) =>
    needs.map(({ longTermGoals: [goal, ...others], ...need }) => ({
      ...need,
      longTermGoals: goal
        ? [{ ...goal, shortTermGoals: [goal, ...others].flatMap(({ shortTermGoals }) => shortTermGoals) }]
        : [],
    })),
  ),
  severalShortTermGoals: carePlans((needs) =>
    needs.map((need) => ({
      ...need,
      longTermGoals: need.longTermGoals.map(({ shortTermGoals: [goal, ...others], ...longTerm }) => ({
        ...longTerm,
        shortTermGoals: goal ? [{ ...goal, services: [goal, ...others].flatMap(({ services }) => services) }] : [],
      })),
    })),
  ),
  notInsured: replaced('insuranceCoverage', 'N', 'Y'),
  weeklyService: week(() => ({ services: [] })),
  dailyActivity: week(({ dailyActivities }) => ({
    dailyActivities: dailyActivities.filter((one) => one.activityStartTime === one.activityEndTime),
  })),
  pointInTime: week(({ dailyActivities }) => ({
    dailyActivities: dailyActivities.filter((one) => one.activityStartTime !== one.activityEndTime),
  })),
  otherService: week(() => ({ otherServices: [] })),
  otherReason: (set) => without('housekeepingReasonOther')(replaced('housekeepingReason', '3', '1')(set)),
  newPlanDate: replaced('planDate', '2025-11-15', '2025-09-01'),
  severalOffices: each((one) => {
    const [slip] = one.documents.usageSlips ?? [];
    const number = FOR_CENTRE(one) ? (slip?.lines[0]?.serviceOfficeNumber ?? '') : one.to.officeNumber;
    return inOffice(one, number, () => true);
  }),
  preventiveServices: types({ '63': 'A2', '66': 'A6' }),
  municipalServices: types({ A2: '62', A6: '66' }),
  letterInNumber: text('03A0300317', '0370300999'),
  satellite: objects((one) => {
    if (one.satelliteNumber === undefined) return;
    delete one.satelliteNumber;
    if (one.startTime !== undefined) one.startTime = '09:40';
  }),
  taisCode: renamed('taisCode', 'equipmentNotificationCode'),
  notificationCode: renamed('equipmentNotificationCode', 'taisCode'),
  equalItems: objects((one) => {
    if (one.taisCode === '00014-000002') one.serviceCode = '171008';
    delete one.detailNumber;
  }),
  proratedDays: without('proratedDays'),
  acrossMidnight: lines((line) => (line.endTime < line.startTime ? { ...line, endTime: '23:59' } : line)),
  noTimeOfDay: lines((line) => (isTimeless(line) ? { ...line, startTime: '10:00', endTime: '11:00' } : line)),
  severalTimesADay: lines((line) => ({ ...line, days: line.days.map((day) => ({ ...day, count: 1 })) })),
  withoutUnits: lines((line) => (line.units === 0 ? { ...line, units: 10 } : line)),
  shortStayDays: without('shortStayDaysToPreviousMonth'),
  overThirtyDays: lines((line) =>
    line.overThirtyDays === '1' ? { ...line, overThirtyDays: '0', startTime: '00:00', endTime: '23:59' } : line,
  ),
  overLimit: inFull,
  typeLimit: without('serviceTypeLimits'),
  changedLevel: without('careLevelChangeDate', 'previousCareLevel'),
  forCentre: notForCentre,
  familyImage: without('familyImage'),
  schedule: basic(({ schedule }) => ({ schedule: schedule.slice(0, 1) })),
  illnesses: basic(({ illnesses }) => ({ illnesses: illnesses.slice(0, 1) })),
  severalContacts: basic(({ emergencyContacts = [] }) => ({ emergencyContacts: emergencyContacts.slice(0, 1) })),
  otherConsultation: (set) => without('consultationMethodOther')(replaced('consultationMethod', '03', '01')(set)),
  notEntrusted: replaced('entrustment', '1', '2'),
  entrusted: replaced('entrustment', '2', '1'),
  supportPlans: plans(({ needs }) => ({
    needs: needs.map((need) => ({ ...need, supportPlans: need.supportPlans.slice(0, 1) })),
  })),
  preventiveServicesOfPlan: plans(({ needs }) => ({
    needs: needs.map((need) => ({
      ...need,
      supportPlans: need.supportPlans.map((plan) => ({ ...plan, services: plan.services.slice(0, 1) })),
    })),
  })),
  targetPerson: replaced('supportLevel', '3', '1'),
  checklist: replaced('exerciseChecklistCount', 3, 0),
  withBasicInformation: each(({ documents: { basicInformation, preventivePlans = [], ...others }, ...one }) => ({
    ...one,
    documents:
      preventivePlans.length > 0
        ? { ...others, preventivePlans }
        : { ...others, ...(basicInformation ? { basicInformation } : {}) },
  })),
  punctuation: texts(/"/g, '”'),
  halfWidthKana: texts(/[ｦ-ﾟ]/g, 'ア'),
  necCharacters: texts(/[①②㈱№℡㊤]/g, '株'),
  ibmCharacters: texts(/[髙﨑]/g, '高'),
  correction: firstOnly,
  withdrawal: each((one) => (one.documents.withdrawals ? undefined : one)),
};

/** How a situation is taken out of a set; undefined where nobody says. */
export const shownBreak = (id: ShownId): TakeOut | undefined => BREAKS[id];
