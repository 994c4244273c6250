import type { TransportError } from './error.js';
import type { TransportErrorCode } from './error-codes.js';

/** When a call is tried again. All times in milliseconds. */
export interface RetryPolicy {
  /** The first wait is at most this; each further one at most twice the last. */
  readonly baseMs: number;
  /** No wait is longer, but for one that the far side asks for. */
  readonly capMs: number;
  /** The longest wait that the far side may ask for. */
  readonly retryAfterCapMs: number;
  /** The caller's patience: no attempt begins later, and one that is running ends then. */
  readonly timeLimitMs: number;
  /** One attempt ends after this time, and what `waitMs` asks it to wait, with an error; never where Infinity. */
  readonly attemptTimeoutMs: number;
}

export const RETRY_POLICY: RetryPolicy = Object.freeze({
  baseMs: 500,
  capMs: 15 * 60_000,
  retryAfterCapMs: 3_600_000,
  timeLimitMs: 72 * 3_600_000,
  attemptTimeoutMs: 120_000,
});

/** Codes that are tried again only a few times: more would not help. */
const FEW: Partial<Record<TransportErrorCode, number>> = {
  'auth.expired': 1,
  'clock-skew': 1,
  'integrity.wire': 3,
  // Where it is tried again at all: a relay says that parts are missing.
  'message.invalid': 3,
  protocol: 3,
  internal: 3,
};

/** How often an attempt is made again at once for one code, where the far side says so. */
const AT_ONCE = 3;

/**
 * The wait before the next attempt, in milliseconds; undefined where there is to be none. `seen` counts the errors so
 * far by their codes, this one included.
 *
 * Waits have full jitter: anything from nothing to the bound, so that many clients do not come back together.
 */
export function waitBefore(
  error: TransportError,
  policy: RetryPolicy,
  seen: ReadonlyMap<TransportErrorCode, number>,
  random: () => number,
): number | undefined {
  if (error.retry !== 'now' && error.retry !== 'backoff') return undefined;
  if ((seen.get(error.code) ?? 0) > (FEW[error.code] ?? Number.POSITIVE_INFINITY)) return undefined;
  // What is no time, or one that is over, asks for nothing.
  const asked = Math.min(Math.max(error.retryAfterMs || 0, 0), policy.retryAfterCapMs);
  // What did not help at once does not help so again and again.
  if (error.retry === 'now' && (seen.get(error.code) ?? 0) <= AT_ONCE) return asked;
  const failures = [...seen.values()].reduce((sum, count) => sum + count, 0);
  return asked + Math.floor(random() * Math.min(policy.capMs, policy.baseMs * 2 ** (failures - 1)));
}

/**
 * Tokens that retries of one client share: when the far side is down, not every message knocks at its door.
 *
 * 500 at first and at most; a retry takes 5, one after a timeout 10; a success at the first attempt gives 1 back.
 */
export class RetryBudget {
  #tokens = 500;

  /** Takes the tokens of one retry; false, and nothing taken, where there are not enough. */
  take(error: TransportError): boolean {
    const cost = error.code.startsWith('timeout.') ? 10 : 5;
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  give(): void {
    this.#tokens = Math.min(500, this.#tokens + 1);
  }
}
