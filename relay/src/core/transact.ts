import type { Queries } from '../store/database.js';
import type { Relay } from './relay.js';

/** The queries of a transaction, and the blobs that nothing needs once it is committed. */
export interface Transaction extends Queries {
  readonly unused: string[];
}

/** Runs work in a transaction of the relay's database; takes away afterwards what it left unused. */
export async function transact<T>(relay: Relay, work: (tx: Transaction) => Promise<T>): Promise<T> {
  let unused: string[] = [];
  const result = await relay.database.transact((tx) => {
    // Who lost a race begins again.
    unused = [];
    return work({ ...tx, unused });
  });
  // The work is done, whatever becomes of the files: what stays is collected later.
  for (const key of unused) await relay.blobs.remove(key).catch(() => {});
  return result;
}
