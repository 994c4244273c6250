import type { TransportErrorCode } from '../../error-codes.js';

/** What a journal tells besides its answers: numbers and codes only, so that an event may be logged as it is. */
export type JournalEvent =
  /** A record at the end was not finished when the process or the power ended, and so never confirmed: it is dropped. */
  | { readonly type: 'recovered'; readonly droppedBytes: number }
  /** The owner before did not close it: it died, or another process gave it up for dead. */
  | { readonly type: 'taken-over' }
  /** Side files that no record refers to were removed. */
  | { readonly type: 'swept'; readonly files: number }
  /** The file was written anew with nothing in it but the present state. Sizes in bytes. */
  | { readonly type: 'compacted'; readonly before: number; readonly after: number }
  /** It could not be; the journal is as good as before, and longer. */
  | { readonly type: 'compaction-failed'; readonly code: TransportErrorCode };
