import type { MessageRow } from '../core/message-row.js';
import type { Relay } from '../core/relay.js';
import { type StatusView, statusView } from '../core/status.js';

export interface Snapshot {
  readonly now: number;
  readonly mailboxes: readonly {
    readonly address: string;
    readonly waiting: number;
    readonly bytes: number;
    readonly lastSeq: number;
  }[];
  readonly messages: readonly (StatusView & {
    readonly seq: number | null;
    readonly parts: number;
    readonly size: number;
  })[];
}

/** Messages that a snapshot shows at most: the newest. */
const MOST = 1000;

/** All mailboxes and messages as they are, without bytes of messages. */
export async function snapshot(relay: Relay, most = MOST): Promise<Snapshot> {
  const mailboxes = await relay.database.all<Snapshot['mailboxes'][number]>(
    `SELECT address, used_bytes AS bytes, next_seq - 1 AS "lastSeq",
       (SELECT COUNT(*) FROM message WHERE to_address = address AND state IN ('available', 'fetched')) AS waiting
     FROM mailbox ORDER BY address`,
  );
  const rows = await relay.database.all<MessageRow>('SELECT * FROM message ORDER BY key DESC LIMIT ?', most);
  const messages = await Promise.all(
    rows.map(async (row) => ({
      ...(await statusView(relay.database, row)),
      seq: row.inbox_seq,
      parts: row.part_count,
      size: row.total_bytes,
    })),
  );
  return { now: relay.now(), mailboxes, messages };
}
