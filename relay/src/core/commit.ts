import type { Queries } from '../store/database.js';
import { hold, type MessageRow, sentMessage } from './message-row.js';
import { missingParts } from './parts.js';
import { Problem } from './problem.js';
import type { Relay } from './relay.js';
import { type State, step } from './states.js';
import { type Transaction, transact } from './transact.js';

export interface Committed {
  readonly id: string;
  readonly state: State;
  readonly missing: readonly [];
  /** The relay's JWS: the same however often it is asked for. */
  readonly receipt: string;
  readonly duplicate: boolean;
}

/** What is said of a message that was committed before. */
export const receiptOf = ({ id, state, relay_receipt }: MessageRow): Committed => ({
  id,
  state,
  missing: [],
  receipt: relay_receipt ?? '',
  duplicate: true,
});

/** Hands a message whose parts are all there to its receiver. The same again gives the same receipt. */
export async function commit(relay: Relay, from: string, id: string): Promise<Committed> {
  const found = await sentMessage(relay.database, from, id);
  const committed = await transact(relay, async (tx) => {
    const row = await hold(tx, relay, found);
    if (row.inbox_seq !== null) return receiptOf(row);
    if (row.state === 'uploading') return commitIn(tx, relay, row, from);
    return undefined;
  });
  // Outside of the transaction, for it may just have been abandoned by it.
  if (!committed) throw new Problem('not-found');
  if (!committed.duplicate) relay.waiters.wake(found.to_address);
  return committed;
}

/** The commit itself: place in the inbox, receipt, state and event, in the transaction of the caller. */
export async function commitIn(tx: Transaction, relay: Relay, row: MessageRow, from: string): Promise<Committed> {
  const receiver = await tx.get<{ status: string }>('SELECT status FROM office WHERE address = ?', row.to_address);
  if (receiver?.status !== 'active') throw new Problem('office-inactive');
  const missing = await missingParts(tx, row.key, row.part_count);
  if (missing.length > 0) throw new Problem('parts-missing', { missing });
  const inboxSeq = await take(tx, 'next_seq', row.to_address);
  const sentSeq = await take(tx, 'next_sent', from);
  const acceptedAt = relay.now();
  const receipt = await relay.signer.sign(
    {
      id: row.id,
      headerSha256: row.header_sha256,
      manifestSha256: row.manifest_sha256,
      acceptedAt,
      inboxSeq,
      relay: relay.config.origin,
    },
    'careplan-relay-receipt+jws',
  );
  await tx.run(
    'UPDATE message SET inbox_seq = ?, sent_seq = ?, available_at = ?, relay_receipt = ? WHERE key = ?',
    inboxSeq,
    sentSeq,
    acceptedAt,
    receipt,
    row.key,
  );
  const { state } = await step(tx, relay, row, 'available', from);
  return { id: row.id, state, missing: [], receipt, duplicate: false };
}

/**
 * The next number of a mailbox. Whoever takes one holds the row until the end of the transaction, so numbers become visible
 * in their order.
 */
async function take(tx: Queries, column: 'next_seq' | 'next_sent', address: string): Promise<number> {
  const row = await tx.get<{ taken: number }>(
    `UPDATE mailbox SET ${column} = ${column} + 1 WHERE address = ? RETURNING ${column} - 1 AS taken`,
    address,
  );
  if (!row) throw new Error('the address has no mailbox');
  return row.taken;
}
