import { UPSIKYU } from '../../schema/editions/v4-1/UPSIKYU.js';
import { type Issue, issue } from '../../schema/index.js';
import { Fault } from '../../schema/internal.js';
import { serviceTypeIn } from '../../schema/model/usage-slip.js';
import type { Terms } from '../../schema/statement/money.js';
import type { DetailKind } from '../../schema/statement/sections.js';
import { type Detail, isCount } from './details.js';
import type { OfficeService, StatementOptions } from './options.js';

/** The detail rows of one service office and type, satellites together: what a subtotal adds up. */
export interface Group extends OfficeService {
  readonly details: readonly Detail[];
  readonly terms: Terms;
}

/** Tells service offices and their types apart, for people too. */
export const keyOfService = ({ serviceOfficeNumber, serviceType }: OfficeService): string =>
  `${serviceOfficeNumber}, ${serviceType}`;

/** サービス単位 of a detail row in the month. */
export const servedOf = ({ discountedUnits, count }: Detail): number => discountedUnits * count;

/** 給付管理単位数 of a detail row in the month; 0 for a service outside the limit. */
export const managedOf = ({ kind, managedUnits, count }: Detail): number =>
  kind === 'withinLimit' ? managedUnits * count : 0;

export const ofKind = (group: Group, kind: DetailKind): readonly Detail[] =>
  group.details.filter((detail) => detail.kind === kind);

export const sumOf = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((sum, one) => sum + of(one), 0);

type TermChecks = { readonly [K in keyof Terms]: { isRight(value: unknown): boolean; readonly expected: string } };
const TERMS: TermChecks = {
  unitPrice: {
    isRight: (value) => !(UPSIKYU.columns.unitPrice.kind.write(value as number) instanceof Fault),
    expected: '0.00 - 99.99',
  },
  benefitRate: { isRight: (value) => isCount(value) && value <= 100, expected: '0 - 100' },
};

/** Groups detail rows, in the order in which each group first comes, and asks for the terms of each. */
export function groupDetails(
  details: readonly Detail[],
  options: StatementOptions,
): { readonly groups: readonly Group[]; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const check = (name: keyof Terms, value: number, path: string = name) => {
    const { isRight, expected } = TERMS[name];
    if (!isRight(value)) issues.push(issue('statement.option', { path }, { expected }));
  };
  const ask = (name: keyof Terms, service: OfficeService): number => {
    const { [name]: per } = options;
    if (typeof per !== 'function') return per;
    const value = per(service);
    check(name, value, `${name}(${keyOfService(service)})`);
    return value;
  };
  for (const name of ['unitPrice', 'benefitRate'] as const) {
    const { [name]: per } = options;
    if (typeof per !== 'function') check(name, per);
  }
  const groups = new Map<string, Group & { readonly details: Detail[] }>();
  for (const detail of details) {
    const { serviceOfficeNumber, serviceCode } = detail.line;
    const service = { serviceOfficeNumber, serviceType: serviceTypeIn(serviceCode) };
    const key = keyOfService(service);
    const group = groups.get(key);
    if (group) group.details.push(detail);
    else {
      const terms = { unitPrice: ask('unitPrice', service), benefitRate: ask('benefitRate', service) };
      groups.set(key, { ...service, details: [detail], terms });
    }
  }
  return { groups: [...groups.values()], issues };
}
