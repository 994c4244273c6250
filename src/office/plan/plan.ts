import { type Address, type OutgoingDocuments, processSerials, type SerialSource } from '../../codec/internal.js';
import {
  type CheckOptions,
  checkDocuments,
  type DocumentList,
  type Documents,
  type Issue,
  serviceTypeOf,
} from '../../schema/internal.js';

/** A transmission that is to be sent: `encodeDocuments` makes its files. */
export interface PlannedTransmission extends OutgoingDocuments {
  readonly serial: string;
}

/** Why something is not sent. */
export type LeftOutReason =
  /** A service type that is not exchanged makes no record (section 6). */
  | 'notExchanged'
  /** Nobody is to receive the document. */
  | 'noReceiver'
  /** The receiver is the sender itself. */
  | 'ownOffice'
  /** The receiver has it already. */
  | 'unchanged'
  /** Only services of other offices have changed: whether the office is told is the care manager's choice. */
  | 'othersChanged'
  /** It was sent before, and is not among the documents now: absence never means withdrawal. */
  | 'absent';

/** Something that is not sent, and why. */
export interface LeftOut {
  readonly reason: LeftOutReason;
  /** Where it stands: `usageSlips[0].lines[2]`; `previous.usageSlips[0]` for what was sent before. */
  readonly path: string;
  /** The office that does not get it, where it is about one. */
  readonly to?: Address;
}

/** What is to be sent, what is not and why; nothing is to be sent where an issue is an error. */
export interface TransmissionPlan {
  /** In the order in which they are to be sent. */
  readonly transmissions: readonly PlannedTransmission[];
  readonly leftOut: readonly LeftOut[];
  readonly issues: readonly Issue[];
}

export interface PlanOptions extends Pick<CheckOptions, 'showValues'> {
  /** Where serials come from; where absent the clock in Japan, never twice the same for a pair within one process. */
  readonly serials?: SerialSource;
}

export const addressKey = ({ officeNumber, serviceType }: Address): string => `${officeNumber}-${serviceType}`;

/** Whether records of a service type are exchanged; false as well for a type that the table does not have. */
export const isExchanged = (serviceType: string): boolean => serviceTypeOf(serviceType)?.exchanged === true;

type Lists = { -readonly [K in DocumentList]?: unknown[] };

/** Collects documents into transmissions: one for each sender, receiver and `unit`. */
export class Planning {
  readonly leftOut: LeftOut[] = [];
  private readonly groups = new Map<string, { from: Address; to: Address; documents: Lists }>();

  constructor(private readonly options: PlanOptions) {}

  add<K extends DocumentList>(
    from: Address,
    to: Address,
    unit: string,
    list: K,
    document: NonNullable<Documents[K]>[number],
  ): void {
    const key = [addressKey(from), addressKey(to), unit].join(' ');
    const group = this.groups.get(key) ?? { from, to, documents: {} };
    this.groups.set(key, group);
    const documents: unknown[] = group.documents[list] ?? [];
    documents.push(document);
    group.documents[list] = documents;
  }

  skip(reason: LeftOutReason, path: string, to?: Address): void {
    this.leftOut.push({ reason, path, ...(to === undefined ? {} : { to }) });
  }

  /** Adds a document for each of its receivers, the sender itself aside. */
  addAll<K extends DocumentList>(
    from: Address,
    receivers: readonly Address[],
    unit: string,
    list: K,
    document: NonNullable<Documents[K]>[number],
    path: string,
  ): void {
    const others = receivers.filter((to) => addressKey(to) !== addressKey(from));
    if (receivers.length === 0) this.skip('noReceiver', path);
    else if (others.length === 0) this.skip('ownOffice', path, from);
    const told = new Set<string>();
    for (const to of others) {
      if (!told.has(addressKey(to))) this.add(from, to, unit, list, document);
      told.add(addressKey(to));
    }
  }

  /** The transmissions, each with its serial: withdrawals first, then in the order in which they were begun. */
  plan(issues: readonly Issue[] = []): TransmissionPlan {
    const groups = [...this.groups.values()];
    const isWithdrawal = ({ documents }: { documents: Lists }) => 'withdrawals' in documents;
    const serials = this.options.serials ?? processSerials;
    const transmissions = [...groups.filter(isWithdrawal), ...groups.filter((group) => !isWithdrawal(group))].map(
      ({ from, to, documents }) => ({ from, to, serial: serials.next(from, to), documents: documents as Documents }),
    );
    return { transmissions, leftOut: this.leftOut, issues };
  }
}

/** What stands in the way of planning these documents, or of comparing them with those sent before. */
export function refusalOf(
  documents: Documents,
  options: PlanOptions,
  previous: Documents = {},
): TransmissionPlan | undefined {
  const issues = [
    ...checkDocuments(documents, options).issues,
    ...checkDocuments(previous, { ...options, at: ['previous'] }).issues,
  ];
  return issues.length === 0 ? undefined : { transmissions: [], leftOut: [], issues };
}
