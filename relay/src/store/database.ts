/** What a statement may be given. */
export type SqlValue = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, SqlValue>>;

/** Statements, in a transaction or alone. Parameters are written `?`, in both dialects. */
export interface Queries {
  /** The first row; undefined where there is none. */
  get<T = Row>(sql: string, ...values: SqlValue[]): Promise<T | undefined>;
  all<T = Row>(sql: string, ...values: SqlValue[]): Promise<T[]>;
  /** The number of rows that were changed. */
  run(sql: string, ...values: SqlValue[]): Promise<number>;
}

export type Dialect = 'sqlite' | 'postgres';

/** The database of a relay: the few calls that it needs, so that another one is one file. */
export interface Database extends Queries {
  readonly dialect: Dialect;
  /**
   * Runs work in a transaction: all of it is durable when this resolves, and none of it where the work throws. The work
   * uses only the queries it is given.
   */
  transact<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
