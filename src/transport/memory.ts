import { type Address, owns } from './address.js';
import { messageDigest } from './bytes.js';
import { type Clock, systemClock } from './clock.js';
import { defineTransport } from './define.js';
import { TransportError, type TransportErrorDetails } from './error.js';
import type { TransportErrorCode } from './error-codes.js';
import type { TransportVerb } from './events.js';
import { CLOSED, entryOf, inboundOf, type StoredMessage, serialKey, statusOf, takeBytes } from './memory-store.js';
import type { InboxQuery, InboxRef, Page, SentRef } from './message.js';
import { serialConflict } from './serial-after.js';
import type { Transport, TransportCapabilities, TransportDriver, TransportLimits } from './transport.js';

/** An error that a network gives to calls to come. */
export interface MemoryFault {
  readonly verb: TransportVerb;
  readonly code: TransportErrorCode;
  readonly details?: TransportErrorDetails;
  /** `before` anything is done, or `after` all is done: the answer is lost. */
  readonly when?: 'before' | 'after';
  /** How many calls; 1 where absent. */
  readonly times?: number;
}

export interface MemoryOptions {
  readonly clock?: Clock;
  readonly limits?: Partial<TransportLimits>;
  /** How long a message waits to be acknowledged, in milliseconds; 90 days where absent. */
  readonly retentionMs?: number;
}

/** Mailboxes in memory. */
export interface MemoryNetwork {
  /** A transport that acts for these addresses, and for no other. */
  connect(...addresses: readonly Address[]): Transport;
  /** Makes calls to come fail. */
  fault(fault: MemoryFault): void;
}

const LIMITS: TransportLimits = { maxParts: 1000, maxPartBytes: 8 * 2 ** 20, maxMessageBytes: 64 * 2 ** 20 };
const PAGE = 100;

/**
 * A network of mailboxes in memory: the executable form of the contract, with every capability but login and
 * receipts signed by the network. For tests, demonstrations and browsers; nothing of it outlives the process.
 */
export function memoryNetwork(options: MemoryOptions = {}): MemoryNetwork {
  const { clock = systemClock, retentionMs = 90 * 86_400_000 } = options;
  const messages: StoredMessage[] = [];
  const serials = new Map<string, string>();
  const faults: { fault: MemoryFault; left: number }[] = [];
  const waiting = new Set<() => void>();

  const expire = () => {
    for (const stored of messages) {
      if (!CLOSED.has(stored.state) && stored.expiresAt <= clock.now()) stored.state = 'expired';
    }
  };
  const fail = (verb: TransportVerb, when: 'before' | 'after') => {
    const found = faults.find(({ fault }) => fault.verb === verb && (fault.when ?? 'before') === when);
    if (!found) return;
    if (--found.left === 0) faults.splice(faults.indexOf(found), 1);
    throw new TransportError(found.fault.code, found.fault.details);
  };
  const wait = async (ms: number, signal: AbortSignal) => {
    const timer = new AbortController();
    const stop = () => timer.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    let wake = () => {};
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    waiting.add(wake);
    try {
      await Promise.race([
        woken,
        ...(ms === Number.POSITIVE_INFINITY ? [until(timer.signal)] : [clock.sleep(ms, timer.signal)]),
      ]);
    } finally {
      waiting.delete(wake);
      signal.removeEventListener('abort', stop);
      timer.abort(signal.reason);
    }
  };

  const driver = (addresses: readonly Address[]): TransportDriver => {
    const foundIn = (id: string): StoredMessage => {
      expire();
      const stored = messages.find(({ message }) => message.id === id && owns(addresses, message.to));
      if (!stored) throw new TransportError('message.unknown');
      return stored;
    };
    const sentBy = ({ id }: SentRef) => {
      expire();
      return messages.find(({ message }) => message.id === id && owns(addresses, message.from));
    };
    const inbox = ({ mailbox, from }: InboxQuery) => {
      expire();
      return messages.flatMap((stored, seq) => {
        const { message, state } = stored;
        const mine = owns(addresses, message.to) && (!mailbox || owns([mailbox], message.to));
        return mine && (!from || owns([from], message.from)) && !CLOSED.has(state)
          ? [{ seq, item: entryOf(stored) }]
          : [];
      });
    };
    const page = <T>(rows: { seq: number; item: T }[], cursor: string | undefined, limit = PAGE): Page<T> => {
      if (cursor !== undefined && !/^[0-9]{1,15}$/.test(cursor)) throw new TransportError('config');
      const rest = rows.filter(({ seq }) => cursor === undefined || seq > Number(cursor));
      const shown = rest.slice(0, Math.min(limit, PAGE));
      const last = shown.at(-1);
      const more = last !== undefined && rest.length > shown.length ? { cursor: String(last.seq) } : {};
      return { items: shown.map(({ item }) => item), ...more };
    };

    return {
      name: 'memory',
      capabilities: capabilities({ ...LIMITS, ...options.limits }),
      async send(message, { signal }) {
        fail('send', 'before');
        if (!owns(addresses, message.from)) throw new TransportError('auth.denied');
        const digest = await messageDigest(message);
        const bytes = await takeBytes(message, signal).catch((error: unknown) => {
          // Nothing is kept of a message that did not come whole.
          throw error === signal.reason ? new TransportError('aborted', { outcome: 'not-sent', cause: error }) : error;
        });
        // From here on nothing waits: what is decided is decided at once.
        const known = messages.find((stored) => stored.message.id === message.id);
        if (known && known.receipt.digest !== digest) throw new TransportError('message.conflict');
        if (!known) {
          const isTaken = (serial: string) => serials.has(serialKey({ ...message, serial }));
          if (isTaken(message.serial)) throw serialConflict(message.serial, isTaken);
          const acceptedAt = clock.now();
          const receipt = Object.freeze({ messageId: message.id, acceptedAt, digest });
          serials.set(serialKey(message), message.id);
          const expiresAt = acceptedAt + retentionMs;
          messages.push({ message, bytes, receipt, expiresAt, state: 'available', signed: new Map() });
          for (const wake of waiting) wake();
        }
        fail('send', 'after');
        return {
          state: 'accepted',
          receipt: known?.receipt ?? (messages.at(-1) as StoredMessage).receipt,
          duplicate: known !== undefined,
        };
      },
      async lookup(ref) {
        fail('lookup', 'before');
        const stored = sentBy(ref);
        return stored && statusOf(stored);
      },
      async list(query, { signal }) {
        fail('list', 'before');
        const end = clock.now() + (query.cursor === undefined ? (query.waitMs ?? 0) : 0);
        // What wakes may be a message for another mailbox.
        for (let left = end - clock.now(); left > 0 && inbox(query).length === 0; left = end - clock.now()) {
          await wait(left, signal);
        }
        return page(inbox(query), query.cursor, query.limit);
      },
      async fetch({ id }: InboxRef) {
        fail('fetch', 'before');
        const stored = foundIn(id);
        if (stored.state === 'expired' || stored.state === 'recalled') throw new TransportError(`gone.${stored.state}`);
        if (stored.state === 'available') stored.state = 'fetched';
        return inboundOf(stored);
      },
      async acknowledge({ id }, receipt) {
        fail('acknowledge', 'before');
        const stored = foundIn(id);
        const { state } = stored;
        if (state === 'expired' || state === 'recalled') throw new TransportError(`gone.${state}`);
        const refused = receipt.kind === 'rejected';
        if (CLOSED.has(state) && refused !== (state === 'rejected')) throw new TransportError('receipt.conflict');
        if (state !== 'read') stored.state = receipt.kind;
        if (receipt.kind === 'rejected' && !stored.reasons) stored.reasons = receipt.reasons;
        if (receipt.signed !== undefined && !stored.signed.has(receipt.kind)) {
          stored.signed.set(receipt.kind, receipt.signed);
        }
        fail('acknowledge', 'after');
      },
      async listSent({ from, cursor, limit }) {
        fail('listSent', 'before');
        expire();
        const rows = messages.flatMap((stored, seq) => {
          const mine = owns(addresses, stored.message.from) && (!from || owns([from], stored.message.from));
          return mine ? [{ seq, item: statusOf(stored) }] : [];
        });
        return page(rows, cursor, limit);
      },
      async recall(ref) {
        fail('recall', 'before');
        const stored = sentBy(ref);
        if (!stored) throw new TransportError('message.unknown');
        if (stored.state === 'available') stored.state = 'recalled';
        return stored.state === 'recalled' ? 'recalled' : 'too-late';
      },
      async *watch(query, { signal }) {
        for (;;) {
          if (inbox(query).length > 0) yield { hint: 'inbox' as const };
          await wait(Number.POSITIVE_INFINITY, signal);
        }
      },
    };
  };

  return {
    connect: (...addresses) => defineTransport(driver)(addresses),
    fault(fault) {
      faults.push({ fault, left: fault.times ?? 1 });
    },
  };
}

const until = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const capabilities = (limits: TransportLimits): TransportCapabilities => ({
  acceptance: 'relay',
  idempotentSend: true,
  lookup: 'exact',
  status: ['available', 'fetched', 'delivered', 'read', 'rejected', 'recalled', 'expired'],
  signedReceipts: false,
  endToEndEncryption: 'supported',
  orderedInbox: true,
  recall: true,
  watch: true,
  listSent: true,
  interactiveLogin: false,
  standards: ['4.1', '5.0'],
  limits,
});
