import { date, Fault, time } from '../schema/cell.js';
import type { Address } from './file-name.js';

/** Where serials come from: 14 digits, never twice the same for a pair of addresses. */
export interface SerialSource {
  next(from: Address, to: Address): string;
}

const DATE = date();
const TIME = time();
const TOKYO = 9 * 3600;

/** Whether a text is a serial: 14 digits, a real date and time `YYYYMMDDhhmmss` (section 2 of the standard). */
export function isSerial(text: string): boolean {
  return (
    /^[0-9]{12}[0-5][0-9]$/.test(text) &&
    !(DATE.read(text.slice(0, 8)) instanceof Fault) &&
    !(TIME.read(text.slice(8, 12)) instanceof Fault)
  );
}

/**
 * Serials by the clock: the time in Japan (UTC+9) as `YYYYMMDDhhmmss`, whatever the time zone of the machine.
 *
 * Strictly increasing for each pair of addresses, as receivers process units in that order (section 1 of the standard):
 * where the clock has not advanced a second since the last serial of the pair, or went back, the next one is the last
 * plus one second. The last serials are kept in memory only. `now` is a date or milliseconds since 1970 UTC; `next`
 * throws a RangeError, and gives no serial away, where it lies outside the years 1 to 9999.
 */
export function clockSerials(options: { readonly now?: () => number | Date } = {}): SerialSource {
  const now = options.now ?? Date.now;
  const last = new Map<string, number>();
  return {
    next(from, to) {
      const pair = JSON.stringify([from.officeNumber, from.serviceType, to.officeNumber, to.serviceType]);
      const second = Math.max(Math.floor(Number(now()) / 1000), (last.get(pair) ?? Number.NEGATIVE_INFINITY) + 1);
      const serial = inTokyo(second);
      last.set(pair, second);
      return serial;
    },
  };
}

/** Serials by the clock, never twice the same for a pair of addresses within this process. */
export const processSerials: SerialSource = clockSerials();

function inTokyo(second: number): string {
  const local = new Date((second + TOKYO) * 1000);
  const year = local.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new RangeError('the clock must give a time in the years 1 to 9999');
  return local
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14);
}
