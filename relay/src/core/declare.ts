import type { Queries } from '../store/database.js';
import { audit } from './audit.js';
import { type Committed, commitIn, receiptOf } from './commit.js';
import { type CheckedHeader, checkHeader, checkPart } from './header.js';
import { hold, holdMailboxes, type MessageRow } from './message-row.js';
import { insertPart, layDown, missingParts, type StoredPart } from './parts.js';
import { Problem } from './problem.js';
import type { Relay } from './relay.js';
import { checkSerial } from './serial.js';
import { recordEvent, type State, step, takeRoom } from './states.js';
import { type Transaction, transact } from './transact.js';

export interface Declared {
  readonly id: string;
  readonly state: State;
  readonly missing: readonly number[];
  readonly receipt?: string;
  readonly duplicate: boolean;
  /** Whether this request made it. */
  readonly created: boolean;
}

/** Declares a message; with the texts of its parts, commits it too. The same again gives what became of it. */
export async function declare(
  relay: Relay,
  from: string,
  id: string,
  text: string,
  texts?: readonly string[],
): Promise<Declared> {
  const checked = checkHeader(relay.config, from, id, text);
  if (texts && texts.length !== checked.header.parts.length) throw new Problem('part-mismatch', { part: texts.length });
  const bodies = texts?.map((part, n) => {
    if (/[^\t\n\r -~]/.test(part)) throw new Problem('part-mismatch', { part: n });
    const bytes = Buffer.from(part, 'latin1');
    checkPart(checked, n, bytes);
    return bytes;
  });
  // Asked before anything is laid down, and again in the transaction.
  const known = await find(relay.database, checked);
  if (!known) await checkReceiver(relay, relay.database, checked);
  const committed = known !== undefined && known.inbox_seq !== null;
  const parts = committed ? [] : await layDownAll(relay, bodies ?? []);

  const declaring = transact(relay, async (tx) => {
    const { row, created } = await upsert(tx, relay, checked);
    const answer = (known: Committed) => ({ declared: { ...known, created }, to: row.to_address });
    if (row.inbox_seq !== null) {
      tx.unused.push(...parts.flatMap(({ blob_key }) => (blob_key === null ? [] : [blob_key])));
      return answer(receiptOf(row));
    }
    for (const part of parts) {
      if (!(await insertPart(tx, row.key, part)) && part.blob_key) tx.unused.push(part.blob_key);
    }
    if (bodies) return answer(await commitIn(tx, relay, row, from));
    const missing = await missingParts(tx, row.key, row.part_count);
    return { declared: { id, state: row.state, missing, duplicate: false, created }, to: undefined };
  });
  const { declared, to } = await declaring.catch(async (error: unknown) => {
    // Nothing of it was kept. Of what fails otherwise nobody knows: unused blobs are collected later.
    if (error instanceof Problem) await removeBlobs(relay, parts);
    throw error;
  });
  if (to !== undefined && !declared.duplicate) relay.waiters.wake(to);
  return declared;
}

async function layDownAll(relay: Relay, bodies: readonly Uint8Array[]): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  try {
    for (const [n, bytes] of bodies.entries()) parts.push(await layDown(relay, n, bytes));
    return parts;
  } catch (error) {
    await removeBlobs(relay, parts);
    throw error;
  }
}

async function removeBlobs(relay: Relay, parts: readonly StoredPart[]): Promise<void> {
  for (const { blob_key } of parts) if (blob_key) await relay.blobs.remove(blob_key);
}

/** The message of this sender and id, where its header is the same. */
async function find(queries: Queries, { from, header, sha256 }: CheckedHeader): Promise<MessageRow | undefined> {
  const row = await queries.get<MessageRow>('SELECT * FROM message WHERE from_address = ? AND id = ?', from, header.id);
  if (row && row.header_sha256 !== sha256) throw new Problem('message-conflict');
  return row;
}

async function upsert(
  tx: Transaction,
  relay: Relay,
  checked: CheckedHeader,
): Promise<{ row: MessageRow; created: boolean }> {
  await holdMailboxes(tx, relay, checked.from, checked.to);
  const found = await find(tx, checked);
  if (!found) return { row: await insert(tx, relay, checked), created: true };
  const row = await hold(tx, relay, found);
  if (row.state !== 'abandoned') {
    if (row.state === 'uploading')
      await tx.run('UPDATE message SET touched_at = ? WHERE key = ?', relay.now(), row.key);
    return { row, created: false };
  }
  // What failed before does not stand in the way: it begins anew, if nothing has taken its place.
  await checkReceiver(relay, tx, checked);
  await checkSerial(tx, checked);
  await tx.run(
    'UPDATE message SET touched_at = ?, expires_at = ?, purged_at = NULL WHERE key = ?',
    relay.now(),
    expiry(relay, checked),
    row.key,
  );
  return { row: await step(tx, relay, row, 'uploading', checked.from), created: false };
}

async function insert(tx: Queries, relay: Relay, checked: CheckedHeader): Promise<MessageRow> {
  await checkReceiver(relay, tx, checked);
  await checkSerial(tx, checked);
  const { header, text, sha256, from, to, manifestSha256, totalBytes } = checked;
  const now = relay.now();
  const row = await tx.get<MessageRow>(
    `INSERT INTO message (id, from_address, to_address, serial, standard, kinds, header, header_sha256, manifest_sha256,
       part_count, total_bytes, state, created_at, touched_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'uploading', ?, ?, ?) ON CONFLICT DO NOTHING RETURNING *`,
    header.id,
    from,
    to,
    header.serial,
    header.standard,
    JSON.stringify(header.kinds),
    text,
    sha256,
    manifestSha256,
    header.parts.length,
    totalBytes,
    now,
    now,
    expiry(relay, checked),
  );
  if (!row) {
    // Another process was faster, or another sender's message has this id in the same mailbox.
    await checkSerial(tx, checked);
    throw new Problem('message-conflict');
  }
  await takeRoom(tx, from, to, totalBytes);
  await recordEvent(tx, row.key, 'uploading', now, from);
  await audit(tx, now, from, 'declare', row.id, { to, serial: row.serial, parts: row.part_count, bytes: totalBytes });
  return row;
}

const expiry = (relay: Relay, { header }: CheckedHeader): number =>
  Math.min(header.expiresAt, relay.now() + relay.config.maxWaitMs);

async function checkReceiver(
  relay: Relay,
  queries: Queries,
  { header, from, to, totalBytes }: CheckedHeader,
): Promise<void> {
  if (header.expiresAt <= relay.now()) throw new Problem('header-invalid', { reason: 'expired' });
  const receiver = await queries.get<{ status: string; quota_bytes: number | null; used_bytes: number }>(
    `SELECT office.status, office.quota_bytes, mailbox.used_bytes FROM office JOIN mailbox USING (address)
     WHERE address = ?`,
    to,
  );
  if (!receiver) throw new Problem('office-unknown');
  if (receiver.status !== 'active') throw new Problem('office-inactive');
  const isFull = receiver.used_bytes + totalBytes > (receiver.quota_bytes ?? relay.config.mailboxBytes);
  const pair = await queries.get<{ used_bytes: number }>(
    'SELECT used_bytes FROM pair WHERE from_address = ? AND to_address = ?',
    from,
    to,
  );
  const hasTooMuch = (pair?.used_bytes ?? 0) + totalBytes > relay.config.pairBytes;
  if (isFull || hasTooMuch) throw new Problem('mailbox-full', {}, { 'Retry-After': '600' });
}
