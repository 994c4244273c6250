import type { Queries } from '../store/database.js';
import { hasParts } from './parts.js';
import { Problem } from './problem.js';
import type { Relay } from './relay.js';
import { type State, step } from './states.js';
import type { Transaction } from './transact.js';

/** A message as the table has it. */
export interface MessageRow {
  readonly key: number;
  readonly id: string;
  readonly from_address: string;
  readonly to_address: string;
  readonly serial: string;
  readonly standard: string;
  /** JSON. */
  readonly kinds: string;
  readonly header: string;
  readonly header_sha256: string;
  readonly manifest_sha256: string;
  readonly part_count: number;
  readonly total_bytes: number;
  readonly state: State;
  readonly inbox_seq: number | null;
  readonly sent_seq: number | null;
  readonly created_at: number;
  readonly touched_at: number;
  readonly available_at: number | null;
  readonly expires_at: number;
  readonly closed_at: number | null;
  readonly purged_at: number | null;
  readonly relay_receipt: string | null;
}

/** The message that an address sends under an id. Not there: a problem (`not-found`). */
export async function sentMessage(queries: Queries, from: string, id: string): Promise<MessageRow> {
  const row = await queries.get<MessageRow>('SELECT * FROM message WHERE from_address = ? AND id = ?', from, id);
  if (!row) throw new Problem('not-found');
  return row;
}

/** The message that an address has received under an id. Not there, or not committed: a problem (`not-found`). */
export async function receivedMessage(queries: Queries, to: string, id: string): Promise<MessageRow> {
  const row = await queries.get<MessageRow>(
    'SELECT * FROM message WHERE to_address = ? AND id = ? AND inbox_seq IS NOT NULL',
    to,
    id,
  );
  if (!row) throw new Problem('not-found');
  return row;
}

/**
 * The row as it is now, held until the transaction ends: what is decided by it stays true. A message whose time is over
 * is closed first.
 */
export async function hold(tx: Transaction, relay: Relay, found: MessageRow): Promise<MessageRow> {
  const { key, from_address, to_address } = found;
  await holdMailboxes(tx, relay, from_address, to_address);
  // A change that changes nothing locks the row, in both dialects.
  const row = await tx.get<MessageRow>('UPDATE message SET serial = serial WHERE key = ? RETURNING *', key);
  if (!row) throw new Problem('not-found');
  return closeIfDue(tx, relay, row);
}

/**
 * Holds the mailboxes of both ends until the transaction ends, before anything else and always in the same order: so
 * transactions that cross each other wait, and none has to be begun again. SQLite has one writer anyway.
 */
export async function holdMailboxes(tx: Queries, { database }: Relay, from: string, to: string): Promise<void> {
  if (database.dialect !== 'postgres') return;
  await tx.all('SELECT 1 FROM mailbox WHERE address IN (?, ?) ORDER BY address FOR NO KEY UPDATE', from, to);
}

/** Closes a message whose time is over: expired where it was committed, abandoned where it was not. */
export async function closeIfDue(tx: Transaction, relay: Relay, row: MessageRow): Promise<MessageRow> {
  const now = relay.now();
  if (row.state === 'uploading') {
    const { uploadIdleMs, declaredIdleMs } = relay.config;
    const idle =
      row.expires_at <= now ||
      row.touched_at + uploadIdleMs <= now ||
      (row.touched_at + declaredIdleMs <= now && !(await hasParts(tx, row.key)));
    return idle ? step(tx, relay, row, 'abandoned', 'relay') : row;
  }
  const open = row.state === 'available' || row.state === 'fetched';
  return open && row.expires_at <= now ? step(tx, relay, row, 'expired', 'relay') : row;
}
