import { TransportError } from '../../error.js';
import type { DeliveryStore, StoreTransaction } from '../../outbox/index.js';
import { ensure, refusal, same } from '../assert.js';
import type { StoreCaseSpec } from '../store-suite.js';

const REFUSED = { code: 'config' } as const;

export const put = (store: DeliveryStore, texts: Readonly<Record<string, string>>): Promise<void> =>
  store.transact(async (t) => {
    for (const [key, text] of Object.entries(texts)) await t.set(key, text);
  });

export const get = (store: DeliveryStore, key: string): Promise<string | undefined> =>
  store.transact((t) => t.get(key));

export const keys = (store: DeliveryStore, ...query: Parameters<StoreTransaction['keys']>) =>
  store.transact((t) => t.keys(...query));

/** Adds one to the number under a key, with a pause between reading and writing. */
export const increment = (store: DeliveryStore, key: string): Promise<void> =>
  store.transact(async (t) => {
    const before = Number((await t.get(key)) ?? 0);
    await turn();
    await t.set(key, String(before + 1));
  });

/** Lets all run that waits for nothing but its turn. */
const turn = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, 0);
  });

/** Texts that are easily kept wrong. */
export const TEXTS: readonly string[] = [
  '',
  ' ',
  'null',
  '介護 太郎、居宅サービス計画',
  '𠮷野家の𩸽😀👩‍👩‍👧',
  '\ufeffbegins with a byte order mark',
  'a\u0000b\u0001\u001f\u007f\u0085\u2028\u2029',
  'lines\nand\r\nlines\r',
  '"quoted" \\ back \\u0041 {"json":[1]}',
  "'; DROP TABLE texts; --",
  '\uffff\ufffe\ufffd',
  'e\u0301 and \u00e9 are two texts',
];

export const storeValues: readonly StoreCaseSpec[] = [
  {
    name: 'a text comes back as it was put, in the same transaction and in another',
    async run({ store }) {
      for (const text of TEXTS) {
        const own = await store.transact(async (t) => {
          await t.set('text', text);
          return t.get('text');
        });
        same([own, await get(store, 'text')], [text, text], 'the text');
      }
    },
  },
  {
    name: 'a text of five million characters comes back, and a shorter one in its place',
    async run({ store }) {
      for (const text of ['0123456789abcdef'.repeat(312_500), '計'.repeat(70_000), 'short']) {
        await put(store, { long: text });
        ensure((await get(store, 'long')) === text, 'the text is not the same');
      }
    },
  },
  {
    name: 'half a surrogate pair, and what is no text, are refused and change nothing',
    async run({ store }) {
      await put(store, { key: 'before' });
      for (const wrong of ['\ud83d', '\ude00', 'a\ud83dz', '\ude00\ud83d', 1, null, undefined, {}]) {
        const error = await refusal(
          store.transact((t) => t.set('key', wrong as string)),
          REFUSED,
        );
        ensure(error instanceof TransportError, 'no error of a transport');
        same(await get(store, 'key'), 'before', 'the text under the key');
      }
    },
  },
];

const IN_ORDER = ['-', '.', '/', '0', '9', 'A', 'Z', '_', 'a', 'a.b', 'a/b', 'aA', 'a_b', 'aab', 'z', 'zz'];

export const storeKeys: readonly StoreCaseSpec[] = [
  {
    name: 'keys that differ only in letter case, and names of objects and of devices, are keys like others',
    async run({ store }) {
      const names = [
        'a',
        'A',
        '__proto__',
        'constructor',
        'toString',
        '..',
        '.',
        '/',
        '//',
        'CON',
        'a/',
        'x'.repeat(200),
      ];
      await store.transact(async (t) => {
        for (const name of names) await t.set(name, `of ${name}`);
      });
      for (const name of names) same(await get(store, name), `of ${name}`, 'the text under a key');
      same(await get(store, 'hasOwnProperty'), undefined, 'what is under a key that was never put');
    },
  },
  {
    name: 'what is no key, prefix or limit is refused',
    async run({ store }) {
      const calls: ((t: StoreTransaction) => Promise<unknown>)[] = [];
      for (const key of ['', 'x'.repeat(201), 'a b', 'a\n', '計画', 'a\\b', 'a%', 'a:b', 1 as unknown as string]) {
        calls.push(
          (t) => t.get(key),
          (t) => t.set(key, ''),
          (t) => t.delete(key),
        );
        if (key !== '')
          calls.push(
            (t) => t.keys(key),
            (t) => t.keys('', { after: key }),
          );
      }
      for (const limit of [0, -1, 1.5, Number.NaN]) calls.push((t) => t.keys('', { limit }));
      for (const call of calls) await refusal(store.transact(call), REFUSED);
      same(await keys(store, ''), [], 'the keys');
    },
  },
  {
    name: 'keys come in the order of their characters',
    async run({ store }) {
      await put(store, Object.fromEntries([...IN_ORDER].reverse().map((key) => [key, ''])));
      same(await keys(store, ''), IN_ORDER, 'the keys');
    },
  },
  {
    name: 'a prefix is taken by its letters, none of which stands for others',
    async run({ store }) {
      await put(store, Object.fromEntries(IN_ORDER.map((key) => [key, ''])));
      for (const prefix of [...IN_ORDER, 'a/b/c', 'B']) {
        const expected = IN_ORDER.filter((key) => key.startsWith(prefix));
        same(await keys(store, prefix), expected, 'the keys with a prefix');
      }
    },
  },
  {
    name: 'keys are read page by page, after one that is there or not',
    async run({ store }) {
      const all = Array.from({ length: 60 }, (_, i) => `p/${String(i).padStart(3, '0')}`);
      await put(store, { ...Object.fromEntries(all.map((key) => [key, ''])), o: '', q: '' });
      for (const limit of [1, 7, 60, 61]) {
        const read: string[] = [];
        for (let page: readonly string[]; ; ) {
          const after = read.at(-1);
          page = await keys(store, 'p/', { limit, ...(after === undefined ? {} : { after }) });
          ensure(page.length <= limit, 'a page is longer than its limit');
          read.push(...page);
          if (page.length < limit) break;
        }
        same(read, all, 'the keys of all pages');
      }
      same(
        await keys(store, 'p/', { after: 'p/0305', limit: 2 }),
        ['p/031', 'p/032'],
        'what follows a key that is not there',
      );
      same(await keys(store, 'p/', { after: 'p/059' }), [], 'what follows the last');
      same(await keys(store, 'p/05', { after: 'a' }), all.slice(50), 'what follows a key before the prefix');
      same(await keys(store, 'p/05', { after: 'z' }), [], 'what follows a key behind the prefix');
    },
  },
  {
    name: 'keys are those that the transaction itself put and left',
    async run({ store }) {
      await put(store, { 'k/1': '', 'k/3': '', 'k/5': '' });
      const seen = await store.transact(async (t) => {
        await t.delete('k/3');
        await t.set('k/2', '');
        await t.set('k/4', '');
        await t.delete('k/4');
        await t.delete('k/1');
        await t.set('k/1', 'again');
        return [await t.keys('k/'), await t.keys('k/', { after: 'k/1', limit: 1 }), await t.keys('k/', { limit: 2 })];
      });
      same(seen, [['k/1', 'k/2', 'k/5'], ['k/2'], ['k/1', 'k/2']], 'the keys within');
      same(await keys(store, 'k/'), ['k/1', 'k/2', 'k/5'], 'the keys afterwards');
    },
  },
];

export const storeTransactions: readonly StoreCaseSpec[] = [
  {
    name: 'work that throws changes nothing, and its own error comes out',
    async run({ store }) {
      await put(store, { a: '1', b: '2' });
      const own = new Error('of the work');
      const thrown = await store
        .transact(async (t) => {
          await t.set('a', 'changed');
          await t.set('c', 'new'.repeat(50_000));
          await t.delete('b');
          throw own;
        })
        .catch((error: unknown) => error);
      ensure(thrown === own, 'another error came out');
      same([await get(store, 'a'), await get(store, 'b'), await get(store, 'c')], ['1', '2', undefined], 'the texts');
      await put(store, { a: 'goes on' });
      same(await get(store, 'a'), 'goes on', 'the text afterwards');
    },
  },
  {
    name: 'fifty increments at once are fifty',
    async run({ store }) {
      await Promise.all(Array.from({ length: 50 }, () => increment(store, 'count')));
      same(await get(store, 'count'), '50', 'the count');
    },
  },
  {
    name: 'no transaction runs while another does, or sees what it has not ended',
    async run({ store }) {
      let running = 0;
      const alone = (work: (t: StoreTransaction) => Promise<unknown>) =>
        store.transact(async (t) => {
          ensure(++running === 1, 'two transactions run at once');
          const result = await work(t);
          await turn();
          running--;
          return result;
        });
      const [, seen] = await Promise.all([
        alone(async (t) => {
          await t.set('a', '1');
          await turn();
          await t.set('b', '1');
        }),
        alone(async (t) => [await t.get('a'), await t.get('b')]),
      ]);
      const wholes = [JSON.stringify([undefined, undefined]), JSON.stringify(['1', '1'])];
      ensure(wholes.includes(JSON.stringify(seen)), 'half of a transaction is seen');
    },
  },
  {
    name: 'what the work gives comes out, and the work is run once',
    async run({ store }) {
      let runs = 0;
      const result = await store.transact(async () => ({ run: ++runs }));
      same([result, runs], [{ run: 1 }, 1], 'the result');
    },
  },
  {
    name: 'a transaction that has ended is refused, and changes nothing more',
    async run({ store }) {
      const kept: StoreTransaction[] = [];
      await store.transact(async (t) => {
        kept.push(t);
        await t.set('a', '1');
      });
      await store
        .transact(async (t) => {
          kept.push(t);
          throw new Error('of the work');
        })
        .catch(() => {});
      for (const t of kept) {
        await refusal(t.set('a', '2'), REFUSED);
        await refusal(t.get('a'), REFUSED);
        await refusal(t.delete('a'), REFUSED);
        await refusal(t.keys(''), REFUSED);
      }
      same(await get(store, 'a'), '1', 'the text');
    },
  },
  {
    name: 'a transaction within another is refused, for it would wait for ever; the outer one can go on',
    async run({ store }) {
      await store.transact(async (t) => {
        await refusal(
          store.transact((inner) => inner.set('inner', '1')),
          REFUSED,
        );
        await t.set('outer', '1');
      });
      same(await keys(store, ''), ['outer'], 'the keys');
    },
  },
];
