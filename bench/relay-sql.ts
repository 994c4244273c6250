import { join } from 'node:path';
import Sqlite from 'libsql';

/** A sealed message as the store keeps it. */
export interface StoredMessage {
  readonly id: string;
  readonly serial: string;
  readonly header: string;
  readonly parts: readonly { readonly bytes: Uint8Array; readonly sha256: string }[];
}

/**
 * What taking a message over writes, and nothing else: one transaction of the same rows with the same indexes, over the
 * database that a relay made, with its pragmas. No HTTP, no token, no signature, no hash, no question that is asked first.
 */
export function bareSql(folder: string, from: string, to: string) {
  const db = new Sqlite(join(folder, 'relay.sqlite'));
  for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=ON']) db.pragma(pragma);
  const message = db.prepare(
    `INSERT INTO message (id, from_address, to_address, serial, standard, kinds, header, header_sha256, manifest_sha256,
       part_count, total_bytes, state, inbox_seq, sent_seq, created_at, touched_at, available_at, expires_at, relay_receipt)
     VALUES (?, ?, ?, ?, '4.1', '["UPPLAN"]', ?, ?, ?, ?, ?, 'available', ?, ?, ?, ?, ?, ?, ?)`,
  );
  const part = db.prepare('INSERT INTO part (message_key, n, sha256, size, data) VALUES (?, ?, ?, ?, ?)');
  const event = db.prepare('INSERT INTO event (message_key, n, state, at, actor) VALUES (?, ?, ?, ?, ?)');
  const audit = db.prepare(
    'INSERT INTO audit (seq, at, actor, action, message_id, meta, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const head = db.prepare('UPDATE audit_head SET seq = ?, hash = ? WHERE one = 1');
  const mailbox = db.prepare(
    'UPDATE mailbox SET used_bytes = used_bytes + ?, next_seq = next_seq + ?, next_sent = next_sent + ? WHERE address = ?',
  );
  let { seq } = db.prepare('SELECT seq FROM audit_head').get([]) as { seq: number };
  let place = 0;
  const hash = 'f'.repeat(64);
  // As long as a receipt of a relay.
  const receipt = 'r'.repeat(600);
  return {
    insert({ id, serial, header, parts }: StoredMessage): void {
      const now = Date.now();
      const size = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
      place += 1;
      db.exec('BEGIN IMMEDIATE');
      const { lastInsertRowid: key } = message.run([
        ...[id, from, to, serial, header, hash, parts[0]?.sha256 ?? hash, parts.length, size],
        ...[place, place, now, now, now, now + 86_400_000, receipt],
      ]);
      for (const [n, { bytes, sha256 }] of parts.entries()) part.run([key, n, sha256, bytes.length, bytes]);
      for (const [n, state] of ['uploading', 'available'].entries()) {
        event.run([key, n + 1, state, now, from]);
        seq += 1;
        audit.run([seq, now, from, n === 0 ? 'declare' : 'commit', id, `{"state":"${state}"}`, hash, hash]);
      }
      head.run([seq, hash]);
      mailbox.run([size, 1, 0, to]);
      mailbox.run([0, 0, 1, from]);
      db.exec('COMMIT');
    },
    count: () => (db.prepare('SELECT COUNT(*) AS n FROM message').get([]) as { n: number }).n,
    close: () => void db.close(),
  };
}
