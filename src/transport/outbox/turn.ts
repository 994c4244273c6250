import { messageId } from '../id.js';
import { dropBodies } from './bodies.js';
import type { DeliveryContext } from './context.js';
import { OPEN, type OutboxState, type OutboxStep, type StoredEntry, step } from './entry.js';
import { heads, KEYS, laneOf, read, write } from './records.js';
import type { StoreTransaction } from './store.js';

/** A message that this process alone may send now. */
export interface Turn {
  readonly id: string;
  /** Says that the lease is this one. */
  readonly token: string;
  readonly entry: StoredEntry;
}

/** Takes the turn of a message at the head of its lane; undefined where none can go now. */
export function takeTurn({ store, clock }: DeliveryContext, leaseMs: number): Promise<Turn | undefined> {
  return store.transact(async (tx) => {
    const now = clock.now();
    for (const id of await heads(tx)) {
      const entry = await read<StoredEntry>(tx, KEYS.message(id));
      if (!entry || !mayGo(entry, now)) continue;
      const token = messageId(now);
      const taken = step(
        entry,
        { state: 'sending', at: now },
        {
          attempts: entry.attempts + 1,
          lease: { token, until: now + leaseMs },
          // A process that died while it sent left nobody to say what became of it.
          doubt: entry.doubt === true || entry.state === 'sending',
        },
      );
      await write(tx, KEYS.message(id), taken);
      return { id, token, entry: taken };
    }
    return undefined;
  });
}

const mayGo = ({ state, retryAt, lease }: StoredEntry, now: number): boolean =>
  state === 'queued' ||
  (state === 'waiting' && (retryAt ?? 0) <= now) ||
  (state === 'sending' && (lease?.until ?? 0) <= now);

/** When the next message could go that cannot go now; undefined where none will without something happening. */
export function nextTime({ store }: DeliveryContext): Promise<number | undefined> {
  return store.transact(async (tx) => {
    const times: number[] = [];
    for (const id of await heads(tx)) {
      const entry = await read<StoredEntry>(tx, KEYS.message(id));
      if (entry?.state === 'queued') times.push(0);
      if (entry?.state === 'waiting') times.push(entry.retryAt ?? 0);
      if (entry?.state === 'sending') times.push(entry.lease?.until ?? 0);
    }
    return times.length === 0 ? undefined : Math.min(...times);
  });
}

/** Says that a turn is still taken; false where it is lost. */
export function keepTurn({ store, clock }: DeliveryContext, { id, token }: Turn, leaseMs: number): Promise<boolean> {
  return store.transact(async (tx) => {
    const entry = await read<StoredEntry>(tx, KEYS.message(id));
    if (entry?.lease?.token !== token) return false;
    await write(tx, KEYS.message(id), { ...entry, lease: { token, until: clock.now() + leaseMs } });
    return true;
  });
}

/** Changes a message whose turn is still this one's; undefined, and nothing changed, where another took it. */
export function inTurn(
  { store }: DeliveryContext,
  { id, token }: Turn,
  change: (entry: StoredEntry, tx: StoreTransaction) => Promise<StoredEntry>,
): Promise<StoredEntry | undefined> {
  return store.transact(async (tx) => {
    const entry = await read<StoredEntry>(tx, KEYS.message(id));
    if (entry?.lease?.token !== token) return undefined;
    const changed = await change(entry, tx);
    await write(tx, KEYS.message(id), changed);
    return changed;
  });
}

/** A message in another state, for the caller to write: what is no longer open leaves its lane and loses its bytes. */
export async function settle(
  tx: StoreTransaction,
  entry: StoredEntry,
  taken: OutboxStep,
  more: Partial<StoredEntry> = {},
): Promise<StoredEntry> {
  const next = step(entry, taken, more);
  if (OPEN.has(entry.state) && !OPEN.has(next.state)) {
    await tx.delete(KEYS.lane(laneOf(entry), entry.seq));
    await dropBodies(tx, entry.id);
    if (ARRIVED.has(next.state)) await write(tx, KEYS.chain(laneOf(entry)), { id: entry.id, serial: entry.serial });
  }
  return next;
}

/** What the next message of the lane follows. */
const ARRIVED: ReadonlySet<OutboxState> = new Set(['handed-off', 'accepted', 'delivered', 'read', 'rejected']);
