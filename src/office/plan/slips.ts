import type { Address } from '../../codec/internal.js';
import { hasError, type Issue, issue, serviceTypeIn, type UsageSlip } from '../../schema/internal.js';
import { personKey } from '../person.js';
import { exchangedPart, unknownTypes } from './exchanged.js';
import { addressKey, isExchanged, Planning, type PlanOptions, refusalOf, type TransmissionPlan } from './plan.js';

export interface PlanSlipsOptions extends PlanOptions {
  /** The care-management office. */
  readonly sender: Address;
  /**
   * The slips as they were last sent, where they were: then only what has changed goes out, and an office that no longer
   * serves a person gets a withdrawal. A person who is only in `previous` is left alone.
   */
  readonly previous?: readonly UsageSlip[];
  /** Send the corrected slip also to offices of whose own services nothing has changed; false where absent. */
  readonly informOthers?: boolean;
}

/** The offices that serve a person by a slip: each office number and service type that is exchanged (section 6). */
export function receiversOf({ lines }: Pick<UsageSlip, 'lines'>): Address[] {
  const receivers = new Map<string, Address>();
  for (const { serviceOfficeNumber: officeNumber, serviceCode } of lines) {
    const address = { officeNumber, serviceType: serviceTypeIn(serviceCode) };
    if (isExchanged(address.serviceType)) receivers.set(addressKey(address), address);
  }
  return [...receivers.values()];
}

/**
 * Plans the month's slips: one transmission for each service office and service type, with the slips of the persons whom
 * it serves, each slip with all services of all offices (section 6).
 *
 * Services of types that are not exchanged are left out, as are persons who have no others. Nothing is planned where an
 * issue is an error. Encode each transmission with `encodeDocuments`.
 */
export function planTransmissions(slips: readonly UsageSlip[], options: PlanSlipsOptions): TransmissionPlan {
  const refusal = refusalOf({ usageSlips: slips }, options, options.previous && { usageSlips: options.previous });
  if (refusal) return refusal;
  const issues: Issue[] = slips.flatMap((slip, i) => unknownTypes(slip, `usageSlips[${i}]`));
  if (hasError(issues)) return { transmissions: [], leftOut: [], issues };

  const planning = new Planning(options);
  const previous = new Map(options.previous?.map((slip) => [slipKey(slip), slip]));
  for (const [i, slip] of slips.entries()) {
    planSlip(planning, slip, `usageSlips[${i}]`, previous.get(slipKey(slip)), options);
  }
  const current = new Set(slips.map(slipKey));
  options.previous?.forEach((slip, i) => {
    if (current.has(slipKey(slip))) return;
    const path = `previous.usageSlips[${i}]`;
    planning.skip('absent', path);
    const other = slips.findIndex((one) => isOtherInsurer(one, slip));
    if (other >= 0) issues.push(issue('document.otherInsurer', { path: `usageSlips[${other}]` }, { expected: path }));
  });
  return planning.plan(issues);
}

const slipKey = ({ serviceUser, serviceMonth }: UsageSlip): string => `${personKey(serviceUser)} ${serviceMonth}`;

/** Whether two slips of a month are of one insured number and two insurers (section 5). */
const isOtherInsurer = (one: UsageSlip, other: UsageSlip): boolean =>
  one.serviceMonth === other.serviceMonth &&
  one.serviceUser.insuredPersonNumber === other.serviceUser.insuredPersonNumber &&
  one.serviceUser.insurerNumber !== other.serviceUser.insurerNumber;

function planSlip(
  planning: Planning,
  slip: UsageSlip,
  path: string,
  before: UsageSlip | undefined,
  { sender, informOthers }: PlanSlipsOptions,
): void {
  slip.lines.forEach(({ serviceCode }, i) => {
    if (!isExchanged(serviceTypeIn(serviceCode))) planning.skip('notExchanged', `${path}.lines[${i}]`);
  });
  const sent = exchangedPart(slip);
  const old = before && exchangedPart(before);
  const receivers = receiversOf(slip);
  const unit = slip.serviceMonth;
  const had = new Set(old ? receiversOf(old).map(addressKey) : []);
  for (const to of old ? receiversOf(old) : []) {
    const stays = receivers.some((one) => addressKey(one) === addressKey(to));
    if (stays || addressKey(to) === addressKey(sender)) continue;
    const { insurerNumber, insuredPersonNumber } = slip.serviceUser;
    planning.add(sender, to, `withdrawal ${unit}`, 'withdrawals', {
      of: 'usageSlip',
      serviceUser: { insurerNumber, insuredPersonNumber },
      serviceMonth: slip.serviceMonth,
    });
  }
  if (!sent) planning.skip('noReceiver', path);
  else if (!old) planning.addAll(sender, receivers, unit, 'usageSlips', sent, path);
  else {
    for (const to of receivers) {
      const change = had.has(addressKey(to)) ? changeFor(to, old, sent) : 'own';
      if (change === 'own' || (change === 'others' && informOthers)) {
        planning.addAll(sender, [to], unit, 'usageSlips', sent, path);
      } else planning.skip(change === 'none' ? 'unchanged' : 'othersChanged', path, to);
    }
  }
}

/**
 * What has changed for an office: its own services in either sheet (what exceeds a limit, too) or what is said of the
 * person; only other services; or nothing.
 */
function changeFor(office: Address, old: UsageSlip, slip: UsageSlip): 'own' | 'others' | 'none' {
  const isOwn = ({ serviceOfficeNumber, serviceCode }: { serviceOfficeNumber: string; serviceCode: string }) =>
    serviceOfficeNumber === office.officeNumber && serviceTypeIn(serviceCode) === office.serviceType;
  const own = ({ lines, statement }: UsageSlip) =>
    lineTexts(lines.filter(isOwn)) + texts(statement?.rows.filter(isOwn) ?? []);
  if (headText(slip) !== headText(old) || own(slip) !== own(old)) return 'own';
  const rows = ({ statement }: UsageSlip) => texts(statement?.rows ?? []);
  return lineTexts(slip.lines) === lineTexts(old.lines) && rows(slip) === rows(old) ? 'none' : 'others';
}

/** What a slip says beside its services, the day on which it was made aside. */
const headText = ({ lines, statement, createdOn, ...head }: UsageSlip): string => text(head);

/** A value as text, the same whatever the order of its properties. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

/** Values as text, the same whatever their order. */
const texts = (values: readonly unknown[]): string => values.map(text).sort().join();

/** Lines as text, the same whatever the order of lines and days. */
const lineTexts = (lines: UsageSlip['lines']): string =>
  texts(lines.map((line) => ({ ...line, days: line.days.map(text).sort() })));
