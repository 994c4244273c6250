import fc from 'fast-check';
import type { Documents } from '../../src/schema/index.js';
import type { Actuals } from '../../src/schema/model/actuals.js';
import {
  BASIC_INFORMATION,
  type BasicInformation,
  EMERGENCY_CONTACTS,
  ILLNESS,
  SCHEDULE_ENTRY,
} from '../../src/schema/model/basic-information.js';
import {
  beginsGoal,
  type CarePlan,
  DAILY_ACTIVITY,
  LONG_TERM_GOAL,
  NEED,
  type Need,
  OTHER_SERVICE,
  SERVICE,
  SHEET1,
  SHEET2,
  SHEET3,
  SHORT_TERM_GOAL,
  type Sheet3,
  WEEKLY_SERVICE,
} from '../../src/schema/model/care-plan.js';
import { type Part, type Slots, slotList } from '../../src/schema/model/part.js';
import {
  PREVENTIVE_NEED,
  PREVENTIVE_PLAN,
  PREVENTIVE_SERVICE,
  type PreventivePlan,
  SUPPORT_PLAN,
} from '../../src/schema/model/preventive-plan.js';
import { IDENTITY, type Identity, SERVICE_TYPE_LIMITS, SUPPLEMENT } from '../../src/schema/model/service-user.js';
import {
  LINE,
  type Line,
  lineKey,
  SLIP,
  STATEMENT,
  STATEMENT_ROW,
  type UsageSlip,
} from '../../src/schema/model/usage-slip.js';
import { WITHDRAWALS, type Withdrawal } from '../../src/schema/model/withdrawal.js';
import { arbitraryValue } from './arbitrary.js';

type Fields = Readonly<Record<string, unknown>>;

/** Objects of the columns of a part: required ones always, others sometimes, `fixed` ones as they are. */
export function arbitraryPart({ layout, names }: Part, fixed: Fields = {}): fc.Arbitrary<Fields> {
  const columns = layout.placed.filter(({ name }) => names.includes(name) && !(name in fixed));
  return fc
    .record(Object.fromEntries(columns.map(({ name, kind }) => [name, arbitraryValue(kind)])), {
      requiredKeys: columns.filter(({ required, needed }) => required || needed).map(({ name }) => name),
      noNullPrototype: true,
    })
    .map((values) => ({ ...values, ...fixed }));
}

/** Lists of entries as slots hold them: empty ones between others, none at the end; sometimes none at all. */
const arbitrarySlots = (part: Slots): fc.Arbitrary<readonly Fields[] | undefined> => {
  const columns = part.layout.placed.filter(({ name }) => part.columnsAt(0).includes(name));
  const entry = fc.record(
    Object.fromEntries(columns.map(({ kind }, i) => [part.names[i] as string, arbitraryValue(kind)])),
    { requiredKeys: [], noNullPrototype: true },
  );
  return fc
    .array(entry, { maxLength: part.count })
    .map((list) => (slotList(part).safeParse(list).success ? list : undefined));
};

/** An object, with some properties that are left out where they are undefined. */
const withSome = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

export const arbitraryIdentity = arbitraryPart(IDENTITY) as fc.Arbitrary<unknown> as fc.Arbitrary<Identity>;

const serviceUser = fc
  .tuple(arbitraryIdentity, arbitraryPart(SUPPLEMENT), arbitrarySlots(SERVICE_TYPE_LIMITS))
  .map(([identity, supplement, serviceTypeLimits]) => ({
    ...identity,
    supplement: withSome({ ...supplement, serviceTypeLimits }),
  }));

const some = <T>(one: fc.Arbitrary<T>, maxLength: number, minLength = 1) =>
  fc.array(one, { minLength, maxLength, size: 'max' });

/** Numbers that ascend from 1 to 99. */
const numbersFor = <T>(list: readonly T[]): fc.Arbitrary<number[]> =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: list.length, maxLength: list.length })
    .map((numbers) => numbers.sort((a, b) => a - b));
const numbered = <T extends object, N extends string>(list: readonly T[], name: N) =>
  numbersFor(list).map((numbers) => list.map((one, i) => ({ ...one, [name]: numbers[i] })));

type Texts = { shortTermGoal?: string; shortTermPeriod?: string };
/** Few different texts, so that goals are often equal, nearly equal, or without a text. */
const goalTexts = fc.oneof(
  fc.record(
    {
      shortTermGoal: fc.constantFrom('歩ける', '立てる', 'a,"b"\r\nc'),
      shortTermPeriod: fc.constantFrom('R7.11', 'R8.1'),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
  arbitraryPart(SHORT_TERM_GOAL),
) as fc.Arbitrary<Texts>;

const longTermGoal = fc
  .tuple(
    arbitraryPart(LONG_TERM_GOAL),
    some(fc.tuple(goalTexts, some(arbitraryPart(SERVICE), 3)), 3).map((goals) =>
      goals.filter(([texts], i) => i === 0 || beginsGoal(texts, (goals[i - 1] as [Texts, unknown])[0])),
    ),
  )
  // What was filtered can leave neighbours that are equal again.
  .filter(([, goals]) =>
    goals.every(([texts], i) => i === 0 || beginsGoal(texts, (goals[i - 1] as [Texts, unknown])[0])),
  )
  .chain(([goal, shortTerm]) =>
    numbersFor(shortTerm.flatMap(([, services]) => services)).map((numbers) => {
      let at = 0;
      const shortTermGoals = shortTerm.map(([texts, services]) => ({
        ...texts,
        services: services.map((service) => ({ ...service, serviceNumber: numbers[at++] })),
      }));
      return { ...goal, shortTermGoals };
    }),
  );

export const arbitraryNeeds = some(
  fc
    .tuple(
      arbitraryPart(NEED),
      some(longTermGoal, 2).chain((goals) => numbered(goals, 'longTermGoalNumber')),
    )
    .map(([need, longTermGoals]) => ({ ...need, longTermGoals })),
  3,
).chain((needs) => numbered(needs, 'needNumber')) as unknown as fc.Arbitrary<Need[]>;

const filled = (part: Part) => arbitraryPart(part).filter((entry) => Object.keys(entry).length > 0);
const sheet3 = fc
  .record({
    services: some(filled(WEEKLY_SERVICE), 3, 0),
    dailyActivities: some(filled(DAILY_ACTIVITY), 2, 0),
    otherServices: some(filled(OTHER_SERVICE), 2, 0),
    head: arbitraryPart(SHEET3),
  })
  .map(({ head, ...lists }) =>
    Object.values(lists).some((list) => list.length > 0) ? ({ ...head, ...lists } as unknown as Sheet3) : undefined,
  );

const sheet2 = fc.option(
  fc.tuple(arbitraryPart(SHEET2), arbitraryNeeds).map(([head, needs]) => ({ ...head, needs })),
  { nil: undefined },
);

const cellOf = ({ layout }: Pick<Part, 'layout'>, name: string) => {
  const column = layout.placed.find((one) => one.name === name);
  if (!column) throw new Error(`no column ${name}`);
  return arbitraryValue(column.kind) as fc.Arbitrary<string>;
};

export const arbitraryCarePlan = fc
  .record({ serviceUser, planDate: cellOf(SHEET1, 'planDate'), sheet1: arbitraryPart(SHEET1), sheet2, sheet3 })
  .map((plan) => withSome(plan)) as unknown as fc.Arbitrary<CarePlan>;

const month = cellOf(SLIP, 'serviceMonth');
const linesIn = (serviceMonth: string, fixed: Fields = {}): fc.Arbitrary<Line[]> => {
  const day = fc.record({
    serviceDate: fc.integer({ min: 1, max: 28 }).map((n) => `${serviceMonth}-${String(n).padStart(2, '0')}`),
    count: fc.integer({ min: 0, max: 99 }),
  });
  const line = fc.tuple(arbitraryPart(LINE, fixed), some(day, 4)).map(([own, days]) => ({ ...own, days }));
  return fc.uniqueArray(line as unknown as fc.Arbitrary<Line>, { minLength: 1, maxLength: 4, selector: lineKey });
};

const statement = fc.option(
  fc.tuple(arbitraryPart(STATEMENT), some(arbitraryPart(STATEMENT_ROW), 3)).map(([head, rows]) => ({ ...head, rows })),
  { nil: undefined },
);

export const arbitraryUsageSlip = month.chain((serviceMonth) =>
  fc
    .tuple(arbitraryPart(SLIP), serviceUser, linesIn(serviceMonth), statement)
    .map(([head, serviceUser, lines, statement]) => withSome({ serviceUser, serviceMonth, ...head, lines, statement })),
) as unknown as fc.Arbitrary<UsageSlip>;

const office = cellOf(LINE, 'serviceOfficeNumber');
const [DLTJSK] = [WITHDRAWALS.actuals];
const serviceType = cellOf(DLTJSK, 'serviceType');

export const arbitraryActuals = fc
  .tuple(month, office, serviceType)
  .chain(([serviceMonth, serviceOfficeNumber, type]) =>
    fc
      .tuple(
        arbitraryPart(SLIP),
        arbitraryIdentity,
        linesIn(serviceMonth, { serviceOfficeNumber }),
        fc.stringMatching(/^[0-9A-Z]{4}$/),
      )
      .map(([head, serviceUser, lines, item]) => ({
        serviceUser,
        serviceMonth,
        serviceOfficeNumber,
        serviceType: type,
        ...head,
        lines: lines.map((line) => ({ ...line, serviceCode: `${type}${item}` })),
      })),
  ) as unknown as fc.Arbitrary<Actuals>;

/** A picture that is none: bytes are not looked at here. */
const base64 = fc.uint8Array({ minLength: 3, maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('base64'));

export const arbitraryBasicInformation = fc
  .record({
    serviceUser: arbitraryIdentity,
    consultationDate: cellOf(BASIC_INFORMATION, 'consultationDate'),
    head: arbitraryPart(BASIC_INFORMATION),
    emergencyContacts: arbitrarySlots(EMERGENCY_CONTACTS),
    familyImage: fc.option(fc.record({ branch: fc.stringMatching(/^[0-9]{4}$/), base64 }), { nil: undefined }),
    schedule: some(arbitraryPart(SCHEDULE_ENTRY), 3, 0),
    illnesses: some(arbitraryPart(ILLNESS), 3, 0),
  })
  .map(({ head: { familyImageName, ...head }, ...others }) =>
    withSome({ ...others, ...head }),
  ) as unknown as fc.Arbitrary<BasicInformation>;

/** Numbers as texts: mostly 1, 2, 3; some are none. */
const textNumbers = (list: readonly unknown[]) =>
  fc
    .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 99 }).map(String), fc.constantFrom('①', '一', 'A')), {
      minLength: list.length,
      maxLength: list.length,
    })
    .map((numbers) => {
      const order = (text: string) => (/^[0-9]+$/.test(text) ? Number(text) : 1000);
      return numbers.sort((a, b) => order(a) - order(b));
    });
const withNumbers = <T extends object>(list: readonly T[], name: string) =>
  textNumbers(list).map((numbers) => list.map((one, i) => ({ ...one, [name]: numbers[i] })));

const supportPlan = fc
  .tuple(
    arbitraryPart(SUPPORT_PLAN),
    some(arbitraryPart(PREVENTIVE_SERVICE), 3, 0).chain((list) => withNumbers(list, 'serviceNumber')),
  )
  .map(([plan, services]) => ({ ...plan, services }));
const preventiveNeed = fc
  .tuple(
    arbitraryPart(PREVENTIVE_NEED),
    some(supportPlan, 2, 0).chain((list) => withNumbers(list, 'supportPlanNumber')),
  )
  .map(([need, supportPlans]) => ({ ...need, supportPlans }));

export const arbitraryPreventivePlan = fc
  .record({
    serviceUser: arbitraryIdentity,
    planDate: cellOf(PREVENTIVE_PLAN, 'planDate'),
    head: arbitraryPart(PREVENTIVE_PLAN),
    needs: some(preventiveNeed, 3, 0).chain((list) => withNumbers(list, 'needNumber')),
  })
  .map(({ head, ...others }) => ({ ...others, ...head })) as unknown as fc.Arbitrary<PreventivePlan>;

export const arbitraryWithdrawal = fc
  .constantFrom(...(Object.keys(WITHDRAWALS) as Withdrawal['of'][]))
  .chain((of) =>
    fc
      .tuple(arbitraryIdentity, arbitraryPart(WITHDRAWALS[of]))
      .map(([serviceUser, key]) => ({ of, serviceUser, ...key })),
  ) as unknown as fc.Arbitrary<Withdrawal>;

/** Documents of each list. */
export const ARBITRARY_DOCUMENT: {
  readonly [K in keyof Documents]-?: fc.Arbitrary<NonNullable<Documents[K]>[number]>;
} = {
  carePlans: arbitraryCarePlan,
  usageSlips: arbitraryUsageSlip,
  actuals: arbitraryActuals,
  basicInformation: arbitraryBasicInformation,
  preventivePlans: arbitraryPreventivePlan,
  withdrawals: arbitraryWithdrawal,
};
