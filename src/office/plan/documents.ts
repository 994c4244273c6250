import type { Address } from '../../codec/internal.js';
import type {
  BasicInformation,
  CarePlan,
  Identity,
  PreventivePlan,
  UsageSlip,
  Withdrawal,
} from '../../schema/internal.js';
import { personKey } from '../person.js';
import { Planning, type PlanOptions, refusalOf, type TransmissionPlan } from './plan.js';
import { receiversOf } from './slips.js';

export interface PlanDocumentsOptions extends PlanOptions {
  readonly sender: Address;
  /** The offices that get the documents of a person; see `receiversIn`. */
  readonly receivers: (serviceUser: Identity) => readonly Address[];
}

/** The offices that serve a person by these slips: who gets the person's care plan as well. */
export function receiversIn(slips: readonly UsageSlip[]): (serviceUser: Identity) => Address[] {
  const byPerson = new Map<string, UsageSlip['lines']>();
  for (const { serviceUser, lines } of slips) {
    byPerson.set(personKey(serviceUser), [...(byPerson.get(personKey(serviceUser)) ?? []), ...lines]);
  }
  return (serviceUser) => receiversOf({ lines: byPerson.get(personKey(serviceUser)) ?? [] });
}

/** Plans care plans: each to the offices that the person's documents go to, one transmission an office (section 1). */
export function planCarePlans(carePlans: readonly CarePlan[], options: PlanDocumentsOptions): TransmissionPlan {
  const refusal = refusalOf({ carePlans }, options);
  if (refusal) return refusal;
  const planning = new Planning(options);
  carePlans.forEach((plan, i) => {
    const receivers = options.receivers(plan.serviceUser);
    planning.addAll(options.sender, receivers, '', 'carePlans', plan, `carePlans[${i}]`);
  });
  return planning.plan();
}

/** Plans basic information and preventive plans; those of one office go in one transmission (sections 1 and 11). */
export function planPreventive(
  documents: {
    readonly basicInformation?: readonly BasicInformation[];
    readonly preventivePlans?: readonly PreventivePlan[];
  },
  options: PlanDocumentsOptions,
): TransmissionPlan {
  const refusal = refusalOf(documents, options);
  if (refusal) return refusal;
  const planning = new Planning(options);
  const { sender, receivers } = options;
  documents.basicInformation?.forEach((one, i) => {
    planning.addAll(sender, receivers(one.serviceUser), '', 'basicInformation', one, `basicInformation[${i}]`);
  });
  documents.preventivePlans?.forEach((one, i) => {
    planning.addAll(sender, receivers(one.serviceUser), '', 'preventivePlans', one, `preventivePlans[${i}]`);
  });
  return planning.plan();
}

/** Plans withdrawals: each to the offices that had the document; those of one kind and month go together (section 1). */
export function planWithdrawals(withdrawals: readonly Withdrawal[], options: PlanDocumentsOptions): TransmissionPlan {
  const refusal = refusalOf({ withdrawals }, options);
  if (refusal) return refusal;
  const planning = new Planning(options);
  withdrawals.forEach((one, i) => {
    const unit = [one.of, 'serviceMonth' in one ? one.serviceMonth : ''].join(' ');
    planning.addAll(options.sender, options.receivers(one.serviceUser), unit, 'withdrawals', one, `withdrawals[${i}]`);
  });
  return planning.plan();
}
