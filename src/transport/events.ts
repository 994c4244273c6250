import type { Outcome, Retry, TransportErrorCode } from './error-codes.js';

export type TransportVerb = 'send' | 'lookup' | 'list' | 'fetch' | 'acknowledge' | 'listSent' | 'recall';

/**
 * What a client tells while it works: ids, codes and numbers only, so that an event may be logged as it is.
 *
 * `attempt` begins one, `retry` announces the next after `waitMs`, `done` and `failed` end the call.
 */
export interface TransportEvent {
  readonly type: 'attempt' | 'retry' | 'done' | 'failed';
  readonly transport: string;
  readonly verb: TransportVerb;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly attempt: number;
  readonly messageId?: string;
  readonly code?: TransportErrorCode;
  readonly outcome?: Outcome;
  readonly retry?: Retry;
  readonly waitMs?: number;
}
