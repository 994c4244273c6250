import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Queries } from '../src/store/database.js';
import { groupCommit, type Writer } from '../src/store/group-commit.js';
import { openSqlite } from '../src/store/sqlite.js';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careplan-relay-group-'));
  database = openSqlite(join(folder, 'a.sqlite'));
  await database.run('CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT) STRICT');
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const insert = (n: number, text = '') => database.transact((tx) => tx.run('INSERT INTO t VALUES (?, ?)', n, text));
const stored = async () => (await database.all<{ n: number }>('SELECT n FROM t ORDER BY n')).map(({ n }) => n);
const endings = async (calls: Promise<unknown>[]) => (await Promise.allSettled(calls)).map(({ status }) => status);

/** A writer that notes what it is told, and fails where it is asked to. */
function noted(fails: Readonly<Record<string, Error>> = {}) {
  const log: string[] = [];
  const say = (what: string) => {
    log.push(what);
    if (fails[what]) throw fails[what];
  };
  let open = false;
  const writer: Writer = {
    queries: {} as Queries,
    async begin() {
      say('BEGIN');
      open = true;
    },
    exec(sql) {
      if (sql === 'ROLLBACK') open = false;
      say(sql);
      if (sql === 'COMMIT') open = false;
    },
    get inTransaction() {
      return open;
    },
  };
  return { log, ...groupCommit(writer) };
}

describe('transactions that are there at the same time', () => {
  it('reach the disk together, in the order in which they came', async () => {
    const { log, transact, idle } = noted();
    const works = ['a', 'b', 'c'].map((name) => transact(async () => void log.push(name)));
    await Promise.all(works);
    await transact(async () => void log.push('later'));
    await idle();
    const one = (name: string) => ['SAVEPOINT one', name, 'RELEASE one'];
    expect(log).toEqual(['BEGIN', ...['a', 'b', 'c'].flatMap(one), 'COMMIT', 'BEGIN', ...one('later'), 'COMMIT']);
  });

  it('are told of no end, good or bad, before it is durable', async () => {
    const { log, transact } = noted();
    const note = (end: string) => () => void log.push(end);
    const good = transact(async () => {}).then(note('good'));
    const bad = transact(() => Promise.reject(new Error('bad'))).catch(note('bad'));
    await Promise.all([good, bad]);
    expect(log.indexOf('COMMIT')).toBeGreaterThan(0);
    expect(log.slice(log.indexOf('COMMIT') + 1).sort()).toEqual(['bad', 'good']);
  });

  it('wait for at most 63 others', async () => {
    const { log, transact } = noted();
    await Promise.all(Array.from({ length: 130 }, () => transact(async () => {})));
    expect(log.filter((line) => line === 'COMMIT')).toHaveLength(3);
  });

  it('are each whole or not at all: who fails takes nothing of the others along', async () => {
    const half = database.transact(async (tx) => {
      await tx.run('INSERT INTO t VALUES (2, ?)', 'half');
      throw new Error('half-way');
    });
    expect(await endings([insert(1), half, insert(3), insert(1), insert(4)])).toEqual([
      ...['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    ]);
    expect(await stored()).toEqual([1, 3, 4]);
  });

  it('see what those before them did', async () => {
    const [, seen] = await Promise.all([insert(1, 'a'), database.transact((tx) => tx.get('SELECT text FROM t'))]);
    expect(seen).toEqual({ text: 'a' });
  });
});

describe('a commit that fails', () => {
  it('is told to all that were to become durable by it, also to those that had failed by themselves', async () => {
    const fault = new Error('the disk');
    const { log, transact } = noted({ COMMIT: fault });
    const own = new Error('because of what was there before');
    const ends = await Promise.allSettled([transact(async () => 1), transact(() => Promise.reject(own))]);
    expect(ends.map((end) => (end as PromiseRejectedResult).reason)).toEqual([fault, fault]);
    expect(log.at(-1)).toBe('ROLLBACK');
  });

  it('leaves nothing, and the next ones are not touched by it', async () => {
    await database.run('CREATE TABLE child (n INTEGER REFERENCES t) STRICT');
    // A constraint that is looked at when all is done: the commit is what fails.
    const orphan = database.transact(async (tx) => {
      await tx.get('PRAGMA defer_foreign_keys = ON');
      await tx.run('INSERT INTO child VALUES (99)');
    });
    expect(await endings([insert(1), orphan, insert(2)])).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await stored()).toEqual([]);
    expect(await endings([insert(1), insert(2)])).toEqual(['fulfilled', 'fulfilled']);
    expect(await stored()).toEqual([1, 2]);
  });
});

describe('a rollback that fails', () => {
  it('is told as the fault that led to it, and the next ones are tried', async () => {
    const fault = new Error('the disk');
    const fails: Record<string, Error> = { COMMIT: fault, ROLLBACK: new Error('the disk, again') };
    const { log, transact, idle } = noted(fails);
    await expect(transact(async () => 1)).rejects.toBe(fault);
    await idle();
    delete fails.COMMIT;
    expect(await transact(async () => 2)).toBe(2);
    expect(log.filter((line) => line === 'BEGIN')).toHaveLength(2);
  });
});

describe('a database that is closed', () => {
  it('ends what is under way, and refuses everything after: also that which comes late', async () => {
    const running = endings([insert(1), insert(2)]);
    const closed = database.close();
    await expect(insert(3)).rejects.toMatchObject({ code: 'ECLOSED' });
    expect(await running).toEqual(['fulfilled', 'fulfilled']);
    await closed;
    for (const call of [insert(4), database.get('SELECT 1'), database.all('SELECT 1'), database.run('SELECT 1')]) {
      await expect(call).rejects.toMatchObject({ code: 'ECLOSED' });
    }
    await database.close();
    database = openSqlite(join(folder, 'a.sqlite'));
    expect(await stored()).toEqual([1, 2]);
  });
});

describe('a database that is full', () => {
  it('keeps what it has, refuses what does not fit, and goes on when there is room', async () => {
    const grow = (pages: number) => database.transact((tx) => tx.get(`PRAGMA max_page_count = ${pages}`));
    const { page_count: pages } = (await database.get<{ page_count: number }>('PRAGMA page_count')) ?? {
      page_count: 0,
    };
    await grow(pages + 4);
    const long = 'x'.repeat(3000);
    const calls = Array.from({ length: 12 }, (_, n) => insert(n + 1, long));
    const ends = await Promise.allSettled(calls);
    const kept = ends.flatMap(({ status }, n) => (status === 'fulfilled' ? [n + 1] : []));
    expect(await stored()).toEqual(kept);
    const refused = ends.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused.length).toBeGreaterThan(0);
    for (const { reason } of refused) expect(reason.code).toBe('SQLITE_FULL');
    await grow(pages + 1000);
    const again = Array.from({ length: 12 }, (_, n) => n + 1).filter((n) => !kept.includes(n));
    await Promise.all(again.map((n) => insert(n, long)));
    expect(await stored()).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  });
});

describe('a writer that cannot begin', () => {
  it('tells all who wait, and tries anew for the next', async () => {
    const busy = Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' });
    const fails: Record<string, Error> = { BEGIN: busy };
    const { log, transact } = noted(fails);
    const ends = await Promise.allSettled([transact(async () => 1), transact(async () => 2)]);
    expect(ends.map((end) => (end as PromiseRejectedResult).reason)).toEqual([busy, busy]);
    expect(log).toEqual(['BEGIN']);
    delete fails.BEGIN;
    expect(await transact(async () => 3)).toBe(3);
  });

  it('waits for another process that writes', async () => {
    const other = new Sqlite(join(folder, 'a.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    const calls = endings([insert(1), insert(2)]);
    other.exec("INSERT INTO t VALUES (7, 'other')");
    setImmediate(() => {
      other.exec('COMMIT');
      other.close();
    });
    expect(await calls).toEqual(['fulfilled', 'fulfilled']);
    expect(await stored()).toEqual([1, 2, 7]);
  });
});
