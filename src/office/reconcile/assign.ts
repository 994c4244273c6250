import { type Actuals, documentKey, type Issue, issue, serviceTypeIn, type UsageSlip } from '../../schema/index.js';
import { groupBy, sortBy } from './entries.js';

/** A slip with the actuals that belong to it, and what was found on the way. */
export interface SlipWithActuals {
  readonly slip: UsageSlip;
  readonly actuals: readonly Actuals[];
  readonly issues: readonly Issue[];
}

export interface Assigned {
  readonly slips: readonly SlipWithActuals[];
  /** Actuals that belong to no slip, and their places among those given. */
  readonly unrelated: readonly { readonly actuals: Actuals; readonly index: number }[];
  /** What belongs to no slip alone. */
  readonly issues: readonly Issue[];
}

/** An office number and service type as issues name them. */
export const officeText = (one: { readonly serviceOfficeNumber: string; readonly serviceType: string }): string =>
  `${one.serviceOfficeNumber}:${one.serviceType}`;

const personText = ({ serviceUser, serviceMonth }: UsageSlip | Actuals, withInsurer: boolean): string =>
  JSON.stringify([serviceMonth, serviceUser.insuredPersonNumber, ...(withInsurer ? [serviceUser.insurerNumber] : [])]);

class Holder implements SlipWithActuals {
  readonly issues: Issue[] = [];
  readonly taken = new Map<string, Actuals>();
  constructor(readonly slip: UsageSlip) {}

  get actuals(): Actuals[] {
    return [...this.taken.values()];
  }

  /** Whether the slip plans a service of the office and type. */
  plans({ serviceOfficeNumber, serviceType }: Actuals): boolean {
    return this.slip.lines.some(
      (line) => line.serviceOfficeNumber === serviceOfficeNumber && serviceTypeIn(line.serviceCode) === serviceType,
    );
  }
}

/**
 * Gives each slip the actuals of its person and month; those for which there is no slip of their insurer go to the one
 * slip with their insured number, with a warning (住所地特例, section 5), unless it has actuals of that office and type.
 */
export function assign(slips: readonly UsageSlip[], actuals: readonly Actuals[]): Assigned {
  const issues: Issue[] = [];
  const places = new Map<object, string>();
  const holders = new Map<string, Holder>();
  const duplicate = (path: string, first: object) =>
    issues.push(issue('document.duplicate', { path }, { expected: places.get(first) ?? '' }));
  slips.forEach((slip, i) => {
    const key = personText(slip, true);
    const first = holders.get(key);
    if (first) duplicate(`slips[${i}]`, first.slip);
    else holders.set(key, new Holder(slip));
    if (!first) places.set(slip, `slips[${i}]`);
  });
  const others: { actuals: Actuals; index: number }[] = [];
  actuals.forEach((one, index) => {
    const holder = holders.get(personText(one, true));
    const first = holder?.taken.get(officeText(one));
    if (!holder) others.push({ actuals: one, index });
    else if (first) duplicate(`actuals[${index}]`, first);
    else {
      holder.taken.set(officeText(one), one);
      places.set(one, `actuals[${index}]`);
    }
  });
  const byInsured = groupBy(holders.values(), ({ slip }) => personText(slip, false));
  const unrelated = sortBy(others, (one) => documentKey(one.actuals)).filter(({ actuals: one, index }) => {
    const office = officeText(one);
    const open = (byInsured.get(personText(one, false)) ?? []).filter(({ taken }) => !taken.has(office));
    const planning = open.filter((holder) => holder.plans(one));
    const [holder, another] = planning.length > 0 ? planning : open;
    const place = { path: `actuals[${index}]` };
    if (another) issues.push(issue('reconcile.ambiguous', place, { found: office }));
    if (!holder || another) return true;
    holder.taken.set(office, one);
    holder.issues.push(issue('reconcile.otherInsurer', place, { found: office }));
    return false;
  });
  return { slips: [...holders.values()], unrelated: unrelated.sort((a, b) => a.index - b.index), issues };
}
