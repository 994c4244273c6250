import type { Clock } from '../clock.js';

/** A clock that stands still until it is told. */
export interface ManualClock extends Clock {
  /** Moves on by so many milliseconds; sleepers wake in the order of their times. */
  advance(ms: number): Promise<void>;
  /** The times that sleepers wait for, in order. */
  readonly waiting: readonly number[];
}

/** Makes a manual clock; `start` is milliseconds since 1970 UTC. */
export function manualClock(start = Date.UTC(2026, 10, 25, 1, 0, 0)): ManualClock {
  let now = start;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const next = () => sleepers.sort((a, b) => a.at - b.at)[0];
  /** Lets everything run that waits for nothing but its turn. */
  const turn = () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const leave = () => {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          signal?.removeEventListener('abort', stop);
        };
        const stop = () => {
          leave();
          reject(signal?.reason);
        };
        const sleeper = {
          at: now + ms,
          wake: () => {
            leave();
            resolve();
          },
        };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
      }),
    async advance(ms) {
      const end = now + ms;
      await turn();
      for (let first = next(); first !== undefined && first.at <= end; first = next()) {
        now = Math.max(now, first.at);
        first.wake();
        await turn();
      }
      now = end;
      await turn();
    },
    get waiting() {
      return sleepers.map(({ at }) => at).sort((a, b) => a - b);
    },
  };
}
