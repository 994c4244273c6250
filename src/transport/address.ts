import { TransportError } from './error.js';

/** A mailbox: an office number of 10 characters and a service type of 2 (section 1 of the standard). */
export interface Address {
  readonly officeNumber: string;
  readonly serviceType: string;
}

const OFFICE_NUMBER = /^[0-9]{2}[0-9A-Z][0-9]{7}$/;
const SERVICE_TYPE = /^[0-9A-Z]{2}$/;

/** Whether an address has the form of one; whether the office exists is not known here. */
export const isAddress = (address: Address): boolean =>
  OFFICE_NUMBER.test(address.officeNumber) && SERVICE_TYPE.test(address.serviceType);

/** Whether two addresses are the same mailbox. */
export const sameAddress = (a: Address, b: Address): boolean =>
  a.officeNumber === b.officeNumber && a.serviceType === b.serviceType;

/** Whether an address is one of these. */
export const owns = (addresses: readonly Address[], address: Address): boolean =>
  addresses.some((own) => sameAddress(own, address));

/** Writes an address as the name of its mailbox: `0370100105-43`. Throws a TransportError (`config`) for anything else. */
export function formatAddress(address: Address): string {
  if (!isAddress(address)) throw new TransportError('config');
  return `${address.officeNumber}-${address.serviceType}`;
}

/** Reads the name of a mailbox, `0370100105-43`; undefined for anything else. */
export function parseAddress(text: string): Address | undefined {
  const [officeNumber = '', serviceType = '', ...rest] = text.split('-');
  const address = { officeNumber, serviceType };
  return rest.length === 0 && isAddress(address) ? address : undefined;
}
