import { describe, it } from 'vitest';
import { journalSeal } from '../../src/transport/outbox/index.js';
import { type StoreHarness, storeCases } from '../../src/transport/testing/index.js';
import { journalHarness, memoryStoreHarness } from '../support/journal-harness.js';
import { keyToOpen } from '../support/office-keys.js';

const seal = journalSeal(await keyToOpen('key-2026'));

const STORES: Record<string, () => Promise<StoreHarness>> = {
  'memoryStore': memoryStoreHarness,
  'fileJournalStore': journalHarness,
  'fileJournalStore, sealed': () => journalHarness({ seal }),
};

describe.each(Object.entries(STORES))('%s keeps the contract of stores', (_, factory) => {
  for (const { group, name, run } of storeCases(factory)) it(`${group}: ${name}`, run);
});
