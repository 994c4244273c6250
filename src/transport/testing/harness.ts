import type { Address } from '../address.js';
import type { Outcome, Retry, TransportErrorCode } from '../error-codes.js';
import type { TransportVerb } from '../events.js';
import type { OutboundMessage } from '../message.js';
import type { Transport } from '../transport.js';

/** One of the two ends: a transport and the addresses it acts for, one or more. */
export interface ContractSide {
  readonly transport: Transport;
  readonly addresses: readonly [Address, ...Address[]];
}

/** A fault that the harness can bring about, and the error that it must be. */
export interface ContractFault {
  readonly name: string;
  /** The verb whose next call on side `a` (send, lookup, listSent, recall) or `b` (list, fetch, acknowledge) fails. */
  readonly verb: TransportVerb;
  readonly expect: { readonly code: TransportErrorCode; readonly outcome: Outcome; readonly retry: Retry };
  inject(): Promise<void> | void;
  /** Undoes it, where it does not end by itself. */
  heal?(): Promise<void> | void;
}

/** A way for the sending process to die. */
export interface ContractCrash {
  readonly name: string;
  /** Begins to send the message and dies on the way; resolves when it is dead. `reopen('a')` follows. */
  crash(message: OutboundMessage): Promise<void>;
}

/**
 * What a driver's author gives to be tested: two ends, and ways to bring about what does not come by itself.
 *
 * An ability that the manifest claims and that cannot be tested without one of these fails; other cases are skipped with
 * a reason.
 */
export interface ContractHarness {
  readonly a: ContractSide;
  readonly b: ContractSide;
  /** Does what a person does where the acceptance is `handoff`: afterwards what one end sent is with the other. */
  carry?(): Promise<void>;
  /** A new transport of one end on the same state, as after a restart; the old one is closed or dead. */
  reopen?(side: 'a' | 'b'): Promise<Transport>;
  /** Lets so much time pass that what is not acknowledged expires. */
  expire?(): Promise<void>;
  /** Turns the clocks that the transport goes by, back where the milliseconds are negative. */
  turnClock?(ms: number): Promise<void> | void;
  /** Ends the login of side `a`, so that a person must log in. */
  endLogin?(): Promise<void> | void;
  /** The person logs in. */
  logIn?(): Promise<void> | void;
  /** All bytes that whoever carries the messages has seen. */
  seen?(): Promise<readonly Uint8Array[]>;
  /** Proves the signature of a receipt. */
  verify?(signed: string): Promise<boolean>;
  readonly faults?: readonly ContractFault[];
  readonly crashes?: readonly ContractCrash[];
  /** Texts that must not stand in any error: passwords, tokens. */
  readonly secrets?: readonly string[];
  dispose(): Promise<void>;
}

/** Makes a fresh harness, empty mailboxes at both ends. */
export type ContractFactory = () => Promise<ContractHarness>;
