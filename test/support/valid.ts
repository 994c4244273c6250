import fc from 'fast-check';
import type { Address, OutgoingDocuments } from '../../src/codec/index.js';
import { computeStatement, type Documents, type Line, type ServiceType } from '../../src/index.js';
import { BASIC_INFORMATION, ILLNESS, SCHEDULE_ENTRY } from '../../src/schema/model/basic-information.js';
import {
  DAILY_ACTIVITY,
  LONG_TERM_GOAL,
  NEED,
  OTHER_SERVICE,
  SERVICE,
  SHEET1,
  SHEET2,
  SHEET3,
  WEEKLY_SERVICE,
} from '../../src/schema/model/care-plan.js';
import {
  PREVENTIVE_NEED,
  PREVENTIVE_PLAN,
  PREVENTIVE_SERVICE,
  SUPPORT_PLAN,
} from '../../src/schema/model/preventive-plan.js';
import { SUPPLEMENT } from '../../src/schema/model/service-user.js';
import { arbitraryPart } from './documents.js';

type Fields = Readonly<Record<string, unknown>>;

export const CARE_MANAGEMENT: Address = { officeNumber: '0370100105', serviceType: '43' };
const CENTRE: Address = { officeNumber: '0300100013', serviceType: '46' };
const MONTH = '2025-11';

/** Service offices and their types: one of two types, one with a letter in its number, several of equipment. */
const SERVICES: readonly Address[] = [
  { officeNumber: '0370200210', serviceType: '11' },
  { officeNumber: '0370200210', serviceType: '17' },
  { officeNumber: '0370200228', serviceType: '15' },
  { officeNumber: '0360190037', serviceType: '13' },
  { officeNumber: '0370300317', serviceType: '67' },
  { officeNumber: '03A0300317', serviceType: 'A2' },
  { officeNumber: '0370400404', serviceType: '2A' },
];
const EQUIPMENT: ReadonlySet<string> = new Set(['17', '67']);

/** A list of some, numbered from 1. */
const some = <T>(one: fc.Arbitrary<T>, maxLength: number, minLength = 1) =>
  fc.array(one, { minLength, maxLength, size: 'max' });
const numbered = <T extends object>(
  list: readonly T[],
  name: string,
  from = 1,
  write: (n: number) => unknown = (n) => n,
) => list.map((one, i) => ({ ...one, [name]: write(i + from) }));

/** The cells of a part, with periods in order, codes with their texts, births in the past and offices as given. */
const sound = (part: Parameters<typeof arbitraryPart>[0], fixed: Fields = {}): fc.Arbitrary<Fields> =>
  arbitraryPart(part, fixed).map((found) => {
    const fields: Record<string, unknown> = { ...found };
    for (const [start, end] of [
      ['certificationPeriodStart', 'certificationPeriodEnd'],
      ['limitStartDate', 'limitEndDate'],
    ] as const) {
      const [a, b] = [fields[start], fields[end]];
      if (typeof a === 'string' && typeof b === 'string' && b < a) Object.assign(fields, { [start]: b, [end]: a });
    }
    if (fields.housekeepingReason === '3') fields.housekeepingReasonOther ??= 'ほかの理由';
    if (fields.consultationMethod === '03') fields.consultationMethodOther ??= '訪問';
    return fields;
  });

const birthDate = fc
  .tuple(fc.integer({ min: 1920, max: 1960 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
const insured = fc.oneof(fc.stringMatching(/^[0-9]{10}$/), fc.stringMatching(/^H[0-9]{9}$/));
const persons = fc.uniqueArray(insured, { minLength: 1, maxLength: 3, size: 'max' });

/** Things of a person, to whom a number is given later: what is drawn does not depend on it, and is made ready once. */
type OfPerson<T> = fc.Arbitrary<(insuredPersonNumber: string) => T>;
const ofEach = <T>(things: OfPerson<T>, numbers: readonly string[]): fc.Arbitrary<T[]> =>
  fc
    .array(things, { minLength: numbers.length, maxLength: numbers.length })
    .map((all) => all.map((one, i) => one(numbers[i] as string)));

const supplement = fc
  .tuple(birthDate, sound(SUPPLEMENT, { birthDate: undefined, updatedBy: CARE_MANAGEMENT.officeNumber }))
  .map(([birthDate, own]) => ({ ...own, birthDate }));
const user = supplement.map((own) => (number: string) => ({ ...identity(number), supplement: own }));
const identity = (insuredPersonNumber: string) => ({ insurerNumber: '032011', insuredPersonNumber });

const times = fc.constantFrom(
  { startTime: '09:00', endTime: '09:30' },
  { startTime: '00:00', endTime: '23:59' },
  { startTime: '14:00', endTime: '14:00' },
  { startTime: '9999', endTime: '9999' },
);
const days = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 3 });

const LINES = new Map(
  SERVICES.map((service) => [
    service,
    fc
      .uniqueArray(
        fc.record({
          item: fc.constantFrom('1111', '2211', '6275'),
          units: fc.integer({ min: 0, max: 200 }),
          times,
          days,
          count: fc.constantFrom(1, 1, 1, 2),
          prorated: fc.constantFrom(undefined, undefined, `1${'0'.repeat(30)}`, `${'1'.repeat(30)}0`),
          isTais: fc.boolean(),
          satelliteNumber: fc.constantFrom(undefined, undefined, '1'),
          overThirtyDays: fc.constantFrom('0', '0', '1'),
        }),
        { minLength: 1, maxLength: 3, selector: ({ item, units }) => `${item} ${units}` },
      )
      .map((list) => list.map((one) => ({ ...one, service }))),
  ]),
);

/** Lines of services, each of which has at least one; no two of one office, code and units. */
const linesOf = (services: readonly Address[]): fc.Arbitrary<Line[]> =>
  fc.tuple(...services.map((service) => LINES.get(service) as NonNullable<ReturnType<typeof LINES.get>>)).map((lists) =>
    lists
      .flat()
      .map(({ service, item, units, times, days, count, prorated, isTais, satelliteNumber, overThirtyDays }) => ({
        serviceOfficeNumber: service.officeNumber,
        serviceCode: `${service.serviceType}${item}`,
        units,
        ...times,
        overThirtyDays,
        ...(prorated === undefined ? {} : { proratedDays: prorated }),
        ...(satelliteNumber === undefined ? {} : { satelliteNumber }),
        ...(EQUIPMENT.has(service.serviceType)
          ? { [isTais ? 'taisCode' : 'equipmentNotificationCode']: '00014-000001', equipmentName: '歩行器' }
          : {}),
        days: days.map((day) => ({ serviceDate: `${MONTH}-${String(day).padStart(2, '0')}`, count })),
      })),
  ) as fc.Arbitrary<Line[]>;

const HEAD = {
  serviceMonth: MONTH,
  createdOn: '2025-11-25',
  careManagementOfficeNumber: CARE_MANAGEMENT.officeNumber,
  careManagerName: '岩手太郎',
};

function statementOf(lines: readonly Line[], unitPrice: number, omits: boolean) {
  const made = computeStatement(lines, {
    createdOn: HEAD.createdOn,
    unitPrice,
    benefitRate: 90,
    limits: {},
    ...(omits ? { managedUnits: 'omit' as const } : {}),
  });
  if (!made.ok) throw new Error(made.issues.map(({ message }) => message.en).join('\n'));
  return made.statement ? { statement: made.statement } : {};
}

const slips = fc.tuple(fc.constantFrom(...SERVICES), persons).chain(([to, numbers]) =>
  ofEach(
    fc
      .tuple(
        user,
        fc.subarray([...SERVICES]).chain((others) => linesOf([...new Set([to, ...others])])),
        fc.constantFrom(10, 10.42, 11.4),
        fc.boolean(),
      )
      .map(([of, lines, unitPrice, omits]) => (number: string) => ({
        ...HEAD,
        serviceUser: of(number),
        updatedBy: CARE_MANAGEMENT.officeNumber,
        lines,
        ...statementOf(lines, unitPrice, omits),
      })),
    numbers,
  ).map((usageSlips) => ({ from: CARE_MANAGEMENT, to, documents: { usageSlips } })),
);

const actuals = fc.tuple(fc.constantFrom(...SERVICES), persons).chain(([from, numbers]) =>
  fc.tuple(...numbers.map(() => linesOf([from]))).map((all) => ({
    from,
    to: CARE_MANAGEMENT,
    documents: {
      actuals: all.map((lines, i) => ({
        ...HEAD,
        serviceUser: identity(numbers[i] as string),
        serviceOfficeNumber: from.officeNumber,
        serviceType: from.serviceType as ServiceType,
        updatedBy: from.officeNumber,
        lines,
      })),
    },
  })),
);

const goal = fc.tuple(sound(LONG_TERM_GOAL), some(some(sound(SERVICE), 3), 3)).map(([own, groups]) => {
  let number = 1;
  const shortTermGoals = groups.map((services, i) => {
    const first = number;
    number += services.length;
    return { shortTermGoal: `目標${i}`, services: numbered(services, 'serviceNumber', first) };
  });
  return { ...own, shortTermGoals };
});
const needs = some(
  fc
    .tuple(sound(NEED), some(goal, 2))
    .map(([need, goals]) => ({ ...need, longTermGoals: numbered(goals, 'longTermGoalNumber') })),
  3,
).map((list) => numbered(list, 'needNumber'));
const paired = <T extends Fields>(one: T, start: string, end: string): T => {
  const [a, b] = [one[start] as string | undefined, one[end] as string | undefined];
  const { [start]: _, [end]: __, ...rest } = one;
  if (a === undefined || b === undefined) return rest as T;
  return { ...rest, [start]: a < b ? a : b, [end]: a < b ? b : a } as unknown as T;
};
const notEmpty = (one: Fields) => Object.keys(one).length > 0;

const plan = fc
  .record({
    of: user,
    sheet1: sound(SHEET1, {
      careManagementOfficeNumber: CARE_MANAGEMENT.officeNumber,
      updatedBy: CARE_MANAGEMENT.officeNumber,
    }),
    sheet2: fc
      .tuple(sound(SHEET2, { updatedBy: CARE_MANAGEMENT.officeNumber }), needs)
      .map(([own, needs]) => ({ ...own, needs })),
    sheet3: fc
      .tuple(
        sound(SHEET3),
        some(
          sound(WEEKLY_SERVICE)
            .map((one) => paired(one, 'startTime', 'endTime'))
            .filter(notEmpty),
          3,
        ),
        some(
          sound(DAILY_ACTIVITY)
            .map((one) => paired(one, 'activityStartTime', 'activityEndTime'))
            .filter(notEmpty),
          2,
          0,
        ),
        some(sound(OTHER_SERVICE).filter(notEmpty), 2, 0),
      )
      .map(([own, services, dailyActivities, otherServices]) => ({
        ...own,
        services,
        dailyActivities,
        otherServices,
      })),
  })
  .map(({ of, ...own }) => (number: string) => ({ serviceUser: of(number), ...own, planDate: '2025-11-01' }));
const plans = fc
  .tuple(fc.constantFrom(...SERVICES), persons)
  .chain(([to, numbers]) =>
    ofEach(plan, numbers).map((carePlans) => ({ from: CARE_MANAGEMENT, to, documents: { carePlans } })),
  );

/** The shortest bytes that are a JPEG by their content. */
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0xff, 0xd9]).toString('base64');
const text = (n: number) => String(n);
const preventivePlan = fc
  .tuple(
    sound(PREVENTIVE_PLAN),
    some(
      fc
        .tuple(
          sound(PREVENTIVE_NEED),
          some(
            fc
              .tuple(sound(SUPPORT_PLAN), some(sound(PREVENTIVE_SERVICE), 2))
              .map(([own, services]) => ({ ...own, services: numbered(services, 'serviceNumber', 1, text) })),
            2,
          ),
        )
        .map(([need, plans]) => ({ ...need, supportPlans: numbered(plans, 'supportPlanNumber', 1, text) })),
      2,
    ).map((list) => numbered(list, 'needNumber', 1, text)),
  )
  .map(([own, needs]) => (number: string) => ({
    ...own,
    serviceUser: identity(number),
    planDate: '2025-11-10',
    needs,
  }));
const basic = fc
  .tuple(
    birthDate,
    sound(BASIC_INFORMATION, { birthDate: undefined, familyImageName: undefined }),
    some(sound(SCHEDULE_ENTRY), 2),
    some(sound(ILLNESS), 2),
    fc.boolean(),
  )
  .map(([birthDate, { familyImageName: _, ...own }, schedule, illnesses, hasImage]) => (number: string) => ({
    ...own,
    birthDate,
    serviceUser: identity(number),
    consultationDate: '2025-11-10',
    schedule,
    illnesses,
    hasImage,
  }));
const preventive = fc
  .tuple(fc.constantFrom(...SERVICES), persons, fc.constantFrom('basic', 'plan', 'both'))
  .chain(([to, numbers, which]) =>
    fc.tuple(ofEach(basic, numbers), ofEach(preventivePlan, numbers)).map(([all, preventivePlans]) => {
      const basicInformation = all.map(({ hasImage, ...one }, n) => ({
        ...one,
        ...(hasImage ? { familyImage: { branch: String(n + 1).padStart(4, '0'), base64: JPEG } } : {}),
      }));
      const documents = {
        ...(which === 'plan' ? {} : { basicInformation }),
        ...(which === 'basic' ? {} : { preventivePlans }),
      };
      return { from: CENTRE, to, documents };
    }),
  );

const withdrawals = fc
  .tuple(
    fc.constantFrom('carePlan', 'usageSlip', 'actuals', 'basicInformation', 'preventivePlan'),
    fc.constantFrom(...SERVICES),
    persons,
  )
  .map(([of, service, numbers]) => {
    const key = {
      carePlan: { planDate: '2025-11-01' },
      usageSlip: { serviceMonth: MONTH },
      actuals: { serviceMonth: MONTH, serviceOfficeNumber: service.officeNumber, serviceType: service.serviceType },
      basicInformation: { consultationDate: '2025-11-10' },
      preventivePlan: { planDate: '2025-11-10' },
    }[of];
    const offices = of === 'actuals' ? { from: service, to: CARE_MANAGEMENT } : { from: CENTRE, to: service };
    return {
      ...offices,
      documents: { withdrawals: numbers.map((number) => ({ of, serviceUser: identity(number), ...key })) },
    };
  });

/** Documents that may be sent as they are, of each group of the standard, and between whom. */
export const arbitraryValid = fc.oneof(
  { weight: 3, arbitrary: slips },
  { weight: 2, arbitrary: plans },
  { weight: 2, arbitrary: actuals },
  { weight: 2, arbitrary: preventive },
  { weight: 1, arbitrary: withdrawals },
) as unknown as fc.Arbitrary<OutgoingDocuments & { documents: Documents }>;
