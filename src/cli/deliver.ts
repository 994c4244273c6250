import { setTimeout as sleep } from 'node:timers/promises';
import { formatAddress, type Transport } from '../transport/index.js';
import {
  type DeliveryStore,
  type Outbox,
  type OutboxEntry,
  type OutboxState,
  openOutbox,
} from '../transport/outbox/index.js';
import type { Progress } from './progress.js';

/** What is still to be sent, or waits for a person. */
export const OPEN: readonly OutboxState[] = ['queued', 'sending', 'waiting', 'in-doubt', 'needs-person'];

/**
 * Of a process that died while it sent: how soon the next one may go on, in milliseconds. Short, for only the owner of the
 * journal sends.
 */
const LEASE = 2000;
/** A person waits at the screen: what does not go within this time waits for another day, in milliseconds. */
const PATIENCE = 60_000;
const LOOK_AGAIN = 500;

/** An outbox that is being worked on, and what went meanwhile. */
export interface Delivery {
  readonly outbox: Outbox;
  /** Sends what can be sent, and what has to wait a little; the ids of what is gone now. */
  deliver(signal: AbortSignal): Promise<ReadonlySet<string>>;
}

/** The outbox of a road, which tells its progress: one label for each message that is tried. */
export function deliveryOf(
  store: DeliveryStore,
  transport: Transport,
  progress: Progress,
  sending: (index: number, count: number, serial: string) => string,
  patienceMs = PATIENCE,
): Delivery {
  const open = new Map<string, OutboxEntry>();
  const seen = new Set<string>();
  const gone = new Set<string>();
  const outbox = openOutbox({
    store,
    transport,
    concurrency: 1,
    leaseMs: LEASE,
    onEvent({ type, messageId, state }) {
      const entry = open.get(messageId);
      if (entry && type === 'attempt' && !seen.has(messageId)) {
        seen.add(messageId);
        progress.label(sending(seen.size, open.size, entry.serial));
      }
      if (type === 'answered') progress.at(1, 1);
      if (type === 'state' && (state === 'handed-off' || state === 'accepted')) gone.add(messageId);
    },
  });
  return {
    outbox,
    async deliver(signal) {
      for await (const entry of outbox.list(OPEN)) open.set(entry.id, entry);
      const end = Date.now() + patienceMs;
      while (!signal.aborted) {
        await outbox.flush({ signal });
        const next = await nextTime(outbox);
        if (next === undefined || next > end) break;
        await sleep(Math.max(0, next - Date.now()), undefined, { signal }).catch(() => {});
      }
      progress.end();
      return gone;
    },
  };
}

/** When the first of those that wait at the head of their lane may go; undefined where none will by itself. */
async function nextTime(outbox: Outbox): Promise<number | undefined> {
  const lanes = new Set<string>();
  const times: number[] = [];
  for await (const { state, from, to, retryAt } of outbox.list(OPEN)) {
    const lane = `${formatAddress(from)} ${formatAddress(to)}`;
    if (lanes.has(lane)) continue;
    lanes.add(lane);
    if (state === 'waiting') times.push(retryAt ?? Date.now());
    // Whose process died; until when it is his alone is not told.
    if (state === 'sending' || state === 'queued') times.push(Date.now() + LOOK_AGAIN);
  }
  return times.length === 0 ? undefined : Math.min(...times);
}
