import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'libsql';
import type { Database, Queries, SqlValue } from './database.js';
import { groupCommit } from './group-commit.js';

/**
 * A SQLite file as the database of a relay: one writer at a time, readers beside it, durable at every commit (WAL,
 * `synchronous=FULL`). Other processes may have it open; who finds it locked waits for up to five seconds.
 */
export function openSqlite(path: string): Database {
  const writer = open(path);
  writer.pragma('busy_timeout=0');
  // A reader of its own sees what is committed, and not half of a transaction.
  const reader = open(path);
  const read = queries(reader);
  let closed = false;
  /** Asked when it is closed, the driver would end the process. */
  const whileOpen =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (closed) throw Object.assign(new Error('the database is closed'), { code: 'ECLOSED' });
      return call(...args);
    };
  const { transact, idle } = groupCommit({
    queries: queries(writer),
    begin: () => begin(writer),
    exec: (sql) => void writer.exec(sql),
    get inTransaction() {
      return writer.inTransaction;
    },
  });
  const transactOpen = whileOpen(transact) as typeof transact;
  return {
    dialect: 'sqlite',
    get: whileOpen(read.get) as typeof read.get,
    all: whileOpen(read.all) as typeof read.all,
    run: (sql, ...values) => transactOpen(({ run }) => run(sql, ...values)),
    transact: transactOpen,
    async close() {
      if (closed) return;
      closed = true;
      await idle();
      reader.close();
      writer.close();
    },
  };
}

/** The longest that a locked database is waited for. */
const PATIENCE_MS = 5000;

/** Takes the lock of the writer. Waits without holding up this process: who has the lock may be in it. */
async function begin(writer: Sqlite.Database): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      writer.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      const isBusy = String(Object(error).code).startsWith('SQLITE_BUSY');
      if (!isBusy || performance.now() > end) throw error;
      await sleep(2 + Math.random() * 8);
    }
  }
}

function open(path: string): Sqlite.Database {
  const database = new Sqlite(path, { timeout: PATIENCE_MS });
  database.pragma('journal_mode=WAL');
  database.pragma('synchronous=FULL');
  database.pragma('foreign_keys=ON');
  return database;
}

function queries(database: Sqlite.Database): Queries {
  const prepared = new Map<string, Sqlite.Statement>();
  const prepare = (sql: string): Sqlite.Statement => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
  // Values go as one array: a lone value that is bytes or null would be taken for a set of named ones.
  return {
    async get<T>(sql: string, ...values: SqlValue[]) {
      const row = prepare(sql).get(values);
      return row === undefined ? undefined : (clean(row) as T);
    },
    all: async <T>(sql: string, ...values: SqlValue[]) => prepare(sql).all(values).map(clean) as T[],
    run: async (sql, ...values) => prepare(sql).run(values).changes,
  };
}

/** A row without what the driver adds, its bytes as Uint8Array wherever they come from. */
function clean(row: unknown): Record<string, unknown> {
  const { _metadata, ...columns } = row as Record<string, unknown>;
  for (const [name, value] of Object.entries(columns)) {
    if (value instanceof ArrayBuffer) columns[name] = new Uint8Array(value);
  }
  return columns;
}
