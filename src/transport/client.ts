import { readPart } from './bytes.js';
import type { Clock } from './clock.js';
import { systemClock } from './clock.js';
import { TransportError } from './error.js';
import type { TransportEvent } from './events.js';
import type {
  InboxEntry,
  InboxQuery,
  InboxRef,
  OutboundMessage,
  Page,
  ReceiptInput,
  SendResult,
  SentQuery,
  SentRef,
  SentStatus,
} from './message.js';
import { type CallOptions, endedLate, type Repeat, repeater } from './repeat.js';
import { RETRY_POLICY, RetryBudget, type RetryPolicy } from './retry.js';
import type { AttemptOptions, Transport } from './transport.js';

export interface ClientOptions {
  readonly clock?: Clock;
  /** A number from 0 to below 1, for the jitter; Math.random where absent. */
  readonly random?: () => number;
  readonly retry?: Partial<RetryPolicy>;
  /** Told of every attempt; what it throws is thrown away. */
  readonly onEvent?: (event: TransportEvent) => void;
}

export interface SentMessage {
  /** How it ended: as a result of `send`, or found by `lookup` after an attempt whose answer was lost. */
  readonly result: SendResult | SentStatus;
  readonly attempts: number;
}

/** A message with all its bytes, each file proved by its SHA-256. */
export interface FetchedMessage extends InboxEntry {
  readonly files: readonly {
    readonly name: string;
    readonly kind: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
  }[];
  /** The routing header of a sealed message, as its sender gave it (`sealedOf` of `./transport/envelope`). */
  readonly header?: string;
}

/** A transport as applications use it: the same verbs, tried again where that is right. */
export interface TransportClient {
  readonly transport: Transport;
  send(message: OutboundMessage, options?: CallOptions): Promise<SentMessage>;
  lookup(ref: SentRef, options?: CallOptions): Promise<SentStatus | undefined>;
  list(query?: InboxQuery, options?: CallOptions): AsyncGenerator<InboxEntry, void, void>;
  fetch(ref: InboxRef, options?: CallOptions): Promise<FetchedMessage>;
  acknowledge(ref: InboxRef, receipt: ReceiptInput, options?: CallOptions): Promise<void>;
  listSent(query?: SentQuery, options?: CallOptions): AsyncGenerator<SentStatus, void, void>;
  recall(ref: SentRef, options?: CallOptions): Promise<'recalled' | 'too-late'>;
}

/**
 * Makes a client of a transport: it tries again with jitter until a deadline, reports progress, and can be cancelled.
 *
 * Every call throws a TransportError when it gives up; its `outcome` says what became of the message, over all attempts.
 * Where an attempt's outcome is unknown and sending twice would be two messages, the far side is asked (`lookup`): found
 * is sent, provably absent is sent again, and no answer is thrown as it is, for a person to decide. Throws `config` for a
 * transport of a later contract.
 */
export function transportClient(transport: Transport, options: ClientOptions = {}): TransportClient {
  if (transport.contract !== 1) throw new TransportError('config');
  const { clock = systemClock, random = Math.random, onEvent } = options;
  const policy = { ...RETRY_POLICY, ...options.retry };
  const repeat = repeater({ transport, clock, random, policy, budget: new RetryBudget(), onEvent });

  async function* pages<T>(
    verb: 'list' | 'listSent',
    first: string | undefined,
    page: (cursor: string | undefined, attempt: AttemptOptions) => Promise<Page<T>>,
    call: CallOptions | undefined,
    pauseMs = 0,
  ): AsyncGenerator<T, void, void> {
    let cursor = first;
    do {
      const at = cursor;
      const { items, cursor: next } = await repeat(verb, call, (attempt) => page(at, attempt), { pauseMs });
      yield* items;
      cursor = next;
    } while (cursor !== undefined);
  }
  const from = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

  return {
    transport,
    send: (message, call) => sendOnce(transport, repeat, message, call),
    lookup: (ref, call) => repeat('lookup', call, (attempt) => transport.lookup(ref, attempt), { messageId: ref.id }),
    list: (query = {}, call) =>
      pages(
        'list',
        query.cursor,
        (cursor, at) => transport.list({ ...query, ...from(cursor) }, at),
        call,
        query.waitMs,
      ),
    fetch: (ref, call) =>
      repeat('fetch', call, async (attempt) => whole(await transport.fetch(ref, attempt), attempt), {
        messageId: ref.id,
      }),
    acknowledge: (ref, receipt, call) =>
      repeat('acknowledge', call, (attempt) => transport.acknowledge(ref, receipt, attempt), {
        messageId: ref.id,
      }),
    listSent: (query = {}, call) =>
      pages(
        'listSent',
        query.cursor,
        async (cursor, at) => listSent(transport, { ...query, ...from(cursor) }, at),
        call,
      ),
    recall: (ref, call) =>
      repeat(
        'recall',
        call,
        async (attempt) => {
          if (!transport.recall) throw new TransportError('unsupported');
          return transport.recall(ref, attempt);
        },
        { messageId: ref.id },
      ),
  };
}

function listSent(transport: Transport, query: SentQuery, attempt: AttemptOptions): Promise<Page<SentStatus>> {
  if (!transport.listSent) throw new TransportError('unsupported');
  return transport.listSent(query, attempt);
}

/** Sends until it is known to be there, to be refused, or beyond what may be tried. */
async function sendOnce(
  transport: Transport,
  repeat: Repeat,
  message: OutboundMessage,
  call: CallOptions | undefined,
): Promise<SentMessage> {
  let attempts = 0;
  const { id, from, to, serial } = message;
  const { idempotentSend, lookup } = transport.capabilities;
  let doubt: TransportError | undefined;
  const result = await repeat(
    'send',
    call,
    async (attempt): Promise<SendResult | SentStatus> => {
      attempts = attempt.attempt;
      if (doubt && !idempotentSend) {
        const inDoubt = doubt;
        const found = await transport.lookup({ id, from, to, serial }, attempt).catch((error: TransportError) => {
          // Whatever became of the question, what became of the message is still not known.
          throw error.code === 'unsupported'
            ? inDoubt.with({ retry: 'after-person' })
            : error.with({ outcome: 'unknown' });
        });
        if (found) return found;
        // Only of an exact lookup is nothing a proof.
        if (lookup !== 'exact') throw inDoubt.with({ retry: 'after-person' });
        doubt = undefined;
      }
      try {
        return await transport.send(message, attempt);
      } catch (thrown) {
        const error = endedLate(thrown, attempt.signal);
        const sure = idempotentSend || lookup !== 'none' || error.outcome !== 'unknown';
        if (error.outcome === 'unknown') doubt = error;
        throw sure ? error : error.with({ retry: 'after-person' });
      }
    },
    { messageId: id },
  ).catch((error: TransportError) => {
    // An attempt that did not leave, or was not let in, says nothing of an earlier one that may have arrived.
    const isSilent = error.outcome === 'not-sent' || error.code === 'auth.denied';
    throw doubt && isSilent ? error.with({ outcome: 'unknown' }) : error;
  });
  return { result, attempts };
}

/** The bodies of a message, read and proved. */
async function whole(
  message: Awaited<ReturnType<Transport['fetch']>>,
  { signal }: AttemptOptions,
): Promise<FetchedMessage> {
  const files: FetchedMessage['files'][number][] = [];
  for (const [i, part] of message.files.entries()) {
    const { name, kind, mediaType } = part;
    const bytes = await readPart(part, signal).catch((error: unknown) => {
      const differs = error instanceof TransportError && error.code === 'integrity.content';
      throw differs ? new TransportError('integrity.wire', { part: i + 1 }) : error;
    });
    files.push({ name, kind, mediaType, bytes });
  }
  return { ...message, files };
}
