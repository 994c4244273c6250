/** Aborts a controller when a signal fires, with its reason, until it is let go of by what this returns. */
export function follow(other: AbortSignal, own: AbortController): () => void {
  const abort = () => own.abort(other.reason);
  if (other.aborted) abort();
  other.addEventListener('abort', abort, { once: true });
  return () => other.removeEventListener('abort', abort);
}

/**
 * Runs something with a signal of its own, which fires when another does, or when it is over: what is still running for it ends
 * then, and the other is let go of. (`AbortSignal.any` keeps something for every call on a signal that lives long.)
 */
export async function following<T>(other: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  const release = follow(other, own);
  try {
    return await run(own.signal);
  } finally {
    release();
    own.abort();
  }
}

/** What a promise gives that others wait for too; rejects with the reason of a signal that fires before. */
export function orAborted<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
  return following(
    signal,
    (own) =>
      new Promise<T>((resolve, reject) => {
        const stop = () => reject(own.reason);
        if (own.aborted) stop();
        own.addEventListener('abort', stop, { once: true });
        shared.then(resolve, reject);
      }),
  );
}
