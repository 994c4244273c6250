import { type Clock, systemClock } from '../clock.js';
import type { Directory, OfficeKeys } from '../envelope/index.js';
import { TransportError } from '../error.js';
import type { TransportErrorCode } from '../error-codes.js';
import { RETRY_POLICY, type RetryPolicy } from '../retry.js';
import type { Transport } from '../transport.js';
import type { OutboxState } from './entry.js';
import type { DeliveryStore } from './store.js';

/**
 * What outbox and inbox tell while they work: ids, codes and numbers only, so that an event may be logged as it is.
 *
 * `state`: a message of the outbox came into a state. `sealed`: its ciphertext is stored. `attempt` and `answered`: before
 * and after a call of the transport. `forged`: a receipt that the receiver did not sign. `given`, `received`, `refused` and
 * `again`: a message was given to the application, was taken, was refused, or came a second time and was only acknowledged.
 * `missing`: a message of the outbox that was taken over, and that the far side knows no more.
 * `gap`: a message before this one has not come. `left`: a message cannot be opened now, and is left where it is.
 * `expires`: the key of that name, with which one signs, ends within so many days.
 */
export interface DeliveryEvent {
  readonly type:
    | 'state'
    | 'sealed'
    | 'attempt'
    | 'answered'
    | 'forged'
    | 'given'
    | 'received'
    | 'refused'
    | 'again'
    | 'gap'
    | 'missing'
    | 'left'
    | 'expires';
  /** The id of the message; of `expires` the name of the key. */
  readonly messageId: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly state?: OutboxState;
  readonly code?: TransportErrorCode | 'deadline';
  /** Codes of why it was refused. */
  readonly reasons?: readonly string[];
  /** 90, 30 or 7; 0 where it has ended. */
  readonly withinDays?: number;
}

/** What outbox and inbox are made of. */
export interface DeliveryOptions {
  readonly store: DeliveryStore;
  readonly transport: Transport;
  /** The office's own keys, and whose keys are whose: needed where the transport carries sealed messages only. */
  readonly keys?: OfficeKeys;
  readonly directory?: Directory;
  readonly clock?: Clock;
  /** A number from 0 to below 1, for the jitter; Math.random where absent. */
  readonly random?: () => number;
  readonly retry?: Partial<RetryPolicy>;
  /** Told of all that happens; what it throws is thrown away. */
  readonly onEvent?: (event: DeliveryEvent) => void;
}

export interface DeliveryContext {
  readonly store: DeliveryStore;
  readonly transport: Transport;
  readonly sealing?: { readonly keys: OfficeKeys; readonly directory: Directory };
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy: RetryPolicy;
  tell(event: Omit<DeliveryEvent, 'at'>): void;
}

/** Throws a TransportError (`config`) where a transport wants sealed messages and there are no keys, or of a later contract. */
export function contextOf(options: DeliveryOptions): DeliveryContext {
  const { store, transport, keys, directory, clock = systemClock, random = Math.random, onEvent } = options;
  const { endToEndEncryption } = transport.capabilities;
  const sealing = keys && directory && endToEndEncryption !== 'none' ? { keys, directory } : undefined;
  if (transport.contract !== 1 || (endToEndEncryption === 'required' && !sealing)) throw new TransportError('config');
  return {
    store,
    transport,
    ...(sealing ? { sealing } : {}),
    clock,
    random,
    policy: { ...RETRY_POLICY, ...options.retry },
    tell(event) {
      try {
        onEvent?.({ ...event, at: clock.now() });
      } catch {
        // A listener's trouble is its own.
      }
    },
  };
}
