import { TransportError } from '../error.js';
import { turns } from '../turns.js';
import { isKey, isQuery, isText, type KeyQuery } from './arguments.js';
import type { StoreTransaction } from './store.js';
import type { Table } from './table.js';

/** Values as a store keeps them. */
export interface Shelf<V> {
  readonly table: Table<V>;
  keep(text: string): Promise<V>;
  read(value: V): Promise<string>;
}

/** What a transaction changed: what it put under each key, undefined where it deleted. */
export type Changes<V> = ReadonlyMap<string, V | undefined>;

/** Runs the work of a transaction over what a store keeps, and gives what it would change; nothing is changed yet. */
export async function runWork<T, V>(
  shelf: Shelf<V>,
  work: (transaction: StoreTransaction) => Promise<T>,
): Promise<{ readonly result: T; readonly changes: Changes<V> }> {
  const changes = new Map<string, V | undefined>();
  // One call after the other, in the order in which they were made, whether or not the work waits for each.
  const turn = turns();
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  const call = <R>(run: () => Promise<R> | R, ok: boolean): Promise<R> => {
    if (ended || !ok) return Promise.reject(new TransportError('config'));
    return turn(async () => run());
  };
  const transaction: StoreTransaction = Object.freeze({
    get: (key: string) =>
      call(() => {
        const value = changes.has(key) ? changes.get(key) : shelf.table.get(key);
        return value === undefined ? undefined : shelf.read(value);
      }, isKey(key)),
    set: (key: string, text: string) =>
      call(async () => {
        try {
          changes.set(key, await shelf.keep(text));
        } catch (error) {
          failure ??= { error };
          throw error;
        }
      }, isKey(key) && isText(text)),
    delete: (key: string) =>
      call(() => {
        changes.set(key, undefined);
      }, isKey(key)),
    keys: (prefix: string, query: KeyQuery = {}) =>
      call(() => keysOf(shelf.table, changes, prefix, query), isQuery(prefix, query)),
  });
  try {
    const result = await work(transaction);
    // Calls that the work did not wait for are part of it.
    ended = true;
    await turn(async () => {});
    // What could not be put down must not be missing from what is kept, even where the work went on.
    if (failure) throw failure.error;
    return { result, changes };
  } finally {
    ended = true;
    await turn(async () => {});
  }
}

/** The keys of a table as changes leave it. */
export function keysOf<V>(
  table: Table<V>,
  changes: Changes<V>,
  prefix: string,
  { after = '', limit = Number.POSITIVE_INFINITY }: KeyQuery = {},
): readonly string[] {
  const fits = (key: string) => key.startsWith(prefix) && key > after;
  const added = [...changes]
    .filter(([key, value]) => value !== undefined && fits(key) && !table.has(key))
    .map(([key]) => key)
    .sort((a, b) => (a < b ? -1 : 1));
  const found: string[] = [];
  const take = (key: string) => found.length < limit && found.push(key) > 0;
  let next = 0;
  for (const key of table.keysFrom(after > prefix ? after : prefix)) {
    if (!key.startsWith(prefix) || found.length >= limit) break;
    while (next < added.length && (added[next] as string) < key) take(added[next++] as string);
    if (fits(key) && !(changes.has(key) && changes.get(key) === undefined)) take(key);
  }
  while (next < added.length && take(added[next] as string)) next++;
  return found;
}
