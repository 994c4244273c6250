import type { Address } from '../index.js';
import { UsageError } from './io.js';

/** An address as it is typed: `0370100105:43`, an office number and a service type. */
export function addressOf(text: string): Address {
  const match = /^([0-9]{2}[0-9A-Z][0-9]{7})[:-]([0-9A-Z]{2})$/.exec(text);
  if (!match) throw new UsageError(`"${text}" is no address; write an office number and a service type: 0370100105:43`);
  const [, officeNumber = '', serviceType = ''] = match;
  return { officeNumber, serviceType };
}

/** An address as people read it: `0370100105-43`. */
export const addressText = ({ officeNumber, serviceType }: { officeNumber: string; serviceType?: string }): string =>
  serviceType === undefined ? officeNumber : `${officeNumber}-${serviceType}`;
