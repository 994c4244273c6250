import type { Address } from '../address.js';
import { TransportError } from '../error.js';
import type { AttemptOptions } from '../transport.js';
import { contextOf, type DeliveryOptions } from './context.js';
import { type EnqueuedEntry, type EnqueueOptions, enqueue, type NewMessage } from './enqueue.js';
import { GONE, type OutboxEntry, type OutboxState, publicEntry, type StoredEntry } from './entry.js';
import { decide } from './person.js';
import { type DeliveryProof, proofOf } from './proof.js';
import { KEYS, PREFIX, read } from './records.js';
import { refreshOne } from './refresh.js';
import { attempt } from './send.js';
import { takeSerial } from './serials.js';
import { nextTime, takeTurn } from './turn.js';

export interface OutboxOptions extends DeliveryOptions {
  /** How many messages are sent at the same time, of different lanes; 4 where absent. */
  readonly concurrency?: number;
  /** How long a message is one process's alone without a sign of life, in milliseconds; 60 s where absent. */
  readonly leaseMs?: number;
  /** How often to look for what other processes put into the store, in milliseconds; 5 s where absent. */
  readonly pollMs?: number;
}

/** What became of the messages that a call of `flush` tried. */
export interface Flushed {
  readonly entries: readonly OutboxEntry[];
}

/**
 * Messages to be sent, kept until they are: each exactly once, in order from one office to another, whatever dies meanwhile.
 *
 * Every call throws a TransportError of the store where it cannot be read or written.
 */
export interface Outbox {
  /**
   * Takes a message over: it is durable when it resolves, and will be sent. The same id again, or the same `key`, is the
   * message that is there. `warning` tells of keys that will stop it.
   *
   * Throws a TransportError: `message.invalid`, `too-large` and the others of `checkMessage`; `message.conflict` for another
   * content under an id that is there; `serial.conflict` with `nextSerial` for a serial that the lane had already.
   */
  enqueue(message: NewMessage, options?: EnqueueOptions): Promise<EnqueuedEntry>;
  /** A serial that this lane never had, 14 digits by the clock of Japan: durable before it is given away. */
  nextSerial(from: Address, to: Address): Promise<string>;
  get(id: string): Promise<OutboxEntry | undefined>;
  /** The messages in the order in which they were queued; only those in one of these states. */
  list(states?: readonly OutboxState[]): AsyncGenerator<OutboxEntry, void, void>;
  /** Sends what can be sent now, each at most once, and resolves when nothing is left that can. */
  flush(options?: { readonly signal?: AbortSignal }): Promise<Flushed>;
  /** Sends until the signal ends it: what is queued, and again what has to wait, when its time has come. */
  run(options: { readonly signal: AbortSignal }): Promise<void>;
  /** Asks the far side about everything that is gone and not answered for. The messages of which there was news. */
  refresh(options?: { readonly signal?: AbortSignal }): Promise<readonly OutboxEntry[]>;
  /** A person's decision: try again now, also what is in doubt (it may then be there twice). */
  retry(id: string): Promise<OutboxEntry>;
  /** A person's decision: never send it; what comes behind it goes on. */
  discard(id: string): Promise<OutboxEntry>;
  /** A person's knowledge: what is in doubt has arrived. */
  confirm(id: string): Promise<OutboxEntry>;
  /** Everything that proves what was sent, when, and who answered for it. */
  proof(id: string): Promise<DeliveryProof>;
}

/** Opens an outbox over a store and a transport. Several may share them, in this process or others. */
export function openOutbox(options: OutboxOptions): Outbox {
  const context = contextOf(options);
  const { concurrency = 4, leaseMs = 60_000, pollMs = 5000 } = options;
  const { store, clock } = context;
  let wake = () => {};

  const find = (id: string) => store.transact((tx) => read<StoredEntry>(tx, KEYS.message(id)));
  const found = async (id: string): Promise<StoredEntry> => {
    const entry = await find(id);
    if (!entry) throw new TransportError('message.unknown');
    return entry;
  };
  const decided = async (change: Promise<StoredEntry>): Promise<OutboxEntry> => {
    const entry = publicEntry(await change);
    context.tell({ type: 'state', messageId: entry.id, state: entry.state });
    wake();
    return entry;
  };
  async function* stored(): AsyncGenerator<StoredEntry, void, void> {
    // Ids of version 7 sort by time, others do not: the place in the queue does.
    const ids = await store.transact((tx) => tx.keys(PREFIX.messages));
    const all = await store.transact((tx) => Promise.all(ids.map((key) => read<StoredEntry>(tx, key))));
    yield* all.filter((entry) => entry !== undefined).sort((a, b) => a.seq - b.seq);
  }

  const flush: Outbox['flush'] = async ({ signal = new AbortController().signal } = {}) => {
    const entries = new Map<string, OutboxEntry>();
    const work = async () => {
      for (;;) {
        if (signal.aborted) return;
        const turn = await takeTurn(context, leaseMs);
        if (!turn) return;
        const entry = await attempt(context, turn, leaseMs, signal);
        if (entry) entries.set(entry.id, publicEntry(entry));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    return { entries: [...entries.values()] };
  };

  return {
    async enqueue(message, more = {}) {
      const entry = await enqueue(context, message, more);
      wake();
      return entry;
    },
    nextSerial: (from, to) => store.transact((tx) => takeSerial(tx, { from, to }, clock.now())),
    async get(id) {
      const entry = await find(id);
      return entry && publicEntry(entry);
    },
    async *list(states) {
      for await (const entry of stored()) {
        if (!states || states.includes(entry.state)) yield publicEntry(entry);
      }
    },
    flush,
    async run({ signal }) {
      while (!signal.aborted) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await flush({ signal });
        const next = await nextTime(context);
        const waitMs = Math.max(0, Math.min(pollMs, next === undefined ? pollMs : next - clock.now()));
        const timer = new AbortController();
        const stop = () => timer.abort();
        // It may have fired while something was sent.
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
        await Promise.race([woken, clock.sleep(waitMs, timer.signal).catch(() => {})]);
        signal.removeEventListener('abort', stop);
        stop();
      }
    },
    async refresh({ signal = new AbortController().signal } = {}) {
      const news: OutboxEntry[] = [];
      for await (const entry of stored()) {
        if (!GONE.has(entry.state)) continue;
        const deadline = clock.now() + context.policy.attemptTimeoutMs;
        const options: AttemptOptions = { signal, deadline, attempt: 1 };
        const now = await refreshOne(context, entry, options);
        if (now.state !== entry.state || now.code !== entry.code) news.push(now);
      }
      return news;
    },
    retry: (id) => decided(decide(context, id, 'retry')),
    discard: (id) => decided(decide(context, id, 'discard')),
    confirm: (id) => decided(decide(context, id, 'confirm')),
    proof: async (id) => proofOf(await found(id)),
  };
}
