/** What a transaction sees and changes: texts under keys. */
export interface StoreTransaction {
  /** The text under a key, this transaction's own changes included; undefined where there is none. */
  get(key: string): Promise<string | undefined>;
  /** Puts a text under a key, in the place of what is there. */
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /**
   * The keys that begin with a prefix, in the order of their characters, after `after`, at most `limit` of them; this
   * transaction's own changes included.
   */
  keys(prefix: string, options?: { readonly after?: string; readonly limit?: number }): Promise<readonly string[]>;
}

/**
 * Where outbox and inbox keep what must outlive the process: keys and texts, changed by transactions.
 *
 * Keys are 1 to 200 characters of `A-Z a-z 0-9 . _ - /`; texts are any well-formed Unicode, up to 100 MiB. An application
 * with a database writes these few functions over a table of two columns; `storeCases` of `./transport/testing` proves them.
 */
export interface DeliveryStore {
  /**
   * Runs work alone: no other transaction of this store, in this process or another, sees or changes anything meanwhile.
   *
   * All of its changes are durable when it resolves, and none is there where the work throws or the process dies before.
   * The work is run once, must use no other transaction, and must not use its own after it has ended (`config`).
   * Throws a TransportError: `storage.full`, `storage.io`, `storage.locked`, `storage.damaged`, `closed`.
   */
  transact<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T>;
  /** Waits for the transaction that is running, and lets go of what is open. Later calls throw `closed`. */
  close(): Promise<void>;
}
