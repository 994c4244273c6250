import { TransportError } from '../error.js';
import { alone } from './alone.js';
import type { DeliveryStore, StoreTransaction } from './store.js';
import { Table } from './table.js';
import { runWork, type Shelf } from './transaction.js';

/** A store that ends with the process. */
export interface MemoryStore extends DeliveryStore {
  /** A second store over the same keys, as another process would open it; each is closed by itself. */
  open(): MemoryStore;
  /** All keys and texts as the last transaction left them, in the order of the keys. */
  snapshot(): ReadonlyMap<string, string>;
}

interface Kept extends Shelf<string> {
  readonly turn: ReturnType<typeof alone>;
}

/** Makes a store in memory, for tests, demonstrations and what need not outlive the process; empty or with these texts. */
export function memoryStore(entries: Iterable<readonly [string, string]> = []): MemoryStore {
  return storeOver({
    table: new Table(entries),
    keep: async (text) => text,
    read: async (text) => text,
    turn: alone(),
  });
}

function storeOver(kept: Kept): MemoryStore {
  let closed = false;
  return Object.freeze({
    async transact<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> {
      if (closed) throw new TransportError('closed');
      return kept.turn(async () => {
        const { result, changes } = await runWork(kept, work);
        for (const [key, text] of changes) {
          if (text === undefined) kept.table.delete(key);
          else kept.table.set(key, text);
        }
        return result;
      });
    },
    open: () => storeOver(kept),
    snapshot: () => new Map(kept.table.entries()),
    async close() {
      closed = true;
      await kept.turn(async () => {});
    },
  });
}
