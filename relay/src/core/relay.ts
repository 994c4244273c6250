import type { Blobs } from '../store/blobs.js';
import type { Database } from '../store/database.js';
import type { RelayConfig } from './config.js';
import type { Log } from './log.js';
import type { RelaySigner } from './signer.js';
import type { Waiters } from './waiters.js';

/** What the work of a relay is done with. */
export interface Relay {
  readonly config: RelayConfig;
  readonly database: Database;
  readonly blobs: Blobs;
  readonly signer: RelaySigner;
  readonly waiters: Waiters;
  readonly log: Log;
  /** Milliseconds since 1970 UTC: for all but tokens. */
  now(): number;
  /** The same for tokens. */
  tokenNow(): number;
  /** Aborted when the relay shuts down: who waits is let go. */
  readonly closing: AbortSignal;
}
