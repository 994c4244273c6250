import type { Database, Queries } from './database.js';
import { MIGRATIONS, type Migration } from './schema.js';

/** What processes hold in PostgreSQL while they make the first table: `IF NOT EXISTS` is not safe against itself there. */
const LOCK = 4_100_727;

/** A step takes as long as it takes, and others wait for it. */
const PATIENT = 'SET LOCAL statement_timeout = 0';

/** The schema of a database is newer than this program knows. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
}

/**
 * Brings a database to the newest schema, each step in a transaction of its own; gives the version it had. Several
 * processes may do it at once. Throws `NewerSchema` where a newer program has been at it.
 */
export async function migrate(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<number> {
  await database.transact(async (tx) => {
    if (database.dialect === 'postgres') {
      await tx.run(PATIENT);
      await tx.get('SELECT pg_advisory_xact_lock(?)', LOCK);
    }
    await tx.run('CREATE TABLE IF NOT EXISTS schema_version (one INTEGER PRIMARY KEY, version INTEGER NOT NULL)');
    await tx.run('INSERT INTO schema_version (one, version) VALUES (1, 0) ON CONFLICT DO NOTHING');
  });
  const before = await versionOf(database);
  const newest = migrations.at(-1)?.version ?? 0;
  if (before > newest) {
    throw new NewerSchema(
      `The database has schema ${before}; this program knows up to ${newest}. Use a newer program.`,
    );
  }
  for (const { version, statements } of migrations) {
    await database.transact(async (tx) => {
      if (database.dialect === 'postgres') await tx.run(PATIENT);
      // Changing the row first keeps others out until this step is done.
      const mine = await tx.run('UPDATE schema_version SET version = ? WHERE version = ?', version, version - 1);
      if (mine === 0) return;
      for (const statement of statements(database.dialect)) await tx.run(statement);
    });
  }
  return before;
}

/** The version of a database's schema. */
export const versionOf = async (queries: Queries): Promise<number> =>
  (await queries.get<{ version: number }>('SELECT version FROM schema_version'))?.version ?? 0;
