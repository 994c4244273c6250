import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';

/** Where the programs of PostgreSQL are; undefined where there are none. */
const folders = [
  ...(existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : []),
  ...(process.env.PATH ?? '').split(':'),
];
const programs = folders.find((folder) => existsSync(join(folder, 'initdb')));

/** Who may run it: PostgreSQL refuses the superuser. */
async function owner(): Promise<{ uid: number; gid: number } | undefined> {
  const { uid, gid } = userInfo();
  if (uid !== 0) return { uid, gid };
  const found = await run('id', ['-u', 'postgres']).catch(() => undefined);
  const group = await run('id', ['-g', 'postgres']).catch(() => undefined);
  return found && group ? { uid: Number(found.stdout), gid: Number(group.stdout) } : undefined;
}

const user = programs === undefined ? undefined : await owner();
/** Why no PostgreSQL can be started here. */
export const missing =
  programs === undefined
    ? 'there is no initdb of PostgreSQL'
    : user
      ? undefined
      : 'there is no user postgres to run it';

export interface TestPostgres {
  /** A database of its own. */
  fresh(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL in a temporary folder, on a socket in it. */
export async function startPostgres(): Promise<TestPostgres> {
  if (!programs || !user) throw new Error(missing);
  const folder = mkdtempSync(join(tmpdir(), 'careplan-pg-'));
  chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'relay', '-A', 'trust', '--no-sync', '-E', 'UTF8'], {
    ...user,
    cwd: folder,
  });
  const options = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'max_connections=40'];
  const server = spawn(join(programs, 'postgres'), options, { ...user, cwd: folder, stdio: 'ignore' });
  const url = (name: string) => `postgres://relay@/${name}?host=${encodeURIComponent(folder)}`;
  const exited = once(server, 'exit');
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  for (let up = false; !up; ) {
    if (server.exitCode !== null) throw new Error('PostgreSQL does not start');
    up = await ask('SELECT 1').then(
      () => true,
      () => new Promise((resolve) => setTimeout(resolve, 20, false)),
    );
  }
  let databases = 0;
  return {
    async fresh() {
      databases += 1;
      await ask(`CREATE DATABASE relay${databases}`);
      return url(`relay${databases}`);
    },
    async stop() {
      server.kill('SIGINT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
