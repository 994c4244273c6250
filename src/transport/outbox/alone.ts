import { asyncContext } from '#async-context';
import { TransportError } from '../error.js';
import { turns } from '../turns.js';

/** Work that runs, and the work that it was called from. */
interface Running {
  readonly turn: object;
  running: boolean;
  readonly outer: Running | undefined;
}

/** One for all: Node 20 and 22 keep each for ever, and ask it at every promise that is made. */
const within = asyncContext<Running>();

/** Runs work one after the other; work that would wait for itself is refused (`config`). */
export function alone(): <T>(run: () => Promise<T>) => Promise<T> {
  const turn = turns();
  return async (run) => {
    const outer = runningOf(within.getStore());
    for (let one = outer; one; one = runningOf(one.outer)) {
      if (one.turn === turn) throw new TransportError('config');
    }
    return turn(() => {
      const mine: Running = { turn, running: true, outer };
      return within.run(mine, run).finally(() => {
        mine.running = false;
      });
    });
  };
}

/** The innermost that still runs: what was only called from ended work waits for none of it. */
function runningOf(one: Running | undefined): Running | undefined {
  let found = one;
  while (found && !found.running) found = found.outer;
  return found;
}
