import { type Issue, issue } from '../../schema/index.js';
import { isCount } from './details.js';
import { type Group, keyOfService, managedOf, ofKind, servedOf, sumOf } from './groups.js';
import type { ExcessUnits, OverLimit, StatementOptions } from './options.js';

/** By how many units the plan exceeds a limit: that of a service type, or 区分支給限度基準額. */
export interface Exceeded {
  readonly serviceType?: string;
  readonly units: number;
}

/** Both kinds of excess of a group, in units of its services. */
export type Excess = Required<ExcessUnits>;

export interface Excesses {
  /** By the key of the group; groups without excess have no entry. */
  readonly byGroup: ReadonlyMap<string, Excess>;
  readonly exceeded: readonly Exceeded[];
  readonly issues: readonly Issue[];
}

/** The limit of 22 is one for 短期入所療養介護 of every kind. */
const LIMITED_WITH: Readonly<Record<string, string>> = { '23': '22', '2A': '22' };
const limitTypeOf = (serviceType: string): string => LIMITED_WITH[serviceType] ?? serviceType;

const NAMES = ['serviceTypeExcessUnits', 'benefitLimitExcessUnits'] as const;
const excessOf = (units: ExcessUnits): Excess => ({
  serviceTypeExcessUnits: units.serviceTypeExcessUnits ?? 0,
  benefitLimitExcessUnits: units.benefitLimitExcessUnits ?? 0,
});
/** An excess in 給付管理単位数. */
const managedExcess = (entry: OverLimit): Excess => excessOf({ ...entry, ...entry.managed });

/**
 * Compares the units within the limits with the limits, and what exceeds with what the caller says exceeds.
 *
 * Units beyond the limit of their type do not count towards 区分支給限度基準額.
 */
export function excessesOf(groups: readonly Group[], options: StatementOptions): Excesses {
  const { limits, overLimit = [], showValues = false } = options;
  const issues = [...checkEntries(groups, overLimit)];
  if (issues.length > 0) return { byGroup: new Map(), exceeded: [], issues };

  const exceeded: Exceeded[] = [];
  const compare = (path: string, units: number, limit: number, said: number, serviceType?: string): number => {
    const over = Math.max(0, units - limit);
    if (over > 0) exceeded.push({ ...(serviceType === undefined ? {} : { serviceType }), units: over });
    const values = (found: number, expected: number) => (showValues ? { found, expected } : {});
    if (over > 0 && said === 0) issues.push(issue('statement.overLimit', { path }, values(units, limit)));
    else if (over !== said) issues.push(issue('statement.excess', { path: 'overLimit' }, values(said, over)));
    return over;
  };

  const types = new Map<string, { path: string; limit: number }>();
  limits.serviceTypeLimits?.forEach(({ serviceType, serviceTypeLimit }, i) => {
    if (serviceType === undefined || serviceTypeLimit === undefined) return;
    types.set(serviceType, { path: `limits.serviceTypeLimits[${i}]`, limit: serviceTypeLimit });
  });
  for (const { serviceType } of overLimit) {
    const type = limitTypeOf(serviceType);
    if (!types.has(type)) types.set(type, { path: 'overLimit', limit: Number.POSITIVE_INFINITY });
  }
  const managed = (some: readonly Group[]) => sumOf(some, ({ details }) => sumOf(details, managedOf));
  const said = (name: keyof Excess, some: readonly OverLimit[]) => sumOf(some, (entry) => managedExcess(entry)[name]);

  let beyondTypes = 0;
  for (const [type, { path, limit }] of types) {
    const isOf = ({ serviceType }: { serviceType: string }) => limitTypeOf(serviceType) === type;
    const ofType = said('serviceTypeExcessUnits', overLimit.filter(isOf));
    beyondTypes += compare(path, managed(groups.filter(isOf)), limit, ofType, type);
  }
  const { benefitLimit = Number.POSITIVE_INFINITY } = limits;
  const all = said('benefitLimitExcessUnits', overLimit);
  compare('limits.benefitLimit', managed(groups) - beyondTypes, benefitLimit, all);
  return { byGroup: new Map(overLimit.map((entry) => [keyOfService(entry), excessOf(entry)])), exceeded, issues };
}

const notCount = (path: string): Issue => issue('statement.option', { path }, { expected: '0, 1, 2 ...' });

/** The limits are whole numbers of units. */
export function* checkLimits({ limits }: StatementOptions): Generator<Issue> {
  const { benefitLimit = 0, serviceTypeLimits = [] } = limits;
  if (!isCount(benefitLimit)) yield notCount('limits.benefitLimit');
  for (const [i, { serviceTypeLimit = 0 }] of serviceTypeLimits.entries()) {
    if (!isCount(serviceTypeLimit)) yield notCount(`limits.serviceTypeLimits[${i}].serviceTypeLimit`);
  }
}

/** Each entry is of another group within the limit, and exceeds it by no more than the group has. */
function* checkEntries(groups: readonly Group[], overLimit: readonly OverLimit[]): Generator<Issue> {
  const left = new Map(groups.map((group) => [keyOfService(group), ofKind(group, 'withinLimit')]));
  for (const [i, entry] of overLimit.entries()) {
    const path = `overLimit[${i}]`;
    const wrong = NAMES.flatMap((name) => [
      ...(isCount(entry[name] ?? 0) ? [] : [`${path}.${name}`]),
      ...(isCount(entry.managed?.[name] ?? 0) ? [] : [`${path}.managed.${name}`]),
    ]);
    yield* wrong.map(notCount);
    if (wrong.length > 0) continue;
    const key = keyOfService(entry);
    const details = left.get(key) ?? [];
    left.delete(key);
    const total = (excess: Excess) => excess.serviceTypeExcessUnits + excess.benefitLimitExcessUnits;
    const tooMany =
      total(excessOf(entry)) > sumOf(details, servedOf) || total(managedExcess(entry)) > sumOf(details, managedOf);
    if (details.length === 0 || tooMany) yield issue('statement.excessService', { path });
  }
}
