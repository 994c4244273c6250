import { type Clock, systemClock } from '../../clock.js';
import { diskError } from '../../disk-error.js';
import { TransportError } from '../../error.js';
import { alone } from '../alone.js';
import type { DeliveryStore, StoreTransaction } from '../store.js';
import { runWork, type Shelf } from '../transaction.js';
import { type JournalDisk, journalDisk } from './disk.js';
import type { JournalEvent } from './events.js';
import { valuesFolder } from './files.js';
import { type Lock, type LockOptions, takeLock } from './lock.js';
import { openJournal } from './open.js';
import type { Place } from './place.js';
import type { Entry } from './records.js';
import type { JournalSeal } from './seal.js';
import { readValue, valueWriter } from './values.js';
import type { Writer } from './writer.js';

export interface FileJournalOptions {
  /** The folder of the journal; made where it is not there, for its owner alone. */
  readonly path: string;
  /** Seals all that lies there but the numbers and sizes of records. */
  readonly seal?: JournalSeal;
  readonly lock?: LockOptions;
  readonly onEvent?: (event: JournalEvent) => void;
  readonly clock?: Clock;
  readonly disk?: JournalDisk;
}

/** A store in files that only this process writes. */
export interface FileJournalStore extends DeliveryStore {
  /** Writes the file anew with nothing in it but the present state; it does so by itself where it has grown. */
  compact(): Promise<void>;
}

/** Texts up to this many UTF-16 units lie in the journal and in memory, longer ones in a file of their own. */
const SHORT = 4096;

/**
 * Opens a store in a folder of files, in plain JavaScript: what a transaction changed is one record at the end of a file,
 * and on the device when `transact` resolves.
 *
 * One process owns it at a time. What a crash or a loss of power left unfinished is dropped and told as an event; it was
 * never confirmed. After `storage.io` or `storage.locked` from `transact` the store refuses all further work: whether the
 * last transaction is there, only opening it again shows. Throws a TransportError: `storage.locked` where another
 * process has it, `storage.damaged` with the offset, `storage.io`, `storage.full`, `config`, `unsupported`.
 */
export async function fileJournalStore(options: FileJournalOptions): Promise<FileJournalStore> {
  const { path, seal, clock = systemClock, disk = journalDisk } = options;
  const onEvent = (event: JournalEvent) => {
    try {
      options.onEvent?.(event);
    } catch {
      // A listener's trouble is its own.
    }
  };
  const place: Place = { path, disk, clock, seal, onEvent };
  const lock = await openFolder(disk, path, clock, options.lock);
  try {
    return storeOver(await openJournal(place, lock), lock, place);
  } catch (error) {
    await lock.release(!lock.afterFault);
    throw diskError(error);
  }
}

async function openFolder(
  disk: JournalDisk,
  path: string,
  clock: Clock,
  options: LockOptions | undefined,
): Promise<Lock> {
  try {
    await disk.makeFolder(path);
    return await takeLock(disk, path, clock, options);
  } catch (error) {
    throw options?.signal?.aborted && error === options.signal.reason ? error : diskError(error);
  }
}

function storeOver(writer: Writer, lock: Lock, place: Place): FileJournalStore {
  const { disk, clock } = place;
  const turn = alone();
  const { table, cipher } = writer;
  const values = valuesFolder(place.path);
  const put = valueWriter(disk, clock, values, lock.number, cipher);
  let closed: Promise<void> | undefined;

  const checkOpen = () => {
    if (closed) throw new TransportError('closed');
  };
  const compact = () => turn(() => writer.compact());

  async function transact<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> {
    const written: string[] = [];
    const shelf: Shelf<Entry> = {
      table,
      read: async (entry) => (typeof entry === 'string' ? entry : readValue(disk, values, entry, cipher)),
      async keep(text) {
        if (text.length <= SHORT) return text;
        const ref = await put(text);
        written.push(ref.name);
        return ref;
      },
    };
    await writer.check();
    try {
      const { result, changes } = await runWork(shelf, work);
      await writer.commit(changes);
      return result;
    } finally {
      // Of work that failed, or that put several texts under one key.
      await writer.removeUnused(written);
    }
  }

  return Object.freeze({
    async transact<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> {
      checkOpen();
      const result = await turn(() => transact(work));
      if (writer.hasGrown()) void compact().catch(() => {});
      return result;
    },
    async compact() {
      checkOpen();
      await compact();
    },
    close() {
      closed ??= turn(async () => {
        await writer.close();
        await lock.release(writer.isSound());
      }).catch((error: unknown) => {
        // From within a transaction.
        closed = undefined;
        throw error;
      });
      return closed;
    },
  });
}
