import { type Address, isAddress } from '../address.js';
import { TransportError } from '../error.js';
import type { DeliveryState, InboxEntry, Standard } from '../message.js';

/** What the relay says of a message that was sent (protocol, section 5). */
export interface WireStatus {
  readonly id: string;
  readonly from: Address;
  readonly to: Address;
  readonly serial: string;
  readonly state: string;
  readonly receipt?: string;
  readonly reasons?: readonly string[];
  readonly receipts?: readonly { readonly kind: string; readonly signed?: string }[];
  readonly missing?: readonly number[];
  readonly duplicate?: boolean;
}

/** An entry of an inbox (section 6). */
export interface WireEntry {
  readonly id: string;
  readonly from: Address;
  readonly to: Address;
  readonly serial: string;
  readonly standard: string;
  readonly kinds: readonly string[];
  readonly parts: number;
  readonly size: number;
  readonly state: string;
  readonly header?: string;
}

export interface WirePage<T> {
  readonly items: readonly T[];
  readonly next?: string;
  readonly more: boolean;
}

const STATES: readonly string[] = [
  'available',
  'fetched',
  'delivered',
  'read',
  'rejected',
  'recalled',
  'expired',
] satisfies DeliveryState[];

/** What an answer says of a message that is sent. Throws `protocol` for what is none. */
export function statusIn(said: unknown): WireStatus {
  const status = Object(said) as WireStatus;
  const { id, state, receipt, missing = [], reasons = [], receipts = [] } = status;
  const isSound =
    [id, state].every(isText) &&
    (receipt === undefined || isText(receipt)) &&
    Array.isArray(missing) &&
    missing.every((n) => Number.isSafeInteger(n)) &&
    Array.isArray(reasons) &&
    reasons.every(isText) &&
    Array.isArray(receipts) &&
    receipts.every((one: unknown) => ['string', 'undefined'].includes(typeof Object(one).signed));
  if (!isSound) throw new TransportError('protocol');
  return status;
}

/** A page of a list, from a cursor or the beginning. Throws `protocol` for what is none. */
export function pageIn<T>(said: unknown, read: (item: unknown) => T, cursor?: string): WirePage<T> {
  const { items, next, more } = Object(said) as WirePage<unknown>;
  // A page of which more is to come has entries, and goes on elsewhere: else there would be no end of asking.
  const goesOn = more === true && isText(next) && next !== cursor && Array.isArray(items) && items.length > 0;
  const isSound = Array.isArray(items) && (more === false || goesOn);
  if (!isSound) throw new TransportError('protocol');
  return { items: items.map(read), more, ...(isText(next) ? { next } : {}) };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** The state of a message that the relay has; undefined for an upload, which is no message yet. */
export const stateIn = (state: string): DeliveryState | undefined =>
  STATES.includes(state) ? (state as DeliveryState) : undefined;

/** An address in an answer. Throws `protocol` for what is none. */
export function addressIn(said: unknown): Address {
  const { officeNumber, serviceType } = Object(said) as { officeNumber?: unknown; serviceType?: unknown };
  const address = { officeNumber: String(officeNumber), serviceType: String(serviceType) };
  if (!isAddress(address)) throw new TransportError('protocol');
  return address;
}

/** An entry of a mailbox as the contract has it. Throws `protocol` for what is none. */
export function entryIn(said: unknown): InboxEntry {
  const entry = Object(said) as WireEntry;
  const { id, from, to, serial, standard, kinds, parts, size } = entry;
  const state = stateIn(entry.state);
  const isSound =
    [id, serial, standard].every(isText) &&
    Array.isArray(kinds) &&
    kinds.every(isText) &&
    [parts, size].every((n) => Number.isSafeInteger(n));
  if (!state || !isSound) throw new TransportError('protocol');
  const routing = { from: addressIn(from), to: addressIn(to), serial, standard: standard as Standard, kinds };
  return { id, ...routing, parts, size, state };
}
