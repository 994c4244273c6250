import type { Address } from '../../codec/internal.js';
import { type Actuals, hasError, serviceTypeOf, type UsageSlip } from '../../schema/internal.js';
import { personKey } from '../person.js';
import { exchangedPart, unknownTypes } from './exchanged.js';
import { isExchanged, Planning, type PlanOptions, refusalOf, type TransmissionPlan } from './plan.js';

export interface PlanActualsOptions extends PlanOptions {
  /** The care-management office whose slip it is: where the slip came from (section 6). */
  readonly receiver: Address | ((actuals: Actuals) => Address | undefined);
  /** The actuals as they were last sent: a service type of a person that is gone is withdrawn. */
  readonly previous?: readonly Actuals[];
  /** Put all service types of an office into one file, sent from this one; a file for each type where absent. */
  readonly together?: { readonly serviceType: string };
}

/**
 * Plans actuals: for each slip's owner one transmission from each service office and service type, satellites together
 * (section 6).
 *
 * With `previous`, a service type that a person had and has no longer is withdrawn; a person of whom nothing is among
 * the actuals now is left alone. Nothing is planned where an issue is an error.
 */
export function planActuals(actuals: readonly Actuals[], options: PlanActualsOptions): TransmissionPlan {
  const refusal = refusalOf({ actuals }, options, options.previous && { actuals: options.previous });
  if (refusal) return refusal;
  const planning = new Planning(options);
  const senderOf = ({ serviceOfficeNumber: officeNumber, serviceType }: Actuals): Address => ({
    officeNumber,
    serviceType: options.together?.serviceType ?? serviceType,
  });
  const receiverOf = (one: Actuals) =>
    typeof options.receiver === 'function' ? options.receiver(one) : options.receiver;
  actuals.forEach((one, i) => {
    const path = `actuals[${i}]`;
    const to = receiverOf(one);
    if (!isExchanged(one.serviceType)) planning.skip('notExchanged', path);
    else if (!to) planning.skip('noReceiver', path);
    else planning.addAll(senderOf(one), [to], one.serviceMonth, 'actuals', one, path);
  });

  const current = new Set(actuals.map((one) => `${whose(one)} ${one.serviceType}`));
  const persons = new Set(actuals.map(whose));
  options.previous?.forEach((one, i) => {
    const to = receiverOf(one);
    if (current.has(`${whose(one)} ${one.serviceType}`) || !isExchanged(one.serviceType)) return;
    if (!persons.has(whose(one)) || !to) {
      planning.skip(to ? 'absent' : 'noReceiver', `previous.actuals[${i}]`);
      return;
    }
    const { serviceUser, serviceMonth, serviceOfficeNumber, serviceType } = one;
    const withdrawal = { of: 'actuals' as const, serviceUser, serviceMonth, serviceOfficeNumber, serviceType };
    planning.addAll(
      senderOf(one),
      [to],
      `withdrawal ${serviceMonth}`,
      'withdrawals',
      withdrawal,
      `previous.actuals[${i}]`,
    );
  });
  return planning.plan();
}

/** A person's month at an office. */
const whose = ({ serviceUser, serviceMonth, serviceOfficeNumber }: Actuals): string =>
  [personKey(serviceUser), serviceMonth, serviceOfficeNumber].join(' ');

export interface PlanForCentreOptions extends PlanOptions {
  /** The entrusted care-management office. */
  readonly sender: Address;
  /** The community support centre. */
  readonly centre: Address;
}

/**
 * Plans what an entrusted office (委託あり) writes to the centre: slips of its own with statement and supplement, and the
 * actuals of all services (section 1). One transmission of each for each month.
 */
export function planForCentre(
  documents: { readonly usageSlips?: readonly UsageSlip[]; readonly actuals?: readonly Actuals[] },
  options: PlanForCentreOptions,
): TransmissionPlan {
  const refusal = refusalOf(documents, options);
  if (refusal) return refusal;
  const issues = documents.usageSlips?.flatMap((slip, i) => unknownTypes(slip, `usageSlips[${i}]`)) ?? [];
  if (hasError(issues)) return { transmissions: [], leftOut: [], issues };
  const planning = new Planning(options);
  const { sender, centre } = options;
  documents.usageSlips?.forEach((slip, i) => {
    const sent = exchangedPart(slip);
    slip.lines.forEach(({ serviceCode }, l) => {
      if (!isExchanged(serviceCode.slice(0, 2))) planning.skip('notExchanged', `usageSlips[${i}].lines[${l}]`);
    });
    if (!sent) planning.skip('noReceiver', `usageSlips[${i}]`);
    else planning.add(sender, centre, `slips ${slip.serviceMonth}`, 'usageSlips', sent);
  });
  documents.actuals?.forEach((one, i) => {
    if (serviceTypeOf(one.serviceType)?.exchanged) {
      planning.add(sender, centre, `actuals ${one.serviceMonth}`, 'actuals', one);
    } else planning.skip('notExchanged', `actuals[${i}]`);
  });
  return planning.plan(issues);
}
