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
  const schema = slotList(part);
  return fc.array(entry, { maxLength: part.count }).map((list) => (schema.safeParse(list).success ? list : undefined));
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

const step = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 9 }));
type Stepped<T> = readonly [T, number];
const stepped = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<Stepped<T>> => fc.tuple(one, step);

/** Numbers a list upwards from 1, often by steps of 1. */
function numbered<T extends object, N extends string>(list: readonly Stepped<T>[], name: N) {
  let number = 0;
  return list.map(([one, by]) => {
    number += by;
    return { ...one, [name]: number };
  });
}

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
    some(fc.tuple(goalTexts, some(stepped(arbitraryPart(SERVICE)), 3)), 3).map((goals) => {
      const kept: typeof goals = [];
      for (const goal of goals) {
        const above = kept.at(-1);
        if (!above || beginsGoal(goal[0], above[0])) kept.push(goal);
      }
      return kept;
    }),
  )
  .map(([goal, shortTerm]) => {
    const services = numbered(
      shortTerm.flatMap(([, services]) => services),
      'serviceNumber',
    );
    const shortTermGoals = shortTerm.map(([texts, own]) => ({ ...texts, services: services.splice(0, own.length) }));
    return { ...goal, shortTermGoals };
  });

export const arbitraryNeeds = some(
  stepped(
    fc
      .tuple(arbitraryPart(NEED), some(stepped(longTermGoal), 2))
      .map(([need, goals]) => ({ ...need, longTermGoals: numbered(goals, 'longTermGoalNumber') })),
  ),
  3,
).map((needs) => numbered(needs, 'needNumber')) as unknown as fc.Arbitrary<Need[]>;

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
const day = fc.record({ day: fc.integer({ min: 1, max: 28 }), count: fc.integer({ min: 0, max: 99 }) });
const anyLines = some(fc.tuple(arbitraryPart(LINE), some(day, 4)), 4);

/** Lines in a month, no two the same but for their days; `fixed` columns are the same on all. */
function linesOf(
  lines: readonly [Fields, { day: number; count: number }[]][],
  month: string,
  fixed: Fields = {},
): Line[] {
  const whole = lines.map(([own, days]) => ({
    ...own,
    ...fixed,
    days: days.map(({ day, count }) => ({ serviceDate: `${month}-${String(day).padStart(2, '0')}`, count })),
  })) as unknown as Line[];
  return [...new Map(whole.map((line) => [lineKey(line), line])).values()];
}

const statement = fc.option(
  fc.tuple(arbitraryPart(STATEMENT), some(arbitraryPart(STATEMENT_ROW), 3)).map(([head, rows]) => ({ ...head, rows })),
  { nil: undefined },
);

export const arbitraryUsageSlip = fc
  .tuple(month, arbitraryPart(SLIP), serviceUser, anyLines, statement)
  .map(([serviceMonth, head, serviceUser, lines, statement]) =>
    withSome({ serviceUser, serviceMonth, ...head, lines: linesOf(lines, serviceMonth), statement }),
  ) as unknown as fc.Arbitrary<UsageSlip>;

const office = cellOf(LINE, 'serviceOfficeNumber');
const serviceType = cellOf(WITHDRAWALS.actuals, 'serviceType');
const item = fc.stringMatching(/^[0-9A-Z]{4}$/);

export const arbitraryActuals = fc
  .tuple(month, office, serviceType, item, arbitraryPart(SLIP), arbitraryIdentity, anyLines)
  .map(([serviceMonth, serviceOfficeNumber, serviceType, item, head, serviceUser, lines]) => ({
    serviceUser,
    serviceMonth,
    serviceOfficeNumber,
    serviceType,
    ...head,
    lines: linesOf(lines, serviceMonth, { serviceOfficeNumber, serviceCode: `${serviceType}${item}` }),
  })) as unknown as fc.Arbitrary<Actuals>;

/** A picture that is none: bytes are not looked at here. */
const base64 = fc.uint8Array({ minLength: 3, maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('base64'));

export const arbitraryBasicInformation = fc
  .record({
    serviceUser: arbitraryIdentity,
    consultationDate: cellOf(BASIC_INFORMATION, 'consultationDate'),
    head: arbitraryPart(BASIC_INFORMATION),
    emergencyContacts: arbitrarySlots(EMERGENCY_CONTACTS),
    familyImage: fc.option(fc.record({ branch: fc.stringMatching(/^[0-9]{4}$/), base64 }, { noNullPrototype: true }), {
      nil: undefined,
    }),
    schedule: some(arbitraryPart(SCHEDULE_ENTRY), 3, 0),
    illnesses: some(arbitraryPart(ILLNESS), 3, 0),
  })
  .map(({ head: { familyImageName, ...head }, ...others }) =>
    withSome({ ...others, ...head }),
  ) as unknown as fc.Arbitrary<BasicInformation>;

/** Numbers as texts, mostly 1, 2, 3; the last is sometimes none. */
const withNumbers = <T extends object>(list: readonly Stepped<T>[], name: string) =>
  numbered(list, name).map((one, i, all) => {
    const number = String((one as Fields)[name]);
    const isOdd = i === all.length - 1 && list[i]?.[1] === 9;
    return { ...one, [name]: isOdd ? '①' : number };
  });

const supportPlan = fc
  .tuple(arbitraryPart(SUPPORT_PLAN), some(stepped(arbitraryPart(PREVENTIVE_SERVICE)), 3, 0))
  .map(([plan, services]) => ({ ...plan, services: withNumbers(services, 'serviceNumber') }));
const preventiveNeed = fc
  .tuple(arbitraryPart(PREVENTIVE_NEED), some(stepped(supportPlan), 2, 0))
  .map(([need, plans]) => ({ ...need, supportPlans: withNumbers(plans, 'supportPlanNumber') }));

export const arbitraryPreventivePlan = fc
  .record({
    serviceUser: arbitraryIdentity,
    planDate: cellOf(PREVENTIVE_PLAN, 'planDate'),
    head: arbitraryPart(PREVENTIVE_PLAN),
    needs: some(stepped(preventiveNeed), 3, 0).map((list) => withNumbers(list, 'needNumber')),
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
