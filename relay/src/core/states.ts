import type { Queries } from '../store/database.js';
import { type AuditAction, audit } from './audit.js';
import type { MessageRow } from './message-row.js';
import { dropParts } from './parts.js';
import type { Relay } from './relay.js';
import type { Transaction } from './transact.js';

/** The states of a message, each with those that may follow. */
export const STEPS = {
  uploading: ['available', 'abandoned'],
  abandoned: ['uploading'],
  available: ['fetched', 'delivered', 'read', 'rejected', 'recalled', 'expired'],
  fetched: ['delivered', 'read', 'rejected', 'expired'],
  delivered: ['read'],
  read: [],
  rejected: [],
  recalled: [],
  expired: [],
} as const satisfies Record<string, readonly string[]>;

export type State = keyof typeof STEPS;

/** States in which a message takes up room in its receiver's mailbox. */
const OPEN: readonly State[] = ['uploading', 'available', 'fetched'];

/** States in which nobody is given the bytes any more: they go with the step, as the room that they took. */
const WITHOUT_BYTES: readonly State[] = ['abandoned', 'recalled', 'expired'];

const ACTIONS: Record<State, AuditAction> = {
  uploading: 'declare',
  abandoned: 'abandon',
  available: 'commit',
  fetched: 'fetch',
  delivered: 'receipt',
  read: 'receipt',
  rejected: 'receipt',
  recalled: 'recall',
  expired: 'expire',
};

/**
 * Takes a message, held by this transaction, one step further: its state, the event, the room it takes, its bytes where they
 * are of no use any more, the audit log.
 * Gives the row as it is then. A step that does not exist is a fault of this program, and throws.
 */
export async function step(
  tx: Transaction,
  relay: Relay,
  row: MessageRow,
  state: State,
  actor: string,
): Promise<MessageRow> {
  if (!(STEPS[row.state] as readonly State[]).includes(state)) throw new Error(`no step ${row.state} -> ${state}`);
  const now = relay.now();
  const wasOpen = OPEN.includes(row.state);
  const isOpen = OPEN.includes(state);
  const isPurged = WITHOUT_BYTES.includes(state);
  const next = await tx.get<MessageRow>(
    'UPDATE message SET state = ?, closed_at = ?, purged_at = COALESCE(?, purged_at) WHERE key = ? RETURNING *',
    state,
    isOpen ? null : (row.closed_at ?? now),
    isPurged ? now : null,
    row.key,
  );
  if (!next) throw new Error('the message is gone');
  if (wasOpen !== isOpen) {
    const bytes = isOpen ? row.total_bytes : -row.total_bytes;
    await takeRoom(tx, row.from_address, row.to_address, bytes);
  }
  if (isPurged) tx.unused.push(...(await dropParts(tx, row.key)));
  await recordEvent(tx, row.key, state, now, actor);
  await audit(tx, now, actor, ACTIONS[state], row.id, { state });
  return next;
}

/** Counts what waits in a mailbox, and of that from one sender: more, or less where it is negative. */
export async function takeRoom(tx: Queries, from: string, to: string, bytes: number): Promise<void> {
  await tx.run('UPDATE mailbox SET used_bytes = used_bytes + ? WHERE address = ?', bytes, to);
  await tx.run(
    `INSERT INTO pair (from_address, to_address, used_bytes) VALUES (?, ?, ?)
     ON CONFLICT (from_address, to_address) DO UPDATE SET used_bytes = pair.used_bytes + excluded.used_bytes`,
    from,
    to,
    bytes,
  );
}

/** One more event of a message, numbered from 1. */
export async function recordEvent(tx: Queries, key: number, state: string, at: number, actor: string): Promise<void> {
  const last = await tx.get<{ n: number }>('SELECT COALESCE(MAX(n), 0) AS n FROM event WHERE message_key = ?', key);
  await tx.run(
    'INSERT INTO event (message_key, n, state, at, actor) VALUES (?, ?, ?, ?, ?)',
    key,
    (last?.n ?? 0) + 1,
    state,
    at,
    actor,
  );
}
