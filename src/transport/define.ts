import { checkMessage, checkReceipt } from './check.js';
import { TransportError } from './error.js';
import type { Outcome } from './error-codes.js';
import { follow } from './following.js';
import type { InboundMessage } from './message.js';
import { guardedPart, type Held, meter } from './parts.js';
import { type AttemptOptions, OPTIONAL_VERBS, type Transport, type TransportDriver } from './transport.js';

/** How long a driver may take to say what became of an aborted call, in milliseconds. */
const GRACE = 500;

/**
 * Makes a transport of a driver: what every transport does alike is done here, so that a driver is only its road.
 *
 * Freezes the manifest; refuses messages that break its limits; answers `aborted` (not sent) for a signal that has
 * fired already and `closed` after `close`; ends a call when its signal fires, with the driver's own word on the outcome
 * if it comes within half a second; turns foreign errors into `internal`; keeps progress rising and ends it at the total;
 * ends bodies with the signal of their `fetch`, and with `close`. The driver sees one signal for both abort and close.
 */
export function defineTransport<O>(factory: (options: O) => TransportDriver): (options: O) => Transport {
  return (options) => guarded(factory(options));
}

function guarded(driver: TransportDriver): Transport {
  const capabilities = deepFreeze(structuredClone(driver.capabilities));
  for (const verb of OPTIONAL_VERBS) {
    if (capabilities[verb] !== (driver[verb] !== undefined)) throw new TransportError('config');
  }
  const closing = new Set<AbortController>();
  let closed: Promise<void> | undefined;

  /** One signal of the caller's and of `close`, until it is released. */
  const hold = (signal: AbortSignal): Held & { readonly own: AbortController } => {
    const own = new AbortController();
    if (closed) own.abort(new TransportError('closed'));
    const letGo = follow(signal, own);
    closing.add(own);
    const release = () => {
      closing.delete(own);
      letGo();
    };
    return { own, signal: own.signal, release };
  };
  const call = async <T>(
    options: AttemptOptions,
    run: (options: AttemptOptions) => Promise<T>,
    known: { readonly messageId?: string; readonly changes?: boolean } = {},
  ): Promise<T> => {
    if (closed) throw new TransportError('closed', known);
    if (options.signal.aborted) throw aborted(options.signal, 'not-sent', known.messageId);
    const { signal, release } = hold(options.signal);
    try {
      return await settled(run({ ...options, signal }), signal);
    } catch (error) {
      throw honest(error, signal, known);
    } finally {
      release();
    }
  };

  const { listSent, recall, watch, check } = driver;
  const verbs: Transport = {
    name: driver.name,
    contract: 1,
    capabilities,
    async send(message, options) {
      let measured: ReturnType<typeof meter> | undefined;
      const result = await call(
        options,
        async (inner) => {
          checkMessage(message, capabilities);
          const { onProgress: _, ...quiet } = inner;
          const held = { signal: inner.signal, release() {} };
          const guarded = message.parts.map((part) => guardedPart(part, () => held));
          measured = meter('upload', guarded, options);
          return driver.send({ ...message, parts: measured.parts }, quiet);
        },
        { messageId: message.id, changes: true },
      ).finally(() => measured?.stop());
      measured?.finish();
      return result;
    },
    lookup: (ref, options) => call(options, (inner) => driver.lookup(ref, inner), { messageId: ref.id }),
    list: (query, options) =>
      call(options, async (inner) => {
        const { limit = 1, waitMs = 0 } = query;
        if (!(Number.isSafeInteger(limit) && limit > 0 && waitMs >= 0)) throw new TransportError('config');
        return driver.list(query, inner);
      }),
    async fetch(ref, options) {
      const message: InboundMessage = await call(options, ({ onProgress: _, ...inner }) => driver.fetch(ref, inner), {
        messageId: ref.id,
      });
      const failure = (signal: AbortSignal) => honest(signal.reason, signal, { messageId: ref.id });
      const files = message.files.map((part) => guardedPart(part, () => hold(options.signal), failure));
      return { ...message, files: meter('download', files, options).parts };
    },
    acknowledge: (ref, receipt, options) =>
      call(
        options,
        async (inner) => {
          checkReceipt(receipt);
          return driver.acknowledge(ref, receipt, inner);
        },
        { messageId: ref.id, changes: true },
      ),
    ...(listSent && { listSent: (query, options) => call(options, (inner) => listSent.call(driver, query, inner)) }),
    ...(recall && {
      recall: (ref, options) =>
        call(options, (inner) => recall.call(driver, ref, inner), { messageId: ref.id, changes: true }),
    }),
    ...(watch && {
      async *watch(query, options) {
        // One signal for all of it, which ends also when the caller wants no more.
        const { own, signal, release } = hold(options.signal);
        const hints = watch.call(driver, query, { ...options, signal })[Symbol.asyncIterator]();
        try {
          for (;;) {
            const next = await call(options, () => hints.next());
            if (next.done) return;
            yield next.value;
          }
        } finally {
          release();
          own.abort(options.signal.reason);
          hints.return?.().catch(() => {});
        }
      },
    }),
    ...(check && { check: (options) => call(options, (inner) => check.call(driver, inner)) }),
    close() {
      closed ??= (async () => {
        for (const own of closing) own.abort(new TransportError('closed'));
        await driver.close?.();
      })();
      return closed;
    },
  };
  return Object.freeze(verbs);
}

/** What a call gives; after its signal has fired, the driver's word counts for a moment, then the call ends. */
function settled<T>(call: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const abort = () => {
      timer = setTimeout(() => reject(signal.reason), GRACE);
    };
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    call.then(resolve, reject).finally(done);
  });
}

/** The error of a call as a TransportError that says what became of it. */
function honest(error: unknown, signal: AbortSignal, known: { messageId?: string; changes?: boolean }): TransportError {
  const details = known.messageId === undefined ? {} : { messageId: known.messageId };
  const usual = known.changes ? 'unknown' : 'not-sent';
  const ended =
    error === signal.reason || isAbort(error) || (error instanceof TransportError && error.code === 'aborted');
  if (signal.aborted && ended) {
    const { reason } = signal;
    const outcome = error instanceof TransportError && error.code === 'aborted' ? error.outcome : usual;
    if (reason instanceof TransportError && reason.code === 'closed') return reason.with({ ...details, outcome });
    return aborted(signal, outcome, known.messageId);
  }
  if (error instanceof TransportError) return error.with(details);
  return new TransportError('internal', { ...details, cause: error, outcome: usual });
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError';

const aborted = (signal: AbortSignal, outcome: Outcome, messageId: string | undefined) =>
  new TransportError('aborted', { outcome, reason: signal.reason, ...(messageId === undefined ? {} : { messageId }) });

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
