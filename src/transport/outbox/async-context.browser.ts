import type { AsyncContext } from './async-context.js';

/** Browsers have nothing of the kind: nothing is ever known. */
export const asyncContext = <T>(): AsyncContext<T> => ({ getStore: () => undefined, run: (_, call) => call() });
