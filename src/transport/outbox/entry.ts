import type { Address } from '../address.js';
import type { Outcome, TransportErrorCode } from '../error-codes.js';
import type { Receipt, Routing, SentRef } from '../message.js';

/**
 * How far a message has come.
 *
 * `queued`: to be sent when its turn comes; `sending`: an attempt is running, or was when its process died; `waiting`: to be
 * tried again at `retryAt`; `in-doubt`: it may have arrived, nobody can tell, and sending it again might make two of it;
 * `needs-person`: it cannot go as it is. The latter two stop their lane until a person decides. `handed-off` and `accepted`:
 * gone; the others as the far side says (`DeliveryState`), `discarded` as a person said.
 */
export type OutboxState =
  | 'queued'
  | 'sending'
  | 'waiting'
  | 'in-doubt'
  | 'needs-person'
  | 'handed-off'
  | 'accepted'
  | 'delivered'
  | 'read'
  | 'rejected'
  | 'expired'
  | 'recalled'
  | 'discarded';

/** In its lane: to be sent, or waiting for a person. */
export const OPEN: ReadonlySet<OutboxState> = new Set(['queued', 'sending', 'waiting', 'in-doubt', 'needs-person']);
/** Gone, and the far side may still say more of it. */
export const GONE: ReadonlySet<OutboxState> = new Set(['handed-off', 'accepted', 'delivered']);

/** A file of a message, without its bytes. */
export interface OutboxFile {
  readonly name: string;
  readonly kind: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Something that happened to a message. */
export interface OutboxStep {
  readonly state: OutboxState;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly code?: TransportErrorCode | 'deadline';
  /** A person decided it. */
  readonly byPerson?: boolean;
}

/** A message of the outbox. Times in milliseconds since 1970 UTC. */
export interface OutboxEntry extends Routing {
  readonly id: string;
  readonly files: readonly OutboxFile[];
  readonly state: OutboxState;
  readonly queuedAt: number;
  /** When to give up trying by itself. */
  readonly deadline: number;
  /** Attempts so far, in all processes. */
  readonly attempts: number;
  /** Not to be tried before. */
  readonly retryAt?: number;
  /** Why it waits or stopped; `message.unknown` of one that was taken over and that the far side knows no more. */
  readonly code?: TransportErrorCode | 'deadline';
  readonly outcome?: Outcome;
  /** Of `serial.conflict`: the first serial that is free. */
  readonly nextSerial?: string;
  /** Of a sealed message: its routing header, and the SHA-256 of its manifest, to which receipts are bound. */
  readonly sealed?: { readonly header: string; readonly manifestSha256: string };
  /** The far side's proof that it took responsibility. */
  readonly receipt?: Receipt;
  /** What the receiver signed of it, verified. */
  readonly signedReceipts?: readonly string[];
  /** Codes of why the receiver refused it. */
  readonly reasons?: readonly string[];
  /** What happened, oldest first; of many attempts in a row the first and the last. */
  readonly history: readonly OutboxStep[];
}

/** An entry as the store keeps it. */
export interface StoredEntry extends OutboxEntry {
  /** Its place in its lane. */
  readonly seq: number;
  /** The hash of the caller's key. */
  readonly key?: string;
  /** Who is sending it: a token of the attempt, and until when it is his alone. */
  readonly lease?: { readonly token: string; readonly until: number };
  /** An earlier attempt may have arrived. */
  readonly doubt?: boolean;
  /** Errors so far, by code. */
  readonly failures?: Readonly<Partial<Record<TransportErrorCode, number>>>;
}

/** An entry as callers see it. */
export function publicEntry({
  seq: _s,
  key: _k,
  lease: _l,
  doubt: _d,
  failures: _f,
  ...entry
}: StoredEntry): OutboxEntry {
  return entry;
}

export const refOf = ({
  id,
  from,
  to,
  serial,
}: {
  id: string;
  from: Address;
  to: Address;
  serial: string;
}): SentRef => ({
  id,
  from,
  to,
  serial,
});

const LONGEST_HISTORY = 40;

/** An entry one step on. What no longer holds (lease, time of the next attempt, reason) is left behind. */
export function step(entry: StoredEntry, taken: OutboxStep, more: Partial<StoredEntry> = {}): StoredEntry {
  const { lease: _l, retryAt: _r, code: _c, outcome: _o, nextSerial: _n, ...kept } = entry;
  const history = [...entry.history, taken];
  // The beginning tells when it was queued and first tried; the end, how it stands.
  if (history.length > LONGEST_HISTORY) history.splice(4, history.length - LONGEST_HISTORY);
  return { ...kept, ...more, state: taken.state, history };
}
