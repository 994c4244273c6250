import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileJournalOptions, fileJournalStore, memoryStore } from '../../src/transport/outbox/index.js';
import type { StoreHarness } from '../../src/transport/testing/index.js';

/** A store in memory, and others over the same keys. */
export async function memoryStoreHarness(): Promise<StoreHarness> {
  const store = memoryStore();
  return { store, reopen: async () => store.open(), openBeside: async () => store.open(), dispose: async () => {} };
}

/** A journal in a folder of its own. */
export async function journalHarness(options: Partial<FileJournalOptions> = {}): Promise<StoreHarness> {
  const home = mkdtempSync(join(tmpdir(), 'careplan-journal-'));
  const open = () => fileJournalStore({ path: join(home, 'outbox'), ...options });
  const opened = [await open()];
  const another = async () => {
    const store = await open();
    opened.push(store);
    return store;
  };
  return {
    store: opened[0] as StoreHarness['store'],
    reopen: another,
    openBeside: another,
    async dispose() {
      for (const store of opened) await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
