import type { Clock } from './clock.js';
import { isToken, TransportError } from './error.js';
import type { TransportErrorCode } from './error-codes.js';
import type { TransportEvent, TransportVerb } from './events.js';
import { type RetryBudget, type RetryPolicy, waitBefore } from './retry.js';
import type { AttemptOptions, Transport } from './transport.js';

/** What a caller may say of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** When to give up, an attempt that is running as well, in milliseconds since 1970 UTC; `timeLimitMs` from now where absent. */
  readonly deadline?: number;
  readonly traceparent?: string;
  readonly onProgress?: AttemptOptions['onProgress'];
}

export type Repeat = <T>(
  verb: TransportVerb,
  call: CallOptions | undefined,
  run: (attempt: AttemptOptions) => Promise<T>,
  about?: {
    readonly messageId?: string;
    /** What an attempt waits because it was asked to, beside the time that it may take. */
    readonly pauseMs?: number;
  },
) => Promise<T>;

interface Surroundings {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy: RetryPolicy;
  readonly budget: RetryBudget;
  readonly onEvent: ((event: TransportEvent) => void) | undefined;
}

/** Makes the loop of attempts that every verb of a client runs in. */
export function repeater({ transport, clock, random, policy, budget, onEvent }: Surroundings): Repeat {
  return async (verb, call = {}, run, { messageId, pauseMs = 0 } = {}) => {
    const deadline = call.deadline ?? clock.now() + policy.timeLimitMs + pauseMs;
    const seen = new Map<TransportErrorCode, number>();
    let last: TransportError | undefined;
    const own = new AbortController();
    const abort = () => own.abort(call.signal?.reason);
    if (call.signal?.aborted) abort();
    call.signal?.addEventListener('abort', abort, { once: true });
    const known = messageId === undefined || !isToken(messageId) ? {} : { messageId };
    const tell = (type: TransportEvent['type'], attempt: number, more: Partial<TransportEvent> = {}) => {
      try {
        onEvent?.({ type, transport: transport.name, verb, at: clock.now(), attempt, ...known, ...more });
      } catch {
        // A listener's trouble is its own.
      }
    };
    try {
      for (let attempt = 1; ; attempt++) {
        const leftMs = deadline - clock.now();
        if (leftMs <= 0) {
          const error = last ?? new TransportError('timeout.response', { ...known, outcome: 'not-sent', attempts: 0 });
          const { code, outcome, retry } = error;
          tell('failed', attempt - 1, { code, outcome, retry });
          throw error;
        }
        try {
          tell('attempt', attempt);
          const result = await within(
            clock,
            Math.min(policy.attemptTimeoutMs + pauseMs, leftMs),
            own.signal,
            (signal) =>
              run({
                signal,
                deadline,
                attempt,
                ...(call.traceparent === undefined ? {} : { traceparent: call.traceparent }),
                ...(call.onProgress ? { onProgress: call.onProgress } : {}),
              }),
          );
          if (attempt === 1) budget.give();
          tell('done', attempt);
          return result;
        } catch (thrown) {
          const error = endedLate(thrown, own.signal).with({ ...known, attempts: attempt });
          last = error;
          const { code, outcome, retry } = error;
          seen.set(code, (seen.get(code) ?? 0) + 1);
          const waitMs = own.signal.aborted ? undefined : waitBefore(error, policy, seen, random);
          if (waitMs === undefined || clock.now() + waitMs >= deadline || !budget.take(error)) {
            tell('failed', attempt, { code, outcome, retry });
            throw error;
          }
          tell('retry', attempt, { code, outcome, retry, waitMs });
          if (waitMs === 0) continue;
          await clock.sleep(waitMs, own.signal).catch((reason: unknown) => {
            tell('failed', attempt, { code: 'aborted', outcome });
            throw new TransportError('aborted', { ...known, outcome, attempts: attempt, reason });
          });
        }
      }
    } finally {
      call.signal?.removeEventListener('abort', abort);
    }
  };
}

const late = new WeakSet<AbortSignal>();

/** The error of an attempt, whose signal this is: `timeout.response` where its time was up, `internal` for a foreign one. */
export function endedLate(error: unknown, signal: AbortSignal): TransportError {
  if (!(error instanceof TransportError)) return new TransportError('internal', { cause: error });
  if (error.code !== 'aborted' || !late.has(signal)) return error;
  return new TransportError('timeout.response', { outcome: error.outcome, cause: error.cause });
}

/** Runs one attempt with a time limit: an attempt that it ended is `timeout.response`, its outcome as the driver says. */
export async function within<T>(
  clock: Clock,
  limitMs: number,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (limitMs === Number.POSITIVE_INFINITY) return run(signal);
  const attempt = new AbortController();
  const timer = new AbortController();
  const abort = () => attempt.abort(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  clock.sleep(limitMs, timer.signal).then(
    () => {
      late.add(attempt.signal);
      attempt.abort(new DOMException('the attempt took too long', 'TimeoutError'));
    },
    () => {},
  );
  try {
    return await run(attempt.signal);
  } catch (error) {
    throw endedLate(error, attempt.signal);
  } finally {
    timer.abort();
    signal.removeEventListener('abort', abort);
  }
}
