import { audit } from './audit.js';
import { hold, type MessageRow } from './message-row.js';
import { dropParts } from './parts.js';
import type { Relay } from './relay.js';
import { recordEvent } from './states.js';
import { transact } from './transact.js';

export interface Swept {
  readonly closed: number;
  readonly purged: number;
  readonly orphans: number;
}

/** Rows that one transaction takes. */
const BATCH = 100;

/** Does what time has made due: expiry, abandoned uploads, bytes past their retention, used tokens, blobs nobody needs. */
export async function sweep(relay: Relay): Promise<Swept> {
  const closed = await closeDue(relay);
  const purged = await purgeClosed(relay);
  // Tokens are judged by their own clock.
  await relay.database.run('DELETE FROM replay WHERE exp < ?', Math.floor(relay.tokenNow() / 1000) - 120);
  return { closed, purged, orphans: await collectOrphans(relay) };
}

async function closeDue(relay: Relay): Promise<number> {
  let closed = 0;
  for (;;) {
    const now = relay.now();
    const rows = await relay.database.all<MessageRow>(
      `SELECT * FROM message WHERE state IN ('uploading', 'available', 'fetched')
       AND (expires_at <= ? OR (state = 'uploading' AND (touched_at <= ?
         OR (touched_at <= ? AND NOT EXISTS (SELECT 1 FROM part WHERE message_key = message.key))))) LIMIT ?`,
      now,
      now - relay.config.uploadIdleMs,
      now - relay.config.declaredIdleMs,
      BATCH,
    );
    for (const row of rows) {
      const { state } = await transact(relay, (tx) => hold(tx, relay, row));
      if (state !== row.state) closed += 1;
    }
    if (rows.length < BATCH) return closed;
  }
}

async function purgeClosed(relay: Relay): Promise<number> {
  let purged = 0;
  for (;;) {
    const rows = await relay.database.all<MessageRow>(
      'SELECT * FROM message WHERE closed_at IS NOT NULL AND purged_at IS NULL AND closed_at <= ? LIMIT ?',
      relay.now() - relay.config.retentionMs,
      BATCH,
    );
    for (const found of rows) {
      const isPurged = await transact(relay, async (tx) => {
        const row = await hold(tx, relay, found);
        if (row.closed_at === null || row.purged_at !== null) return false;
        const now = relay.now();
        await tx.run('UPDATE message SET purged_at = ? WHERE key = ?', now, row.key);
        tx.unused.push(...(await dropParts(tx, row.key)));
        await recordEvent(tx, row.key, 'purged', now, 'relay');
        await audit(tx, now, 'relay', 'purge', row.id, { bytes: row.total_bytes });
        return true;
      });
      if (isPurged) purged += 1;
    }
    if (rows.length < BATCH) return purged;
  }
}

/** Files age by the clock of the machine. */
async function collectOrphans(relay: Relay): Promise<number> {
  let orphans = 0;
  for (const key of await relay.blobs.olderThan(Date.now() - relay.config.orphanMs)) {
    if (await relay.database.get('SELECT 1 AS one FROM part WHERE blob_key = ?', key)) continue;
    await relay.blobs.remove(key);
    orphans += 1;
  }
  return orphans;
}
