/** Those who wait for something new in a mailbox. */
export interface Waiters {
  /** Wakes all who wait for this mailbox. */
  wake(address: string): void;
  /** Wakes all there are. */
  wakeAll(): void;
  /** Resolves when something may be new, at the latest after `ms`, or when the signal ends it. */
  wait(address: string, ms: number, signal: AbortSignal): { readonly woken: Promise<void>; stop(): void };
  readonly count: number;
}

export function waiters(): Waiters {
  const waiting = new Map<string, Set<() => void>>();
  let count = 0;
  const wake = (address: string) => {
    for (const stop of [...(waiting.get(address) ?? [])]) stop();
  };
  return {
    wake,
    wakeAll() {
      for (const address of [...waiting.keys()]) wake(address);
    },
    wait(address, ms, signal) {
      const mine = waiting.get(address) ?? new Set();
      waiting.set(address, mine);
      let stop = () => {};
      const woken = new Promise<void>((resolve) => {
        const timer = setTimeout(() => stop(), ms);
        count += 1;
        let waits = true;
        stop = () => {
          if (!waits) return;
          waits = false;
          count -= 1;
          clearTimeout(timer);
          mine.delete(stop);
          if (mine.size === 0 && waiting.get(address) === mine) waiting.delete(address);
          signal.removeEventListener('abort', stop);
          resolve();
        };
        mine.add(stop);
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
      });
      return { woken, stop };
    },
    get count() {
      return count;
    },
  };
}
