/** Texts under keys, to be read. */
export interface StoreReader {
  /** The text under a key; undefined where there is none. */
  get(key: string): Promise<string | undefined>;
  /**
   * The keys that begin with a prefix, in the order of their characters (ASCII), after `after`, whether or not that is
   * a key, and at most `limit` of them. Prefix and `after` are of the characters of a key, or empty.
   */
  keys(prefix: string, options?: { readonly after?: string; readonly limit?: number }): Promise<readonly string[]>;
}

/** What a transaction sees, its own changes included, and changes. Every method throws `config` for a wrong argument. */
export interface StoreTransaction extends StoreReader {
  /** Puts a text under a key, in the place of what is there. */
  set(key: string, value: string): Promise<void>;
  /** Removes a key; nothing where it is not there. */
  delete(key: string): Promise<void>;
}

/**
 * Where outbox and inbox keep what must outlive the process: keys and texts, changed by transactions.
 *
 * Keys are 1 to 200 characters of `A-Z a-z 0-9 . _ - /`, in which letter case counts; texts are any well-formed Unicode, up
 * to 104,857,600 UTF-16 units. An application with a database writes these few functions over a table of two columns;
 * `storeCases` of `./transport/testing` proves them.
 */
export interface DeliveryStore {
  /**
   * Runs work alone: no other transaction of this store, in this process or another, sees or changes anything meanwhile.
   *
   * All of its changes are durable when it resolves, and none is there where the work throws, which it then throws too.
   * Where the process dies before, or the disk fails in the end, all of them are there or none. The work is run once, must
   * use no other transaction of this store, and must not use its own after it has ended (`config`).
   * Throws a TransportError: `storage.full`, `storage.io`, `storage.locked`, `storage.damaged`, `closed`.
   */
  transact<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T>;
  /** Waits for the transaction that is running, and lets go of what is open. Later calls throw `closed`. */
  close(): Promise<void>;
}
