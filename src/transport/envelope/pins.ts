import { TransportError } from '../error.js';
import type { OfficeEntry } from './directory.js';
import { isEndorsed } from './endorsement.js';
import { isPublicKey, sameKey } from './key-form.js';
import type { PublicKey } from './keys.js';
import { isObject, isTime } from './text.js';

/** Where a directory remembers what it has seen of an office: a small JSON under each address. Must be durable to be of use. */
export interface PinStore {
  get(address: string): Promise<string | undefined>;
  set(address: string, pins: string): Promise<void>;
}

/** Remembers as long as the process lives. */
export function memoryPins(): PinStore {
  const pins = new Map<string, string>();
  return {
    get: async (address) => pins.get(address),
    set: async (address, text) => void pins.set(address, text),
  };
}

/** What was seen of an office last: when its entry was signed, which one it was, and its keys; those once revoked for ever. */
export interface Pins {
  readonly issuedAt: number;
  readonly entrySha256: string;
  readonly keys: readonly PublicKey[];
}

export const formatPins = ({ issuedAt, entrySha256, keys }: Pins): string =>
  JSON.stringify({ entrySha256, issuedAt, keys: keys.map(({ endorsement, x5c, ...key }) => key), v: 1 });

/** Throws a TransportError (`storage.damaged`) for what `formatPins` did not write: to forget would be to trust anew. */
export function parsePins(text: string): Pins {
  try {
    const pins: unknown = JSON.parse(text);
    if (isObject(pins) && isTime(pins.issuedAt) && Array.isArray(pins.keys) && pins.keys.every(isPublicKey)) {
      return pins as unknown as Pins;
    }
  } catch {
    // What JSON says of a text quotes it.
  }
  throw new TransportError('storage.damaged');
}

/** Whether what was seen before vouches for every key of an entry: it had the key, or a key that it had endorses it. */
export async function vouchesFor(pins: Pins, { keys }: OfficeEntry): Promise<boolean> {
  const byKid = new Map(keys.map((key) => [key.kid, key]));
  for (const old of pins.keys) {
    const key = byKid.get(old.kid);
    if (!key) continue;
    // A kid never names another key, and what was revoked stays so.
    if (!sameKey(old, key) || (key.revokedAt ?? Number.POSITIVE_INFINITY) > (old.revokedAt ?? Number.POSITIVE_INFINITY))
      return false;
  }
  const isRevoked = (key: PublicKey) => (byKid.get(key.kid) ?? key).revokedAt !== undefined;
  const trusted = new Map(pins.keys.map((key) => [key.kid, key]));
  let left = keys.filter(({ kid }) => !trusted.has(kid));
  // Keys may have changed more than once since: one that is vouched for vouches for the next.
  for (let before = left.length + 1; left.length < before; ) {
    before = left.length;
    const vouching = [...trusted.values()].filter((key) => key.use === 'sig' && !isRevoked(key));
    for (const key of left) if (await isEndorsed(key, vouching)) trusted.set(key.kid, key);
    left = left.filter(({ kid }) => !trusted.has(kid));
  }
  return left.length === 0;
}
