import { messageDigest } from '../bytes.js';
import { TransportError } from '../error.js';
import type { DeliveryState, Receipt, SentStatus } from '../message.js';
import { endedLate, within } from '../repeat.js';
import { waitBefore } from '../retry.js';
import type { AttemptOptions } from '../transport.js';
import { outboundFrom } from './bodies.js';
import type { DeliveryContext } from './context.js';
import { type OutboxState, type OutboxStep, refOf, type StoredEntry, step } from './entry.js';
import { sealForReceiver } from './seal.js';
import { inTurn, keepTurn, settle, type Turn } from './turn.js';

/** How an attempt ended. */
type Ending =
  | { readonly state: 'accepted' | 'handed-off'; readonly receipt: Receipt }
  | { readonly state: 'found'; readonly status: SentStatus }
  | Failure;
interface Failure {
  readonly state: 'in-doubt' | 'failed';
  readonly error: TransportError;
}

/** How long to wait for a person to log in before trying again, in milliseconds. */
const LOGIN_WAIT = 300_000;

/**
 * Makes one attempt to send a message whose turn it is, and writes down what became of it.
 *
 * Resolves to the message as it now is; undefined where another process took its turn meanwhile, whose word counts then.
 */
export async function attempt(
  context: DeliveryContext,
  turn: Turn,
  leaseMs: number,
  signal: AbortSignal,
): Promise<StoredEntry | undefined> {
  const { clock, policy } = context;
  const own = new AbortController();
  const abort = () => own.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const beat = heartbeat(context, turn, leaseMs, own);
  let entry = turn.entry;
  let left = false;
  let ending: Ending;
  try {
    ending = await within(clock, policy.attemptTimeoutMs, own.signal, async (limited) => {
      entry = await sealForReceiver(context, turn, limited);
      const options = { signal: limited, deadline: entry.deadline, attempt: entry.attempts };
      return deliver(context, entry, options, () => {
        left = true;
      });
    });
  } catch (thrown) {
    const error = endedLate(thrown, own.signal);
    // What failed before a byte left says nothing unknown; what is known of earlier attempts stays.
    ending = {
      state: 'failed',
      error: left || error.outcome === 'rejected' ? error : error.with({ outcome: 'not-sent' }),
    };
  } finally {
    signal.removeEventListener('abort', abort);
    await beat.stop();
  }
  return record(context, turn, ending, signal.aborted);
}

/** Asks where an earlier attempt may have arrived and sending twice would be two messages; then sends. */
async function deliver(
  context: DeliveryContext,
  entry: StoredEntry,
  options: AttemptOptions,
  leaving: () => void,
): Promise<Ending> {
  const { transport, store, tell } = context;
  const { idempotentSend, lookup } = transport.capabilities;
  const { id: messageId } = entry;
  if (entry.doubt && !idempotentSend) {
    const inDoubt = new TransportError('network.truncated', { outcome: 'unknown', retry: 'after-person', messageId });
    if (lookup === 'none') return { state: 'in-doubt', error: inDoubt };
    const status = await transport.lookup(refOf(entry), options).catch((error: TransportError) => {
      if (error.code === 'unsupported') return undefined;
      throw error;
    });
    if (status) return { state: 'found', status };
    // Only of an exact lookup is nothing a proof.
    if (lookup !== 'exact') return { state: 'in-doubt', error: inDoubt };
  }
  const message = await outboundFrom(store, entry);
  tell({ type: 'attempt', messageId });
  leaving();
  const result = await transport.send(message, options);
  tell({ type: 'answered', messageId });
  const { receipt } = result;
  const fits = receipt.messageId === messageId && receipt.digest === (await messageDigest(message));
  if (!fits) return { state: 'failed', error: new TransportError('protocol', { outcome: 'unknown', messageId }) };
  return { state: result.state, receipt };
}

/** Writes down how an attempt ended. */
function record(
  context: DeliveryContext,
  turn: Turn,
  ending: Ending,
  stopped: boolean,
): Promise<StoredEntry | undefined> {
  const { clock, transport, tell } = context;
  return inTurn(context, turn, async (entry, tx) => {
    const at = clock.now();
    if ('receipt' in ending) {
      return settle(tx, entry, { state: ending.state, at }, { doubt: false, receipt: ending.receipt });
    }
    if ('status' in ending) {
      const { status } = ending;
      const state = stateOf(status.state, transport.capabilities.acceptance);
      const { receipt, reasons } = status;
      return settle(
        tx,
        entry,
        { state, at },
        { doubt: false, ...(receipt && { receipt }), ...(reasons && { reasons }) },
      );
    }
    return failed(context, entry, ending, stopped);
  }).then((entry) => {
    if (entry)
      tell({ type: 'state', messageId: entry.id, state: entry.state, ...(entry.code && { code: entry.code }) });
    return entry;
  });
}

/** A message after an attempt that failed. */
function failed(
  context: DeliveryContext,
  entry: StoredEntry,
  { state, error }: Failure,
  stopped: boolean,
): StoredEntry {
  const { clock, random, policy, transport } = context;
  const at = clock.now();
  const { code, outcome, retry, nextSerial } = error;
  const doubt = entry.doubt === true || outcome === 'unknown';
  const failures = { ...entry.failures, [code]: (entry.failures?.[code] ?? 0) + 1 };
  const more = { doubt, failures, code, outcome, ...(nextSerial === undefined ? {} : { nextSerial }) };
  const to = (next: OutboxStep, extra: Partial<StoredEntry> = {}) => step(entry, next, { ...more, ...extra });
  // The caller stopped it: it says nothing of the message, which goes on when the caller does.
  if (stopped && code === 'aborted')
    return to({ state: 'waiting', at, code }, { failures: entry.failures ?? {}, retryAt: at });
  if (state === 'in-doubt') return to({ state: 'in-doubt', at, code });
  if (code === 'auth.interaction-required') {
    return to({ state: 'waiting', at, code }, { attempts: entry.attempts - 1, retryAt: at + LOGIN_WAIT });
  }
  const mayRepeat =
    outcome !== 'unknown' || transport.capabilities.idempotentSend || transport.capabilities.lookup !== 'none';
  if (!mayRepeat) return to({ state: 'in-doubt', at, code });
  const seen = new Map(Object.entries(failures) as [typeof code, number][]);
  const waitMs = retry === 'never' && outcome === 'unknown' ? policy.baseMs : waitBefore(error, policy, seen, random);
  if (waitMs === undefined) return to({ state: 'needs-person', at, code });
  if (at + waitMs >= entry.deadline) return to({ state: 'needs-person', at, code: 'deadline' }, { code: 'deadline' });
  return to({ state: 'waiting', at, code }, { retryAt: at + waitMs });
}

/** What the far side says of a message, as a state of the outbox. */
export const stateOf = (state: DeliveryState, acceptance: 'relay' | 'handoff'): OutboxState =>
  state === 'available' || state === 'fetched' ? (acceptance === 'handoff' ? 'handed-off' : 'accepted') : state;

/** Says again and again that the turn is taken; ends the attempt where it is lost. */
function heartbeat(
  context: DeliveryContext,
  turn: Turn,
  leaseMs: number,
  own: AbortController,
): { stop(): Promise<void> } {
  const timer = new AbortController();
  const beating = (async () => {
    for (;;) {
      await context.clock.sleep(leaseMs / 3, timer.signal);
      const kept = await keepTurn(context, turn, leaseMs).catch(() => true);
      if (!kept) own.abort(new DOMException('another process sends this message', 'AbortError'));
    }
  })().catch(() => {});
  return {
    async stop() {
      timer.abort();
      await beating;
    },
  };
}
