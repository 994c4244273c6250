import { serialAfter } from '../serial-after.js';
import { KEYS, type Lane, laneOf } from './records.js';
import type { StoreTransaction } from './store.js';

const TOKYO = 9 * 3_600_000;

/** The time in Japan (UTC+9) as a serial, `YYYYMMDDhhmmss`. */
const serialAt = (now: number): string =>
  new Date(now + TOKYO)
    .toISOString()
    .replace(/[^0-9]/g, '')
    .slice(0, 14);

/** The next serial of a lane: the time, or one second after the last where the clock has not gone on since. */
export async function takeSerial(tx: StoreTransaction, lane: Lane, now: number): Promise<string> {
  const key = KEYS.lastSerial(laneOf(lane));
  const last = await tx.get(key);
  const at = serialAt(now);
  const serial = last === undefined || at > last ? at : serialAfter(last);
  await tx.set(key, serial);
  return serial;
}

/** Remembers a serial that the caller chose: the next one comes after it. */
export async function noteSerial(tx: StoreTransaction, lane: Lane, serial: string): Promise<void> {
  const key = KEYS.lastSerial(laneOf(lane));
  const last = await tx.get(key);
  if (last === undefined || serial > last) await tx.set(key, serial);
}
