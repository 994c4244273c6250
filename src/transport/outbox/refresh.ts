import { verifyReceipt } from '../envelope/index.js';
import type { SentStatus } from '../message.js';
import type { AttemptOptions } from '../transport.js';
import type { DeliveryContext } from './context.js';
import { GONE, type OutboxEntry, type OutboxState, publicEntry, refOf, type StoredEntry } from './entry.js';
import { KEYS, read, write } from './records.js';
import { stateOf } from './send.js';
import { settle } from './turn.js';

/** How far a state is: the far side's word only leads on, never back. */
const RANK: Partial<Record<OutboxState, number>> = {
  'handed-off': 1,
  accepted: 1,
  delivered: 2,
  read: 3,
  rejected: 3,
  expired: 3,
  recalled: 3,
};

/** Asks the far side what became of a message that is gone; the message as it then is. */
export async function refreshOne(
  context: DeliveryContext,
  entry: StoredEntry,
  options: AttemptOptions,
): Promise<OutboxEntry> {
  if (!GONE.has(entry.state)) return publicEntry(entry);
  const status = await context.transport.lookup(refOf(entry), options);
  if (!status) return unknown(context, entry);
  const proved = await prove(context, entry, status, options.signal);
  const { store, clock, tell } = context;
  const { changed, next } = await store.transact(async (tx) => {
    const now = (await read<StoredEntry>(tx, KEYS.message(entry.id))) ?? entry;
    const isOn = (RANK[proved.state] ?? 0) > (RANK[now.state] ?? 0);
    if (!isOn) {
      const { code, ...known } = now;
      if (code !== LOST) return { changed: false, next: now };
      await write(tx, KEYS.message(entry.id), known);
      return { changed: false, next: known };
    }
    const { signedReceipts, reasons } = proved;
    const more = { ...(signedReceipts && { signedReceipts }), ...(reasons && { reasons }) };
    const settled = await settle(tx, now, { state: proved.state, at: clock.now() }, more);
    await write(tx, KEYS.message(entry.id), settled);
    return { changed: true, next: settled };
  });
  if (changed) tell({ type: 'state', messageId: next.id, state: next.state });
  return publicEntry(next);
}

/** What is said of a message that was taken over, and that the far side knows no more. */
const LOST = 'message.unknown';

/** Notes that whoever took a message over, and would know it, does not: as after a backup from before was put back. */
async function unknown({ store, transport, tell }: DeliveryContext, entry: StoredEntry): Promise<OutboxEntry> {
  if (entry.state === 'handed-off' || transport.capabilities.lookup !== 'exact') return publicEntry(entry);
  const { isNews, next } = await store.transact(async (tx) => {
    const now = (await read<StoredEntry>(tx, KEYS.message(entry.id))) ?? entry;
    if (!GONE.has(now.state) || now.code === LOST) return { isNews: false, next: now };
    const noted: StoredEntry = { ...now, code: LOST };
    await write(tx, KEYS.message(entry.id), noted);
    return { isNews: true, next: noted };
  });
  if (isNews) tell({ type: 'missing', messageId: next.id, code: LOST });
  return publicEntry(next);
}

interface Proved {
  readonly state: OutboxState;
  readonly signedReceipts?: readonly string[];
  readonly reasons?: readonly string[];
}

/**
 * What of a status can be believed: of a sealed message the receiver's word counts only as the receiver signed it, whatever
 * those who carry it say.
 */
async function prove(
  context: DeliveryContext,
  entry: StoredEntry,
  status: SentStatus,
  signal: AbortSignal,
): Promise<Proved> {
  const state = stateOf(status.state, context.transport.capabilities.acceptance);
  const { sealing, tell } = context;
  if (!entry.sealed || !sealing) return { state, ...(status.reasons ? { reasons: status.reasons } : {}) };
  const { manifestSha256 } = entry.sealed;
  const { id: messageId, from, to } = entry;
  const keys = (await sealing.directory.find(to, signal))?.keys ?? [];
  let proved: Proved = {
    state: state === 'delivered' || state === 'read' || state === 'rejected' ? entry.state : state,
  };
  const good: string[] = [];
  for (const signed of status.signedReceipts ?? []) {
    try {
      const said = await verifyReceipt(signed, { messageId, manifestSha256, from, to, keys });
      good.push(signed);
      if ((RANK[said.kind] ?? 0) > (RANK[proved.state] ?? 0)) {
        proved = { state: said.kind, ...(said.reasons ? { reasons: said.reasons } : {}) };
      }
    } catch {
      tell({ type: 'forged', messageId, code: 'signature' });
    }
  }
  return good.length > 0 ? { ...proved, signedReceipts: good } : proved;
}
