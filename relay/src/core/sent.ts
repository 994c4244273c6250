import { formatCursor, type PageOf, parseCursor } from './cursor.js';
import { hold, type MessageRow, sentMessage } from './message-row.js';
import { Problem } from './problem.js';
import type { Relay } from './relay.js';
import { type State, step } from './states.js';
import { type StatusView, statusView } from './status.js';
import { transact } from './transact.js';

/** What an address has sent and committed, in that order. */
export async function listSent(
  relay: Relay,
  from: string,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<PageOf<StatusView>> {
  const after = parseCursor('s', query.cursor);
  const rows = await relay.database.all<MessageRow>(
    'SELECT * FROM message WHERE from_address = ? AND sent_seq > ? ORDER BY sent_seq LIMIT ?',
    from,
    after,
    query.limit + 1,
  );
  const items: StatusView[] = [];
  for (const row of rows.slice(0, query.limit)) {
    const due = row.expires_at <= relay.now() && (row.state === 'available' || row.state === 'fetched');
    const now = due ? await transact(relay, (tx) => hold(tx, relay, row)) : row;
    items.push(await statusView(relay.database, now));
  }
  const last = rows[items.length - 1]?.sent_seq ?? after;
  return { items, next: formatCursor('s', last), more: rows.length > items.length };
}

/** Takes a message back that nobody has asked for, or gives an upload up. */
export async function recall(
  relay: Relay,
  from: string,
  id: string,
): Promise<{ readonly id: string; readonly state: State }> {
  const found = await sentMessage(relay.database, from, id);
  const { state } = await transact(relay, async (tx) => {
    const row = await hold(tx, relay, found);
    if (row.state === 'uploading') return step(tx, relay, row, 'abandoned', from);
    return row.state === 'available' ? step(tx, relay, row, 'recalled', from) : row;
  });
  if (state === 'expired') throw new Problem('expired');
  if (state !== 'recalled' && state !== 'abandoned') throw new Problem('too-late');
  return { id, state };
}
