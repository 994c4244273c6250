import { type Address, parseAddress } from 'careplan-renkei/transport';
import type { Queries } from '../store/database.js';
import { hold, type MessageRow, sentMessage } from './message-row.js';
import { missingParts } from './parts.js';
import type { Relay } from './relay.js';
import type { State } from './states.js';
import { transact } from './transact.js';

export interface ReceiptView {
  readonly kind: 'delivered' | 'read' | 'rejected';
  readonly at: number;
  readonly signed?: string;
  readonly reasons?: readonly string[];
}

/** What a message is: the same for both ends. */
export interface RoutingView {
  readonly id: string;
  readonly from: Address;
  readonly to: Address;
  readonly serial: string;
  readonly standard: string;
  readonly kinds: readonly string[];
}

export interface StatusView extends RoutingView {
  readonly state: State;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly acceptedAt?: number;
  readonly missing?: readonly number[];
  readonly receipt?: string;
  readonly reasons?: readonly string[];
  readonly receipts: readonly ReceiptView[];
  readonly events: readonly { readonly n: number; readonly state: string; readonly at: number }[];
}

/** What the sender may know of a message. */
export async function status(relay: Relay, from: string, id: string): Promise<StatusView> {
  const found = await sentMessage(relay.database, from, id);
  const row = await transact(relay, (tx) => hold(tx, relay, found));
  return statusView(relay.database, row);
}

export async function statusView(queries: Queries, row: MessageRow): Promise<StatusView> {
  const receipts = await receiptViews(queries, row.key);
  const events = await queries.all<{ n: number; state: string; at: number }>(
    'SELECT n, state, at FROM event WHERE message_key = ? ORDER BY n',
    row.key,
  );
  const reasons = receipts.find(({ kind }) => kind === 'rejected')?.reasons;
  return {
    ...routing(row),
    state: row.state,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.available_at === null ? {} : { acceptedAt: row.available_at }),
    ...(row.state === 'uploading' ? { missing: await missingParts(queries, row.key, row.part_count) } : {}),
    ...(row.relay_receipt === null ? {} : { receipt: row.relay_receipt }),
    ...(reasons === undefined || row.state !== 'rejected' ? {} : { reasons }),
    receipts,
    events,
  };
}

/** The receipts of a message, in the order in which they came. */
export async function receiptViews(queries: Queries, key: number): Promise<ReceiptView[]> {
  const rows = await queries.all<ReceiptRow>(
    'SELECT kind, signed, reasons, at FROM receipt WHERE message_key = ? ORDER BY at, kind',
    key,
  );
  return rows.map(receiptView);
}

export interface ReceiptRow {
  readonly kind: ReceiptView['kind'];
  readonly signed: string | null;
  readonly reasons: string | null;
  readonly at: number;
}

export const receiptView = ({ kind, at, signed, reasons }: ReceiptRow): ReceiptView => ({
  kind,
  at,
  ...(signed === null ? {} : { signed }),
  ...(reasons === null ? {} : { reasons: JSON.parse(reasons) as string[] }),
});

/** What a message is, as its header has it. */
export function routing({ id, from_address, to_address, serial, standard, kinds }: MessageRow): RoutingView {
  const [from, to] = [parseAddress(from_address), parseAddress(to_address)];
  if (!from || !to) throw new Error('an address of the database is none');
  return { id, from, to, serial, standard, kinds: JSON.parse(kinds) as string[] };
}
