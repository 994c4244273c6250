import type { Address } from './address.js';

/** The editions of the standard that a message may be of. */
export type Standard = '4.1' | '5.0';

/** One file of a message. */
export interface PartSource {
  readonly name: string;
  /** The kind of file: `UPPLAN`. */
  readonly kind: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** 64 hexadecimal digits in lower case: the SHA-256 of exactly these bytes. */
  readonly sha256: string;
  /** The bytes, from `start` up to `end`; all where absent. May be called again: a retry reads from the start. */
  open(range?: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>;
}

/** What is said of a message on its way: whose, for whom, which. */
export interface Routing {
  readonly from: Address;
  readonly to: Address;
  /** 14 digits (連番): the caller's, unique for a sender and receiver. A transport never changes it. */
  readonly serial: string;
  readonly standard: Standard;
  /** The kinds of its files, `['UPPLAN', 'UPSIKYU', 'UPHOSOKU']`. */
  readonly kinds: readonly string[];
}

/** A message to send: the files of one transmission. */
export interface OutboundMessage extends Routing {
  /** Made by the sender before the first byte leaves (`messageId()`): the same for every attempt. */
  readonly id: string;
  readonly parts: readonly PartSource[];
  /**
   * Of a sealed message, the routing header as it was bound to the content (`./transport/envelope`). Its parts are then the
   * manifest and the files as ciphertext, in this order, and their kind is `SEALED`.
   */
  readonly header?: string;
}

/** The kind of a part that is ciphertext: nobody on the way knows which kind of file it is. */
export const SEALED = 'sealed';

/**
 * How far a message has come. `handed-off`: durably where a person or another program takes it on; `available`: in the
 * receiver's mailbox; `fetched`, `delivered`, `read` and `rejected`: by the receiver; `recalled`: by the sender.
 */
export type DeliveryState =
  | 'handed-off'
  | 'available'
  | 'fetched'
  | 'delivered'
  | 'read'
  | 'rejected'
  | 'recalled'
  | 'expired';

/** The proof that the far side took responsibility: the same for the same message, however often it is sent. */
export interface Receipt {
  readonly messageId: string;
  /** Milliseconds since 1970 UTC. */
  readonly acceptedAt: number;
  /** SHA-256 of what was accepted, as `messageDigest` computes it. */
  readonly digest: string;
  /** The receipt as the far side signed it. */
  readonly signed?: string;
}

export type SendResult =
  | { readonly state: 'accepted'; readonly receipt: Receipt; readonly duplicate: boolean }
  | { readonly state: 'handed-off'; readonly receipt: Receipt; readonly duplicate: boolean };

/** A message that was sent, named by its sender. */
export interface SentRef {
  readonly id: string;
  readonly from: Address;
  readonly to: Address;
  readonly serial: string;
}

export interface SentStatus extends SentRef {
  readonly state: DeliveryState;
  readonly receipt?: Receipt;
  /** Codes of why the receiver refused it. */
  readonly reasons?: readonly string[];
  /** What the receiver signed of it, in the order in which it came. */
  readonly signedReceipts?: readonly string[];
}

/** A message in a mailbox, named by the transport. */
export interface InboxRef {
  readonly id: string;
}

export interface InboxEntry extends InboxRef, Routing {
  /** Files and bytes. */
  readonly parts: number;
  readonly size: number;
  readonly state: DeliveryState;
}

export interface InboundMessage extends InboxEntry {
  readonly files: readonly PartSource[];
  /** The routing header of a sealed message, as its sender gave it. */
  readonly header?: string;
}

export interface InboxQuery {
  /** Whose mailbox; every one of this transport where absent. */
  readonly mailbox?: Address;
  /** Only from this sender. */
  readonly from?: Address;
  /** Where the last page ended; from the beginning where absent. */
  readonly cursor?: string;
  /** At most so many; the transport may give fewer. */
  readonly limit?: number;
  /** Milliseconds to wait for a first entry where there is none; nothing is waited for where a list goes on (`cursor`). */
  readonly waitMs?: number;
}

export interface SentQuery {
  readonly from?: Address;
  readonly cursor?: string;
  readonly limit?: number;
}

/** Part of a list; `cursor` is there when more may follow. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

/** What the receiver says of a message: safely stored, shown to a person, or refused for these reasons (codes). */
export type ReceiptInput = (
  | { readonly kind: 'delivered' | 'read' }
  | { readonly kind: 'rejected'; readonly reasons: readonly string[] }
) & {
  /** The same as the receiver signed it, for the sender; carried as it is. */
  readonly signed?: string;
};
