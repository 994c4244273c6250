import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeliveryStore, fileJournalStore } from '../../src/transport/outbox/index.js';
import { frailDisk, powerDisk } from '../support/power-disk.js';

/** A change of one key: short texts, texts with a file of their own, none. */
type Change = readonly [key: string, text: string | undefined];
type Step = { readonly changes: readonly Change[] } | 'compact' | 'close';

const path = '/office/outbox';
const LONG = 5000;
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(300, 1200, LONG, LONG + 1).chain((n) => fc.constantFrom('a', '計', '😀').map((c) => c.repeat(n))),
);
const change = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd/e'), fc.option(text, { nil: undefined }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ changes: fc.array(change, { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>('compact', 'close') },
);

/** Numbers from 0 up to 1, the same for the same seed. */
const chances = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const stateOf = (store: DeliveryStore): Promise<string> =>
  store.transact(async (t) => {
    const all: [string, string | undefined][] = [];
    for (const key of await t.keys('')) all.push([key, await t.get(key)]);
    return JSON.stringify(all);
  });

const show = (state: ReadonlyMap<string, string>) => JSON.stringify([...state].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Does steps until the process dies; the states after each transaction, and how many of them were confirmed. */
async function live(
  open: () => Promise<DeliveryStore & { compact(): Promise<void> }>,
  steps: readonly Step[],
  first: string,
) {
  const states = [first];
  const model = new Map<string, string>(JSON.parse(first));
  const progress = { states, confirmed: 0 };
  const run = async () => {
    let store = await open();
    for (const one of steps) {
      if (one === 'compact') await store.compact();
      else if (one === 'close') {
        await store.close();
        store = await open();
      } else {
        for (const [key, value] of one.changes) value === undefined ? model.delete(key) : model.set(key, value);
        states.push(show(model));
        await store.transact(async (t) => {
          for (const [key, value] of one.changes) await (value === undefined ? t.delete(key) : t.set(key, value));
        });
        progress.confirmed = states.length - 1;
      }
    }
  };
  return { progress, run };
}

describe('a journal that loses its process', () => {
  it.each([
    ['by a loss of power', true],
    ['by a kill', false],
  ])(
    '%s, again and again at any call of the disk, is in the state of its last transaction or one that began',
    async (_, power) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.array(step, { minLength: 1, maxLength: 6 }), fc.nat({ max: 60 })), {
            minLength: 1,
            maxLength: 4,
          }),
          fc.nat(),
          async (lives, seed) => {
            const random = chances(seed);
            const { disk, losePower, bury, files } = powerDisk();
            let state = '[]';
            for (const [steps, calls] of lives) {
              const frail = frailDisk(disk);
              const dead = frail.dieAfter(calls);
              const { progress, run } = await live(() => fileJournalStore({ path, disk: frail.disk }), steps, state);
              await Promise.race([run(), dead]);
              if (power) losePower(random);
              bury();
              const next = await fileJournalStore({ path, disk });
              state = await stateOf(next);
              expect(progress.states.slice(progress.confirmed)).toContain(state);
              await next.close();
              // Nothing is left behind but what the state needs.
              const rest = [...files().keys()].filter(
                (name) => !/\/(journal\.[0-9]+-[0-9]+|lock\.[0-9]+\.free|values\/.+)$/.test(name),
              );
              expect(rest).toEqual([]);
            }
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});
