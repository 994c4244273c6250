import { serialAfter } from 'careplan-renkei/transport';
import type { Queries } from '../store/database.js';
import type { CheckedHeader } from './header.js';
import { Problem } from './problem.js';

/** How far ahead a free serial is looked for. */
const FURTHEST = 1000;

/** Refuses a serial that another message between the same two has; says the next one that is free. */
export async function checkSerial(tx: Queries, { header, from, to }: CheckedHeader): Promise<void> {
  const taken = (order: string, limit: number) =>
    tx.all<{ serial: string }>(
      `SELECT serial FROM message WHERE from_address = ? AND to_address = ? AND serial ${order} ?
       AND state <> 'abandoned' AND id <> ? ORDER BY serial LIMIT ?`,
      from,
      to,
      header.serial,
      header.id,
      limit,
    );
  if ((await taken('=', 1)).length === 0) return;
  const later = await taken('>', FURTHEST);
  let next = after(header.serial);
  for (const { serial } of later) {
    if (serial !== next) break;
    next = after(next);
  }
  // Behind the last that was read nothing is known.
  const isKnown = later.length < FURTHEST || next !== after(later.at(-1)?.serial ?? '');
  throw new Problem('serial-conflict', next !== undefined && isKnown ? { nextSerial: next } : {});
}

/** The serial after one; undefined where it is no time, or the last of all. */
function after(serial: string): string | undefined {
  try {
    const next = serialAfter(serial);
    return next > serial ? next : undefined;
  } catch {
    return undefined;
  }
}
