import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Blobs, folderBlobs } from '../store/blobs.js';
import type { Database } from '../store/database.js';
import { migrate } from '../store/migrate.js';
import { openSqlite } from '../store/sqlite.js';
import { DEFAULTS, type RelayConfig } from './config.js';
import type { Log } from './log.js';
import type { Relay } from './relay.js';
import { type RelaySigner, signerAt } from './signer.js';
import { waiters } from './waiters.js';

export interface RelayOptions {
  /** The folder of the database, the blobs and the relay's key; made where it is not there. */
  readonly folder: string;
  readonly config?: Partial<RelayConfig>;
  /** Another database than the SQLite file of the folder. */
  readonly database?: Database;
  readonly blobs?: Blobs;
  readonly signer?: RelaySigner;
  readonly log?: Log;
  readonly now?: () => number;
  readonly tokenNow?: () => number;
}

export interface OpenRelay extends Relay {
  /** Lets go of who waits; what is running ends as usual. */
  beginClosing(): void;
  close(): Promise<void>;
}

/** Opens the store of a relay and brings it to the newest schema. */
export async function openRelay(options: RelayOptions): Promise<OpenRelay> {
  const { folder, log = () => {}, now = Date.now } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const signer = options.signer ?? (await signerAt(join(folder, 'relay-key.json')));
  const database = options.database ?? openSqlite(join(folder, 'relay.sqlite'));
  const closing = new AbortController();
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const waiting = waiters();
  const beginClosing = () => {
    closing.abort();
    waiting.wakeAll();
  };
  return {
    config: { ...DEFAULTS, ...options.config },
    database,
    blobs: options.blobs ?? folderBlobs(join(folder, 'blobs')),
    signer,
    waiters: waiting,
    log,
    now,
    tokenNow: options.tokenNow ?? Date.now,
    closing: closing.signal,
    beginClosing,
    close: async () => {
      beginClosing();
      await database.close();
    },
  };
}
