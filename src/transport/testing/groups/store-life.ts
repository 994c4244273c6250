import type { DeliveryStore } from '../../outbox/index.js';
import { ensure, refusal, same } from '../assert.js';
import type { StoreCaseSpec } from '../store-suite.js';
import { get, increment, keys, put, TEXTS } from './store-use.js';

export const durability: readonly StoreCaseSpec[] = [
  {
    name: 'after it was opened again everything is as the last transaction left it',
    async run({ store, reopen }) {
      const long = 'eyJhbGciOiJkaXIifQ..'.repeat(10_000);
      await put(store, { ...Object.fromEntries(TEXTS.map((text, i) => [`t/${i}`, text])), long, gone: 'x' });
      await store.transact(async (t) => {
        await t.delete('gone');
        await t.set('t/0', 'changed');
      });
      await store
        .transact(async (t) => {
          await t.set('t/0', 'not this');
          await t.set('never', '');
          throw new Error('of the work');
        })
        .catch(() => {});
      await store.close();
      const again = await reopen();
      const names = TEXTS.map((_, i) => `t/${i}`);
      same(await keys(again, ''), ['long', ...names.sort()], 'the keys');
      for (const [i, text] of TEXTS.entries()) {
        same(await get(again, `t/${i}`), i === 0 ? 'changed' : text, 'a text');
      }
      ensure((await get(again, 'long')) === long, 'a long text is not the same');
      await put(again, { 't/0': 'and on' });
      same(await get(again, 't/0'), 'and on', 'a text put afterwards');
      await again.close();
    },
  },
  {
    name: 'many transactions are all there after it was opened again, and once more',
    async run({ store, reopen }) {
      let last = store;
      for (let round = 1; round <= 3; round++) {
        await Promise.all(Array.from({ length: 20 }, (_, i) => increment(last, `n/${i % 5}`)));
        await last.close();
        last = await reopen();
        const counts = await last.transact((t) => Promise.all((['n/0', 'n/4'] as const).map((key) => t.get(key))));
        same(counts, [String(4 * round), String(4 * round)], 'the counts');
      }
      await last.close();
    },
  },
  {
    name: 'closing waits for what runs, refuses what comes later, and can be done twice',
    async run({ store, reopen }) {
      let worked = false;
      const running = store.transact(async (t) => {
        for (let i = 0; i < 20; i++) await t.get('count');
        await t.set('count', '1');
        worked = true;
      });
      // A store that breaks it is told by the sentence below.
      running.catch(() => {});
      await store.close();
      ensure(worked, 'the store was closed while a transaction ran');
      await running;
      await refusal(increment(store, 'count'), { code: 'closed', outcome: 'not-sent', retry: 'never' });
      await store.close();
      const again = await reopen();
      same(await get(again, 'count'), '1', 'the count');
      await again.close();
    },
  },
];

export const openers: readonly StoreCaseSpec[] = [
  {
    name: 'a second opener is refused as long as the first is open, or shares all of its transactions',
    async run({ store, openBeside }) {
      await put(store, { count: '0' });
      const second = await openBeside().catch((error: unknown) => Promise.resolve(error));
      if (second instanceof Error) {
        await refusal(Promise.reject(second), { code: 'storage.locked', outcome: 'not-sent', retry: 'backoff' });
        await increment(store, 'count');
        await store.close();
        const next = await openBeside();
        same(await get(next, 'count'), '1', 'the count that the next owner finds');
        await next.close();
        return;
      }
      const both = [store, second as DeliveryStore];
      await Promise.all(Array.from({ length: 50 }, (_, i) => increment(both[i % 2] as DeliveryStore, 'count')));
      for (const one of both) same(await get(one, 'count'), '50', 'the count');
      await both[1]?.close();
      await increment(store, 'count');
      same(await get(store, 'count'), '51', 'the count after the second was closed');
      await store.close();
    },
  },
];
