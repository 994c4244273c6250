import type { PartSource } from './message.js';
import type { AttemptOptions, TransportProgress } from './transport.js';

/**
 * Parts that report how much of them was read. Reading a part again does not count twice; nothing is reported after
 * `stop`; `finish` reports the total where it was not reached, as when the far side had the message already. What the
 * listener throws is thrown away: it says nothing of the message.
 */
export function meter(
  phase: TransportProgress['phase'],
  parts: readonly PartSource[],
  { onProgress }: Pick<AttemptOptions, 'onProgress'>,
): { readonly parts: readonly PartSource[]; stop(): void; finish(): void } {
  if (!onProgress) return { parts, stop() {}, finish() {} };
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  const read = parts.map(() => 0);
  let stopped = false;
  let bytes = -1;
  const tell = (part: number, sum: number) => {
    try {
      onProgress({ phase, part, bytes: sum, total });
    } catch {
      // A listener's trouble is its own.
    }
  };
  const report = (part: number) => {
    const sum = read.reduce((a, b) => a + b, 0);
    if (stopped || sum <= bytes) return;
    bytes = sum;
    tell(part + 1, sum);
  };
  return {
    parts: parts.map((part, i) => ({
      ...part,
      async *open(range) {
        let at = range?.start ?? 0;
        for await (const chunk of part.open(range)) {
          at += chunk.length;
          yield chunk;
          read[i] = Math.min(part.size, Math.max(read[i] ?? 0, at));
          report(i);
        }
      },
    })),
    stop() {
      stopped = true;
    },
    finish() {
      if (bytes < total) tell(parts.length, total);
    },
  };
}

/** A signal that is there until it is released. */
export interface Held {
  readonly signal: AbortSignal;
  release(): void;
}

/**
 * A part whose bytes end with a signal: the reading of them throws what `failure` gives, even where no byte comes, and the
 * part is let go of, even where nobody reads on. `hold` is asked for the signal by each reading.
 */
export function guardedPart(
  part: PartSource,
  hold: () => Held,
  failure: (signal: AbortSignal) => unknown = ({ reason }) => reason,
): PartSource {
  return {
    ...part,
    async *open(range) {
      const { signal, release } = hold();
      let chunks: AsyncIterator<Uint8Array> | undefined;
      let end = () => {};
      const ended = new Promise<never>((_, reject) => {
        end = () => {
          reject(failure(signal));
          chunks?.return?.(undefined).catch(() => {});
        };
      });
      ended.catch(() => {});
      signal.addEventListener('abort', end, { once: true });
      let done = false;
      try {
        for (;;) {
          if (signal.aborted) throw failure(signal);
          chunks ??= part.open(range)[Symbol.asyncIterator]();
          const next = await Promise.race([chunks.next(), ended]);
          done = next.done === true;
          if (next.done) return;
          yield next.value;
        }
      } finally {
        signal.removeEventListener('abort', end);
        release();
        if (!done) chunks?.return?.(undefined).catch(() => {});
      }
    },
  };
}
