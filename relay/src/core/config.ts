/** What a relay allows. Bytes, counts and milliseconds. */
export interface RelayConfig {
  /** Scheme, host and port as clients write them: what tokens are made for. */
  readonly origin: string;
  /** Origins whose pages may ask from a browser, beside the relay's own: `https://app.example.jp`. */
  readonly allowOrigins: readonly string[];
  readonly standards: readonly ('4.1' | '5.0')[];
  readonly maxParts: number;
  readonly maxPartBytes: number;
  readonly maxMessageBytes: number;
  readonly maxJsonBytes: number;
  readonly maxReceiptBytes: number;
  /** Parts up to this length stand in the database, longer ones in files. */
  readonly inlineBytes: number;
  /** What may wait in one mailbox, and of that from one sender. */
  readonly mailboxBytes: number;
  readonly pairBytes: number;
  /** Requests of one address: so many a second in the long run, so many at once; 0: any number. */
  readonly requestsPerSecond: number;
  readonly requestsAtOnce: number;
  /** A body may take so long, and a second more for so many bytes of it. */
  readonly bodyTimeoutMs: number;
  readonly bodyBytesPerSecond: number;
  /** Bytes of bodies in memory at the same time; of one address a quarter. */
  readonly bodyRoomBytes: number;
  /** An upload of which nothing comes for so long is given up; one of which nothing has come at all, sooner. */
  readonly uploadIdleMs: number;
  readonly declaredIdleMs: number;
  /** The longest that a message waits for its receiver, whatever its header says. */
  readonly maxWaitMs: number;
  /** How long the bytes of a closed message stay. */
  readonly retentionMs: number;
  /** Unused blobs stay so long: an upload may be about to use them. */
  readonly orphanMs: number;
  /** Seconds that a client waits between two questions where nobody waits. */
  readonly pollAfter: number;
}

const MiB = 2 ** 20;
const HOUR = 3_600_000;

export const DEFAULTS: RelayConfig = {
  origin: 'http://127.0.0.1:8787',
  allowOrigins: [],
  standards: ['4.1', '5.0'],
  maxParts: 1000,
  maxPartBytes: 8 * MiB,
  maxMessageBytes: 64 * MiB,
  maxJsonBytes: MiB,
  maxReceiptBytes: 128 * 1024,
  inlineBytes: 64 * 1024,
  mailboxBytes: 1024 * MiB,
  pairBytes: 256 * MiB,
  requestsPerSecond: 20,
  requestsAtOnce: 200,
  bodyTimeoutMs: 30_000,
  bodyBytesPerSecond: 16 * 1024,
  bodyRoomBytes: 256 * MiB,
  uploadIdleMs: 24 * HOUR,
  declaredIdleMs: HOUR,
  maxWaitMs: 400 * 24 * HOUR,
  retentionMs: 30 * 24 * HOUR,
  orphanMs: 24 * HOUR,
  pollAfter: 300,
};
