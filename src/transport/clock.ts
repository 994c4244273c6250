/** Time as a transport sees it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Resolves after so many milliseconds, at once for fewer than none; rejects with the signal's reason when that comes first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The longest time that a timer of the platform can wait. */
const LONGEST = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal?.throwIfAborted();
      const end = Date.now() + ms;
      let timer: ReturnType<typeof setTimeout>;
      const wait = (left: number) => {
        const ms = Math.min(Math.max(0, left), LONGEST);
        timer = setTimeout(() => (left > LONGEST ? wait(end - Date.now()) : done()), ms);
      };
      const done = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      wait(ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
});
