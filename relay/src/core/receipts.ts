import type { Queries } from '../store/database.js';
import { audit } from './audit.js';
import { hold, type MessageRow, receivedMessage } from './message-row.js';
import { Problem, type ProblemSlug } from './problem.js';
import type { Relay } from './relay.js';
import { STEPS, type State, step } from './states.js';
import { type ReceiptRow, type ReceiptView, receiptView } from './status.js';
import { type Transaction, transact } from './transact.js';

export interface ReceiptInput {
  readonly kind: ReceiptView['kind'];
  readonly signed?: string | undefined;
  readonly reasons?: readonly string[] | undefined;
}

/** Keeps what the receiver says of a message. The first of a kind stays, and is the answer to every later one. */
export async function putReceipt(
  relay: Relay,
  to: string,
  id: string,
  input: ReceiptInput,
): Promise<ReceiptView & { readonly created: boolean }> {
  const found = await receivedMessage(relay.database, to, id);
  let refused: ProblemSlug | undefined;
  const receipt = await transact(relay, async (tx) => {
    refused = undefined;
    const row = await hold(tx, relay, found);
    const known = await find(tx, row.key, input.kind);
    if (known) return { ...receiptView(known), created: false };
    refused = await refusal(tx, row, input.kind);
    if (refused) return undefined;
    return { ...(await insert(tx, relay, row, to, input)), created: true };
  });
  if (refused || !receipt) throw new Problem(refused ?? 'internal');
  return receipt;
}

const find = (queries: Queries, key: number, kind: string) =>
  queries.get<ReceiptRow>(
    'SELECT kind, signed, reasons, at FROM receipt WHERE message_key = ? AND kind = ?',
    key,
    kind,
  );

/** Why a message takes no receipt of this kind. */
async function refusal(tx: Queries, row: MessageRow, kind: ReceiptView['kind']): Promise<ProblemSlug | undefined> {
  if (row.state === 'recalled') return 'recalled';
  const others = await tx.all<{ kind: string }>('SELECT kind FROM receipt WHERE message_key = ?', row.key);
  if (others.some((other) => (other.kind === 'rejected') !== (kind === 'rejected'))) return 'receipt-conflict';
  if (row.state !== 'expired') return undefined;
  const taken = await tx.get('SELECT 1 AS one FROM event WHERE message_key = ? AND state = ?', row.key, 'fetched');
  return taken ? undefined : 'expired';
}

async function insert(
  tx: Transaction,
  relay: Relay,
  row: MessageRow,
  to: string,
  { kind, signed, reasons }: ReceiptInput,
): Promise<ReceiptView> {
  const receipt = {
    kind,
    signed: signed ?? null,
    reasons: reasons === undefined ? null : JSON.stringify(reasons),
    at: relay.now(),
  };
  await tx.run(
    'INSERT INTO receipt (message_key, kind, signed, reasons, at) VALUES (?, ?, ?, ?, ?)',
    row.key,
    kind,
    receipt.signed,
    receipt.reasons,
    receipt.at,
  );
  // A late receipt is kept for the sender and changes nothing: `delivered` after `read`, any after `expired`.
  if ((STEPS[row.state] as readonly State[]).includes(kind)) await step(tx, relay, row, kind, to);
  else await audit(tx, receipt.at, to, 'receipt', row.id, { state: row.state, kind });
  return receiptView(receipt);
}
