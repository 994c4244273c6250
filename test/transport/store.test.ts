import { describe, it } from 'vitest';
import { type StoreHarness, storeCases } from '../../src/transport/testing/index.js';
import { journalHarness, memoryStoreHarness } from '../support/journal-harness.js';

const STORES: Record<string, () => Promise<StoreHarness>> = {
  'memoryStore': memoryStoreHarness,
  'fileJournalStore': journalHarness,
};

describe.each(Object.entries(STORES))('%s keeps the contract of stores', (_, factory) => {
  for (const { group, name, run } of storeCases(factory)) it(`${group}: ${name}`, run);
});
