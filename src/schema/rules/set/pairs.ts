import type { KnownTransmission, KnownUnit, Office } from '../rule.js';

const addressOf = ({ officeNumber, serviceType = '' }: Office): string => `${officeNumber} ${serviceType}`;

/** A sender and a receiver, as a text. */
export const pairOf = ({ from, to }: KnownTransmission): string => `${addressOf(from)} ${addressOf(to)}`;

/** Each document or withdrawal with what the same pair of offices said of the same document last. Of equal serials nobody knows
 * which came last. */
export function* successions(
  transmissions: readonly KnownTransmission[],
): Generator<{ readonly before: KnownUnit; readonly now: KnownUnit }> {
  const last = new Map<string, { readonly before: KnownUnit; readonly serial: string }>();
  for (const transmission of transmissions) {
    const { serial, units } = transmission;
    const pair = pairOf(transmission);
    for (const now of units) {
      const key = `${pair} ${now.kind} ${now.key}`;
      const known = last.get(key);
      if (known && known.serial !== serial) yield { before: known.before, now };
      last.set(key, { before: now, serial });
    }
  }
}
