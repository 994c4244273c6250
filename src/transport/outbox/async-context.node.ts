import { AsyncLocalStorage } from 'node:async_hooks';
import type { AsyncContext } from './async-context.js';

export const asyncContext = <T>(): AsyncContext<T> => new AsyncLocalStorage<T>();
