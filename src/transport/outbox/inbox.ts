import type { OpenedMessage, PlainMessage } from '../envelope/index.js';
import { TransportError } from '../error.js';
import type { InboxEntry, InboxQuery, ReceiptInput, Routing } from '../message.js';
import { endedLate } from '../repeat.js';
import type { ArrivedRecord, Gap } from './arrived.js';
import { contextOf, type DeliveryContext, type DeliveryOptions } from './context.js';
import { acknowledge, optionsOf, putEnd, signedEnd, tellUntold, writeEnd } from './ends.js';
import { KEYS, laneOf, PREFIX, read, write } from './records.js';
import type { StoreTransaction } from './store.js';
import { isFinal, manifestOf, type OnTheWay, type TakenMessage, takeMessage } from './take.js';

/** A message that the application has to take in. */
export interface ArrivedMessage {
  readonly message: PlainMessage | OpenedMessage;
  /**
   * It was given before, and nobody said that it is done: a process died while it took it in. Whether its effects are there
   * only the application knows; `record` in the application's own transaction leaves no such question.
   */
  readonly again: boolean;
  /** The message of this sender that should have come before, and has not. */
  readonly gap?: Gap;
  /** Says that it is safely taken in, or was read by a person: it is never given again, and the sender learns of it. */
  done(kind?: 'delivered' | 'read'): Promise<void>;
  /** Says that it is refused, for these reasons (codes). */
  refuse(reasons: readonly string[]): Promise<void>;
  /**
   * Says the same as `done` within a transaction of the application, where its database is the store: the message is taken
   * in exactly when its effects are there. `done` afterwards, or the next `receive`, tells the sender.
   */
  record(transaction: StoreTransaction, kind?: 'delivered' | 'read'): Promise<void>;
}

/** Messages that have come, each given until it is done, and never after. */
export interface Inbox {
  /**
   * Gives what has come and is not done, of each sender in the order of the serials. What was done already and comes again
   * is acknowledged again, with the same receipt, and has no other effect.
   *
   * A message that cannot be opened is refused with the code of why, and its sender learns it; one that cannot be opened
   * now (no directory, no such key yet) is left for another time, with an event. Throws a TransportError where the transport
   * or the store fails.
   */
  receive(
    query?: Omit<InboxQuery, 'cursor'> & { readonly signal?: AbortSignal },
  ): AsyncGenerator<ArrivedMessage, void, void>;
  /**
   * A person's decision about a message that is left because it cannot be opened: it is refused, for these reasons (codes).
   *
   * Throws a TransportError: `message.unknown`; `receipt.conflict` where it was taken or refused already.
   */
  refuse(id: string, reasons: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** What is known of a message that came. */
  get(id: string): Promise<ArrivedRecord | undefined>;
  /** All that came, in the order of the ids. */
  list(): AsyncGenerator<ArrivedRecord, void, void>;
}

/** Opens an inbox over a store and a transport. */
export function openInbox(options: DeliveryOptions): Inbox {
  const context = contextOf(options);
  const { store } = context;
  return {
    receive: (query = {}) => receive(context, query),
    async refuse(id, reasons, { signal = new AbortController().signal } = {}) {
      const known = await store.transact((tx) => read<ArrivedRecord>(tx, KEYS.arrived(id)));
      if (known && known.state !== 'given') throw new TransportError('receipt.conflict', { messageId: id });
      const inbound = await context.transport.fetch({ id }, optionsOf(context, signal));
      const record = recordOf(inbound, known?.digest ?? '', known?.firstAt ?? context.clock.now());
      await refuse(context, record, manifestOf(inbound.header), reasons, signal);
    },
    get: (id) => store.transact((tx) => read<ArrivedRecord>(tx, KEYS.arrived(id))),
    async *list() {
      for (const key of await store.transact((tx) => tx.keys(PREFIX.arrived))) {
        const record = await store.transact((tx) => read<ArrivedRecord>(tx, key));
        if (record) yield record;
      }
    },
  };
}

async function* receive(
  context: DeliveryContext,
  { signal = new AbortController().signal, ...query }: InboxQuery & { readonly signal?: AbortSignal },
): AsyncGenerator<ArrivedMessage, void, void> {
  const { store, clock, tell } = context;
  const entries = await waiting(context, query, signal);
  await tellUntold(context, new Set(entries.map(({ id }) => id)), signal);
  for (const entry of entries) {
    const { id } = entry;
    const known = await store.transact((tx) => read<ArrivedRecord>(tx, KEYS.arrived(id)));
    if (known && known.state !== 'given') {
      tell({ type: 'again', messageId: id });
      await acknowledge(context, known, signal);
      continue;
    }
    let taken: TakenMessage;
    const about: OnTheWay = {};
    try {
      taken = await takeMessage(context, entry, about, signal);
    } catch (thrown) {
      const error = endedLate(thrown, signal);
      if (signal.aborted) throw error;
      if (isFinal(error, about))
        await refuse(context, recordOf(entry, '', clock.now()), about.manifestSha256, [error.code], signal);
      else tell({ type: 'left', messageId: id, code: error.code });
      continue;
    }
    const arrived = await give(context, taken, known, signal);
    if (arrived) yield arrived;
  }
}

/** All that is there to be taken: of each sender in the order of the serials, senders in the order of their first. */
async function waiting(context: DeliveryContext, query: InboxQuery, signal: AbortSignal): Promise<InboxEntry[]> {
  const { transport } = context;
  const lanes = new Map<string, InboxEntry[]>();
  let cursor: string | undefined;
  do {
    const page = await transport.list(
      { ...query, ...(cursor === undefined ? {} : { cursor }) },
      optionsOf(context, signal, query.waitMs),
    );
    for (const entry of page.items) {
      const lane = lanes.get(laneOf(entry)) ?? [];
      lanes.set(laneOf(entry), lane);
      lane.push(entry);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return [...lanes.values()].flatMap((lane) =>
    lane.sort((a, b) => (a.serial < b.serial ? -1 : a.serial > b.serial ? 1 : 0)),
  );
}

/** Notes that a message is given; undefined where it is refused instead. */
async function give(
  context: DeliveryContext,
  taken: TakenMessage,
  known: ArrivedRecord | undefined,
  signal: AbortSignal,
): Promise<ArrivedMessage | undefined> {
  const { store, clock, tell } = context;
  const { message, digest } = taken;
  const { id, serial } = message;
  const lane = laneOf(message);
  const record = recordOf(message, digest, known?.firstAt ?? clock.now());
  const { fault, gap } = await store.transact(async (tx) => {
    const other = await tx.get(KEYS.arrivedSerial(lane, serial));
    if (known && known.digest !== digest) return { fault: 'message.conflict' as const, gap: undefined };
    // A serial stands once for a sender and receiver (section 2): another message of it is a mistake, or a trick.
    if (other !== undefined && other !== id) return { fault: 'serial.conflict' as const, gap: undefined };
    const before = 'previous' in message ? message.previous : null;
    const isNewLane = (await tx.keys(PREFIX.arrivedLane(lane), { limit: 1 })).length === 0;
    const missing = before && !isNewLane && (await tx.get(KEYS.arrived(before.id))) === undefined;
    await write(tx, KEYS.arrived(id), record);
    await tx.set(KEYS.arrivedSerial(lane, serial), id);
    return { fault: undefined, gap: missing ? before : undefined };
  });
  const end = async (receipt: ReceiptInput) => {
    const ended = await signedEnd(context, record, taken.manifestSha256, receipt);
    await store.transact((tx) => putEnd(tx, ended));
    tell({ type: ended.state === 'rejected' ? 'refused' : 'received', messageId: id });
    await acknowledge(context, ended, signal);
  };
  if (fault === 'message.conflict') {
    // Whoever carries it gave another content before: which of them is the message, nobody can say.
    tell({ type: 'left', messageId: id, code: fault });
    return undefined;
  }
  if (fault) {
    await refuse(context, record, taken.manifestSha256, [fault], signal);
    return undefined;
  }
  if (gap) tell({ type: 'gap', messageId: id });
  tell({ type: 'given', messageId: id });
  return {
    message,
    again: known !== undefined,
    ...(gap ? { gap } : {}),
    async done(kind = 'delivered') {
      const now = await store.transact((tx) => read<ArrivedRecord>(tx, KEYS.arrived(id)));
      if (now?.state === kind) return acknowledge(context, now, signal);
      await end({ kind });
    },
    refuse: (reasons) => end({ kind: 'rejected', reasons }),
    async record(transaction, kind = 'delivered') {
      await putEnd(transaction, await signedEnd(context, record, taken.manifestSha256, { kind }));
    },
  };
}

const recordOf = (
  { id, from, to, serial, standard, kinds }: Routing & { readonly id: string },
  digest: string,
  firstAt: number,
): ArrivedRecord => ({ id, from, to, serial, standard, kinds, state: 'given', digest, firstAt });

/** Refuses a message that the application never sees. */
async function refuse(
  context: DeliveryContext,
  record: ArrivedRecord,
  manifestSha256: string | undefined,
  reasons: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const ended = await signedEnd(context, record, manifestSha256, { kind: 'rejected', reasons });
  await context.store.transact((tx) => writeEnd(tx, ended));
  context.tell({ type: 'refused', messageId: record.id, reasons });
  await acknowledge(context, ended, signal);
}
