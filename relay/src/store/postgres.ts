import type { Pool, PoolClient } from 'pg';
import type { Database, Queries, SqlValue } from './database.js';

/** So often a transaction that lost a race for rows is run again. */
const ATTEMPTS = 6;
/** Serialization failure, deadlock. */
const RACES = ['40001', '40P01'];
/** Numbers that PostgreSQL writes as text, for they may be longer than a double: int8, numeric. None of ours is. */
const NUMBERS = [20, 1700];

/** Milliseconds that are waited for: a free connection, and the end of a statement. */
export interface PostgresPatience {
  readonly connectMs: number;
  readonly statementMs: number;
}
const PATIENCE: PostgresPatience = { connectMs: 10_000, statementMs: 30_000 };

/** What the pool says without a code where it gave up waiting for a connection. */
const NO_CONNECTION = /timeout exceeded when trying to connect|due to connection timeout/;
/** Too many connections, as PostgreSQL itself says it. */
const TOO_MANY = '53300';

/**
 * A PostgreSQL database (14 or newer) as the database of a relay, which several processes may share. Needs the package
 * `pg`. Who loses a race for rows begins its transaction again. No connection in time: an error of code 53300; a statement
 * that does not end in time: 57014. Neither has done anything.
 */
export async function openPostgres(
  url: string,
  connections = 10,
  { connectMs, statementMs }: PostgresPatience = PATIENCE,
): Promise<Database> {
  const { default: pg } = await import('pg');
  const pool: Pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    keepAlive: true,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        NUMBERS.includes(type) ? Number : pg.types.getTypeParser(type, format as 'text'),
    } as never,
  });
  // A connection that breaks while nobody uses it is replaced.
  pool.on('error', () => {});
  const outside = queries(pool);
  return {
    dialect: 'postgres',
    ...outside,
    async transact(work) {
      for (let attempt = 1; ; attempt++) {
        const client = await pool.connect().catch(told);
        let broken: Error | undefined;
        // A connection that ends while it is in use says so to its statement, and here, where it would end the process.
        const ended = (failure: Error) => {
          broken = failure;
        };
        client.on('error', ended);
        try {
          await client.query('BEGIN');
          const result = await work(queries(client));
          await client.query('COMMIT');
          return result;
        } catch (error) {
          await client.query('ROLLBACK').catch(ended);
          if (attempt === ATTEMPTS || !RACES.includes(String(Object(error).code))) throw error;
        } finally {
          client.off('error', ended);
          client.release(broken);
        }
      }
    },
    close: () => pool.end(),
  };
}

function queries(target: Pool | PoolClient): Queries {
  const ask = (sql: string, values: readonly SqlValue[]) => target.query(numbered(sql), [...values]).catch(told);
  return {
    get: async <T>(sql: string, ...values: SqlValue[]) => (await ask(sql, values)).rows[0] as T | undefined,
    all: async <T>(sql: string, ...values: SqlValue[]) => (await ask(sql, values)).rows as T[],
    run: async (sql, ...values) => (await ask(sql, values)).rowCount ?? 0,
  };
}

/** Throws an error on, with a code where it says that no connection was to be had. */
function told(error: unknown): never {
  if (error instanceof Error && NO_CONNECTION.test(error.message)) throw Object.assign(error, { code: TOO_MANY });
  throw error;
}

/** Parameters as this dialect writes them: `$1`, `$2`. No text of ours has a question mark in it. */
function numbered(sql: string): string {
  let n = 0;
  return sql.replace(/\?/g, () => {
    n += 1;
    return `$${n}`;
  });
}
