import { AsyncLocalStorage } from 'node:async_hooks';
import { TransportError } from '../error.js';
import { turns } from '../turns.js';

/** Runs work one after the other; work that would wait for itself is refused (`config`). */
export function alone(): <T>(run: () => Promise<T>) => Promise<T> {
  const turn = turns();
  const within = new AsyncLocalStorage<{ running: boolean }>();
  return async (run) => {
    if (within.getStore()?.running) throw new TransportError('config');
    return turn(() => {
      const mine = { running: true };
      return within.run(mine, run).finally(() => {
        mine.running = false;
      });
    });
  };
}
