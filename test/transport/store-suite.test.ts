import { describe, expect, it } from 'vitest';
import {
  type DeliveryStore,
  type MemoryStore,
  memoryStore,
  type StoreTransaction,
} from '../../src/transport/outbox/index.js';
import { type StoreHarness, storeCases } from '../../src/transport/testing/index.js';

type Wrap = (store: MemoryStore) => DeliveryStore;

/** A harness of stores in memory with something changed, and the groups of which a case fails. */
async function failing(wrap: Wrap, more: Partial<StoreHarness> = {}): Promise<string[]> {
  const groups = new Set<string>();
  const cases = storeCases(async () => {
    const store = memoryStore();
    const another = async () => wrap(store.open());
    return { store: wrap(store), reopen: another, openBeside: another, dispose: async () => {}, ...more };
  });
  for (const { group, run } of cases) await run().catch(() => groups.add(group));
  return [...groups];
}

/** A store whose transactions are changed. */
const within =
  (change: (t: StoreTransaction) => Partial<StoreTransaction>): Wrap =>
  (store) => ({
    close: () => store.close(),
    transact: (work) => store.transact((t) => work({ ...t, ...change(t) })),
  });

describe('the contract of stores', () => {
  it('finds nothing wrong with one that only passes calls on', async () => {
    expect(await failing(within(() => ({})))).toEqual([]);
  });

  it.each<[string, Wrap, string]>([
    [
      'trims texts',
      within((t) => ({ set: (key, text) => t.set(key, typeof text === 'string' ? text.trim() : text) })),
      'values',
    ],
    ['normalizes texts', within((t) => ({ get: async (key) => (await t.get(key))?.normalize('NFC') })), 'values'],
    [
      'loses a byte order mark',
      within((t) => ({ get: async (key) => (await t.get(key))?.replace(/^\ufeff/, '') })),
      'values',
    ],
    [
      'takes an empty text for none',
      within((t) => ({ get: async (key) => (await t.get(key)) || undefined })),
      'values',
    ],
    [
      'takes half a pair for U+FFFD',
      within((t) => ({ set: (key, text) => t.set(key, String(text).replace(/\p{Cs}/gu, '\ufffd')) })),
      'values',
    ],
    [
      'cuts long texts',
      within((t) => ({ set: (key, text) => t.set(key, text?.slice?.(0, 65_535) ?? text) })),
      'values',
    ],
    [
      'knows no letter case in keys',
      within((t) => ({
        set: (key, text) => t.set(String(key).toLowerCase(), text),
        get: (key) => t.get(String(key).toLowerCase()),
      })),
      'keys',
    ],
    ['takes any key', within((t) => ({ get: (key) => t.get(key).catch(() => undefined) })), 'keys'],
    [
      'sorts as people do',
      within((t) => ({ keys: async (...query) => [...(await t.keys(...query))].sort((a, b) => a.localeCompare(b)) })),
      'keys',
    ],
    [
      'takes no limit',
      within((t) => ({ keys: (prefix, { after } = {}) => t.keys(prefix, after === undefined ? {} : { after }) })),
      'keys',
    ],
    [
      'gives what it was asked for after',
      within((t) => ({
        keys: async (prefix, query = {}) => [
          ...(query.after?.startsWith(prefix) ? [query.after] : []),
          ...(await t.keys(prefix, query)),
        ],
      })),
      'keys',
    ],
    ['lists deleted keys', (store) => within((t) => ({ delete: (key) => t.set(key, '') }))(store), 'keys'],
    [
      'commits each change by itself',
      (store) => ({
        close: () => store.close(),
        transact: (work) =>
          work({
            get: (key) => store.transact((t) => t.get(key)),
            set: (key, text) => store.transact((t) => t.set(key, text)),
            delete: (key) => store.transact((t) => t.delete(key)),
            keys: (...query) => store.transact((t) => t.keys(...query)),
          }),
      }),
      'transactions',
    ],
    [
      'runs the work twice',
      (store) => ({
        close: () => store.close(),
        transact: (work) => store.transact((t) => work(t).then(() => work(t))),
      }),
      'transactions',
    ],
    [
      'hides the error of the work',
      (store) => ({
        close: () => store.close(),
        transact: (work) => store.transact(work).catch(() => Promise.reject(new Error('failed'))),
      }),
      'transactions',
    ],
    [
      'says otherwise that a transaction lies within another',
      (store) => ({
        close: () => store.close(),
        transact: (work) =>
          store
            .transact(work)
            .catch((error) =>
              error.code === 'config' && work.length === 1
                ? Promise.reject(new Error('deadlock'))
                : Promise.reject(error),
            ),
      }),
      'transactions',
    ],
    [
      'works on after it was closed',
      (store) => ({ close: async () => {}, transact: (work) => store.transact(work) }),
      'durability',
    ],
    [
      'closes over what runs',
      (store) => {
        let closed = false;
        return {
          close: async () => {
            closed = true;
          },
          transact: async (work) => {
            if (closed)
              return memoryStore()
                .close()
                .then(() => Promise.reject(new Error('closed')));
            return store.transact(work);
          },
        };
      },
      'durability',
    ],
  ])('finds a store that %s', async (_, wrap, group) => {
    expect(await failing(wrap)).toContain(group);
  });

  it('finds a store that forgets when it is closed, and one that two can open and neither sees the other', async () => {
    const empty = async () => memoryStore();
    expect(
      await failing(
        within(() => ({})),
        { reopen: empty },
      ),
    ).toEqual(['durability']);
    expect(
      await failing(
        within(() => ({})),
        { openBeside: empty },
      ),
    ).toEqual(['openers']);
  });
});
