import type { Queries } from '../store/database.js';
import { formatCursor, type PageOf, parseCursor } from './cursor.js';
import { hold, type MessageRow, receivedMessage } from './message-row.js';
import { Problem } from './problem.js';
import type { Relay } from './relay.js';
import { type State, step } from './states.js';
import { type ReceiptView, type RoutingView, receiptViews, routing } from './status.js';
import { transact } from './transact.js';

export interface EntryView extends RoutingView {
  readonly parts: number;
  readonly size: number;
  readonly state: State;
  readonly seq: number;
  readonly availableAt: number;
  readonly expiresAt: number;
}

export interface InboxQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Seconds to wait for a first entry. */
  readonly wait: number;
  readonly from?: string | undefined;
}

/** The longest time between two looks at the table: another process may have changed it. */
const LOOK_AGAIN_MS = 2000;

/** What waits for an address, in the order in which it came; waits for a first entry where it is asked to. */
export async function listInbox(
  relay: Relay,
  to: string,
  query: InboxQuery,
  signal: AbortSignal,
): Promise<PageOf<EntryView>> {
  const after = parseCursor('i', query.cursor);
  const end = performance.now() + query.wait * 1000;
  for (;;) {
    const left = end - performance.now();
    // Waiting begins before looking: what comes in between wakes.
    const waiting =
      left > 0 && !signal.aborted && !relay.closing.aborted
        ? relay.waiters.wait(to, Math.min(left, LOOK_AGAIN_MS), signal)
        : undefined;
    try {
      const page = await look(relay, to, query, after);
      if (page.items.length > 0 || !waiting) return page;
      await waiting.woken;
    } finally {
      waiting?.stop();
    }
  }
}

async function look(
  { database, now }: Relay,
  to: string,
  query: InboxQuery,
  after: number,
): Promise<PageOf<EntryView>> {
  const rows = await database.all<MessageRow>(
    `SELECT * FROM message WHERE to_address = ? AND inbox_seq > ? AND state IN ('available', 'fetched') AND expires_at > ?
     ${query.from === undefined ? '' : 'AND from_address = ?'} ORDER BY inbox_seq LIMIT ?`,
    to,
    after,
    now(),
    ...(query.from === undefined ? [] : [query.from]),
    query.limit + 1,
  );
  const items = rows.slice(0, query.limit).map(entryView);
  return { items, next: formatCursor('i', items.at(-1)?.seq ?? after), more: rows.length > items.length };
}

export const entryView = (row: MessageRow): EntryView => ({
  ...routing(row),
  parts: row.part_count,
  size: row.total_bytes,
  state: row.state,
  seq: row.inbox_seq ?? 0,
  availableAt: row.available_at ?? 0,
  expiresAt: row.expires_at,
});

export interface ReceivedView extends EntryView {
  readonly header: string;
  readonly receipts: readonly ReceiptView[];
}

/** A message with its header. Who asks has it: the sender can no longer take it back. */
export async function receive(relay: Relay, to: string, id: string): Promise<ReceivedView> {
  const row = await fetched(relay, to, await receivedMessage(relay.database, to, id));
  return { ...entryView(row), header: row.header, receipts: await receiptViews(relay.database, row.key) };
}

export interface PartView {
  readonly size: number;
  readonly sha256: string;
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A part of a message, to be read. Who asks has it. */
export async function receivePart(relay: Relay, to: string, id: string, n: number): Promise<PartView> {
  const found = await receivedMessage(relay.database, to, id);
  if (n >= found.part_count) throw new Problem('not-found');
  const row = await fetched(relay, to, found);
  const part = await partOf(relay.database, row.key, n);
  const { size, sha256, data, blob_key } = part;
  return {
    size,
    sha256,
    read: async (start, end) => {
      if (data !== null) return new Uint8Array(data.subarray(start, end));
      try {
        return await relay.blobs.read(blob_key ?? '', start, end);
      } catch (error) {
        // Between the row and the file its bytes may have been taken away: then that is the answer.
        if (Object(error).code === 'ENOENT') {
          await fetched(relay, to, await receivedMessage(relay.database, to, id));
          await partOf(relay.database, row.key, n);
        }
        throw error;
      }
    },
  };
}

async function partOf(queries: Queries, key: number, n: number) {
  const part = await queries.get<{ size: number; sha256: string; data: Uint8Array | null; blob_key: string | null }>(
    'SELECT size, sha256, data, blob_key FROM part WHERE message_key = ? AND n = ?',
    key,
    n,
  );
  if (!part) throw new Problem('purged');
  return part;
}

async function fetched(relay: Relay, to: string, found: MessageRow): Promise<MessageRow> {
  // Only what changes something needs to wait for the writer.
  const isOpen = found.state === 'available' || (found.state === 'fetched' && found.expires_at <= relay.now());
  const row = !isOpen
    ? found
    : await transact(relay, async (tx) => {
        const held = await hold(tx, relay, found);
        return held.state === 'available' ? step(tx, relay, held, 'fetched', to) : held;
      });
  if (row.state === 'expired' || row.state === 'recalled') throw new Problem(row.state);
  if (row.purged_at !== null) throw new Problem('purged');
  return row;
}
