import type { DeliveryStore } from '../outbox/index.js';
import { soon } from './assert.js';
import { durability, openers } from './groups/store-life.js';
import { storeKeys, storeTransactions, storeValues } from './groups/store-use.js';

/** What the author of a store gives to be tested: a store that holds nothing, and ways to open its data again. */
export interface StoreHarness {
  readonly store: DeliveryStore;
  /** A new store on the same data, as after a restart. The old one was closed. */
  reopen(): Promise<DeliveryStore>;
  /** A second store on the same data while the first is open, as another process opens it; or rejects `storage.locked`. */
  openBeside(): Promise<DeliveryStore>;
  dispose(): Promise<void>;
}

/** A case of the contract as the groups declare it. */
export interface StoreCaseSpec {
  readonly name: string;
  readonly run: (harness: StoreHarness) => Promise<void>;
}

/** One case of the contract of stores, for whatever test runner there is. */
export interface StoreCase {
  readonly group: string;
  readonly name: string;
  /** Rejects where the store does not keep the contract. */
  run(): Promise<void>;
}

/** No case takes longer, in milliseconds: a transaction that never ends is a failure, not a wait. */
const LONGEST = 15_000;

/** The contract that every store keeps, as plain cases: register each with a test runner. */
export function storeCases(factory: () => Promise<StoreHarness>): readonly StoreCase[] {
  const groups = { values: storeValues, keys: storeKeys, transactions: storeTransactions, durability, openers };
  return Object.entries<readonly StoreCaseSpec[]>(groups).flatMap(([group, specs]) =>
    specs.map(({ name, run }) => ({
      group,
      name,
      async run() {
        const harness = await factory();
        try {
          await soon(run(harness), LONGEST, 'the case');
        } finally {
          await harness.dispose();
        }
      },
    })),
  );
}
