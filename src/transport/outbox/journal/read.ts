import { codeOf, diskError } from '../../disk-error.js';
import { TransportError } from '../../error.js';
import { isKey, isQuery, type KeyQuery } from '../arguments.js';
import type { StoreReader } from '../store.js';
import { Table } from '../table.js';
import { keysOf } from '../transaction.js';
import { type JournalDisk, journalDisk } from './disk.js';
import { readJournalFile, valuesFolder } from './files.js';
import type { Entry } from './records.js';
import type { JournalCipher, JournalSeal } from './seal.js';
import { readState } from './state.js';
import { readValue } from './values.js';

/** A journal as it was when it was opened for reading. */
export interface JournalReader extends StoreReader {
  /** Transactions since the file was last written anew. */
  readonly transactions: number;
}

interface Seen {
  readonly table: Table<Entry>;
  readonly cipher: JournalCipher | undefined;
  readonly transactions: number;
}

/**
 * Reads a journal beside the process that owns it, without its lock: the records that are whole. One that is being
 * written is no damage. A long text that the owner replaced or deleted meanwhile is given as it is now.
 *
 * Throws a TransportError: `config` where there is no such folder or the seal does not fit, `storage.damaged` with the
 * offset, `storage.io`, `unsupported`.
 */
export async function readJournal(options: {
  readonly path: string;
  readonly seal?: JournalSeal;
  readonly disk?: JournalDisk;
}): Promise<JournalReader> {
  const { path, seal, disk = journalDisk } = options;
  const look = async (): Promise<Seen> => {
    try {
      const found = await readJournalFile(disk, path);
      return found ? await readState(found.bytes, seal) : { table: new Table(), cipher: undefined, transactions: 0 };
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? new TransportError('config', { cause: error }) : diskError(error);
    }
  };
  const { table, cipher, transactions } = await look();
  const open = async (entry: Entry | undefined): Promise<string | undefined> =>
    typeof entry === 'object' ? readValue(disk, valuesFolder(path), entry, cipher) : entry;
  return Object.freeze({
    transactions,
    async get(key: string) {
      if (!isKey(key)) throw new TransportError('config');
      const entry = table.get(key);
      return open(entry).catch(async (error: unknown) => {
        const now = (await look()).table.get(key);
        if (JSON.stringify(now) === JSON.stringify(entry)) throw error;
        return open(now);
      });
    },
    async keys(prefix: string, query: KeyQuery = {}) {
      if (!isQuery(prefix, query)) throw new TransportError('config');
      return keysOf(table, new Map(), prefix, query);
    },
  });
}
