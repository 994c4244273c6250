import { TransportError } from '../error.js';
import type { DeliveryContext } from './context.js';
import { OPEN, type OutboxState, type StoredEntry } from './entry.js';
import { KEYS, read, write } from './records.js';
import { settle } from './turn.js';

/** What a person may decide, of messages in which states. */
const MAY: Readonly<Record<'retry' | 'discard' | 'confirm', ReadonlySet<OutboxState>>> = {
  retry: new Set(['waiting', 'in-doubt', 'needs-person']),
  discard: OPEN,
  confirm: new Set(['in-doubt']),
};

/**
 * Does what a person decided.
 *
 * Throws a TransportError: `message.unknown`; `storage.locked` while an attempt is running, whose end says more; `config`
 * where there is nothing to decide.
 */
export function decide(
  { store, clock, policy }: DeliveryContext,
  id: string,
  decision: keyof typeof MAY,
): Promise<StoredEntry> {
  return store.transact(async (tx) => {
    const entry = await read<StoredEntry>(tx, KEYS.message(id));
    const at = clock.now();
    if (!entry) throw new TransportError('message.unknown', { messageId: id });
    if (entry.state === 'sending' && (entry.lease?.until ?? 0) > at)
      throw new TransportError('storage.locked', { messageId: id });
    if (!MAY[decision].has(entry.state)) throw new TransportError('config', { messageId: id });
    const taken = (state: OutboxState) => ({ state, at, byPerson: true });
    const next = await {
      discard: () => settle(tx, entry, taken('discarded')),
      confirm: () => settle(tx, entry, taken('accepted'), { doubt: false }),
      // Where nobody can tell, the person answers for what may be there twice; else it is still asked for. The time begins anew.
      retry: () =>
        settle(tx, entry, taken('queued'), {
          doubt: entry.doubt === true && entry.state !== 'in-doubt',
          failures: {},
          deadline: Math.max(entry.deadline, at + policy.timeLimitMs),
        }),
    }[decision]();
    await write(tx, KEYS.message(id), next);
    return next;
  });
}
