import { join } from 'node:path';
import { systemClock } from '../../clock.js';
import { diskError } from '../../disk-error.js';
import { TransportError } from '../../error.js';
import { journalDisk } from './disk.js';
import { readJournalFile, removeOlder, valuesFolder } from './files.js';
import { countHeaders } from './frame.js';
import { type Lock, takeLock } from './lock.js';
import type { Place } from './place.js';
import { readState, type State } from './state.js';
import type { FileJournalOptions } from './store.js';
import { readValue } from './values.js';
import { Writer } from './writer.js';

/** What a repair found, and what it did. */
export interface JournalRepair {
  /** Where in the file the damage begins, in bytes; absent where there was none, and nothing was changed. */
  readonly damagedAt?: number;
  /** The folder in which the damaged journal and the side files of what is lost were put aside. */
  readonly aside?: string;
  /** Transactions that are kept, of those since the file was last written anew. */
  readonly transactions: number;
  /** Bytes from the damage to the end of the file, and how many records seem to begin there. */
  readonly lostBytes: number;
  readonly lostRecords: number;
  /** Keys whose text lies in a file that is missing or damaged: reading them throws `storage.damaged`. */
  readonly damagedKeys: readonly string[];
}

/**
 * Takes what is whole of a damaged journal, up to the damage, and puts the original aside; says what is lost.
 *
 * What came after the damage is not guessed at: a later change without an earlier one is a state that never was. For
 * deliveries it means that a message whose acceptance is lost goes again under its id, which the far side takes for the
 * same message, and that one whose enqueuing is lost must be given to the outbox again by the application.
 * Throws a TransportError: `storage.damaged` with the offset where the head of the file or the state behind it is damaged
 * and nothing can be taken (a backup is needed), `storage.locked` while a process has the journal open.
 */
export async function repairJournal(
  options: Pick<FileJournalOptions, 'path' | 'seal' | 'lock' | 'clock' | 'disk'>,
): Promise<JournalRepair> {
  const { path, seal, clock = systemClock, disk = journalDisk } = options;
  const place: Place = { path, disk, clock, seal, onEvent: () => {} };
  let lock: Lock | undefined;
  let sound = false;
  try {
    lock = await takeLock(disk, path, clock, options.lock);
    sound = !lock.afterFault;
    const found = await readJournalFile(disk, path);
    if (!found) return { transactions: 0, lostBytes: 0, lostRecords: 0, damagedKeys: [] };
    const state = await readState(found.bytes, seal, { upToDamage: true });
    const damagedKeys = await damagedKeysOf(place, state);
    const { damage, transactions } = state;
    if (damage === undefined) return { transactions, lostBytes: 0, lostRecords: 0, damagedKeys };
    if (!state.whole) throw new TransportError('storage.damaged', { offset: damage });
    const aside = join(path, `damaged-${lock.number}`);
    await putAside(place, aside, found, state);
    const writer = new Writer(state.table, state.cipher, lock, place);
    await writer.rewrite(state.seq);
    await removeOlder(disk, path, writer.name);
    await writer.close();
    sound = true;
    return {
      damagedAt: damage,
      aside,
      transactions,
      lostBytes: found.bytes.length - damage,
      lostRecords: 1 + countHeaders(found.bytes, damage),
      damagedKeys,
    };
  } catch (error) {
    throw diskError(error);
  } finally {
    await lock?.release(sound);
  }
}

async function damagedKeysOf({ disk, path }: Place, { table, cipher }: State): Promise<string[]> {
  const damaged: string[] = [];
  for (const [key, entry] of table.entries()) {
    if (typeof entry === 'string') continue;
    await readValue(disk, valuesFolder(path), entry, cipher).catch((error: TransportError) => {
      if (error.code !== 'storage.damaged') throw error;
      damaged.push(key);
    });
  }
  return damaged;
}

/** Copies the damaged journal, then moves the side files that only lost records may refer to. */
async function putAside(
  { disk, path }: Place,
  aside: string,
  journal: { readonly name: string; readonly bytes: Buffer },
  { table }: State,
): Promise<void> {
  for (const folder of [path, aside]) await disk.makeFolder(valuesFolder(folder));
  await disk.create(join(aside, journal.name), journal.bytes);
  const used = new Set([...table.entries()].map(([, entry]) => (typeof entry === 'object' ? entry.name : '')));
  for (const name of await disk.list(valuesFolder(path))) {
    if (!used.has(name)) await disk.rename(join(valuesFolder(path), name), join(valuesFolder(aside), name));
  }
  for (const folder of [valuesFolder(aside), aside, path]) await disk.sync(folder);
}
