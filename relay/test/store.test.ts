import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeMessage } from '../src/conformance/client.js';
import { sweep } from '../src/core/sweep.js';
import { folderBlobs } from '../src/store/blobs.js';
import type { Database } from '../src/store/database.js';
import { migrate, NewerSchema, versionOf } from '../src/store/migrate.js';
import { MIGRATIONS } from '../src/store/schema.js';
import { openSqlite } from '../src/store/sqlite.js';
import { testRelay } from './support/sandbox.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careplan-relay-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The tables and indexes of a database, as they were written. */
const shapeOf = (database: Database) =>
  database.all('SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name');

describe('migrations', () => {
  it('bring an empty database to the newest schema, and change nothing a second time', async () => {
    const database = openSqlite(join(folder, 'a.sqlite'));
    expect(await migrate(database)).toBe(0);
    const shape = await shapeOf(database);
    expect(await versionOf(database)).toBe(MIGRATIONS.at(-1)?.version);
    expect(await migrate(database)).toBe(MIGRATIONS.length);
    expect(await shapeOf(database)).toEqual(shape);
    await database.close();
  });

  it('bring a database of version 1 to the same schema, with all that is in it', async () => {
    const old = openSqlite(join(folder, 'relay.sqlite'));
    await migrate(old, MIGRATIONS.slice(0, 1));
    expect(await versionOf(old)).toBe(1);
    await old.run("INSERT INTO office VALUES ('0370100105-43', 'active', 'a.b.c', 1, 1, NULL)");
    await old.run("INSERT INTO mailbox (address, next_seq) VALUES ('0370100105-43', 42)");
    await old.close();
    const fresh = openSqlite(join(folder, 'fresh.sqlite'));
    await migrate(fresh);
    const now = openSqlite(join(folder, 'relay.sqlite'));
    expect(await migrate(now)).toBe(1);
    expect(await shapeOf(now)).toEqual(await shapeOf(fresh));
    expect(await now.get('SELECT next_seq FROM mailbox')).toEqual({ next_seq: 42 });
    await Promise.all([now.close(), fresh.close()]);
  });

  it('are numbered without a gap', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 1));
  });

  it('of a newer program are left alone', async () => {
    const database = openSqlite(join(folder, 'a.sqlite'));
    await migrate(database);
    await database.run('UPDATE schema_version SET version = 99');
    await expect(migrate(database)).rejects.toBeInstanceOf(NewerSchema);
    await database.close();
  });

  it('may be done by several at once', async () => {
    const open = () => openSqlite(join(folder, 'a.sqlite'));
    const [a, b, c] = [open(), open(), open()];
    await Promise.all([a, b, c].map((database) => migrate(database)));
    expect(await versionOf(a)).toBe(MIGRATIONS.length);
    await Promise.all([a, b, c].map((database) => database.close()));
  });

  it('that fail half-way leave the version before', async () => {
    const database = openSqlite(join(folder, 'a.sqlite'));
    const broken = { version: 3, statements: () => ['CREATE TABLE left_over (x INTEGER)', 'CREATE NONSENSE'] };
    await expect(migrate(database, [...MIGRATIONS, broken])).rejects.toThrow();
    expect(await versionOf(database)).toBe(2);
    expect(await database.get("SELECT 1 FROM sqlite_master WHERE name = 'left_over'")).toBeUndefined();
    await database.close();
  });
});

describe('a transaction', () => {
  it('is whole or not at all, alone, and unseen until it ends', async () => {
    const database = openSqlite(join(folder, 'a.sqlite'));
    await database.run('CREATE TABLE t (n INTEGER) STRICT');
    const half = database.transact(async (tx) => {
      await tx.run('INSERT INTO t VALUES (1)');
      expect(await database.all('SELECT * FROM t')).toEqual([]);
      throw new Error('half-way');
    });
    await expect(half).rejects.toThrow('half-way');
    let inside = 0;
    const alone = () =>
      database.transact(async (tx) => {
        inside += 1;
        expect(inside).toBe(1);
        await tx.run('INSERT INTO t VALUES (2)');
        inside -= 1;
      });
    await Promise.all([alone(), alone(), alone()]);
    expect(await database.all('SELECT n FROM t')).toEqual([{ n: 2 }, { n: 2 }, { n: 2 }]);
    await database.close();
  });

  it('gives bytes as they were put in', async () => {
    const database = openSqlite(join(folder, 'a.sqlite'));
    await database.run('CREATE TABLE t (b BLOB) STRICT');
    await database.run('INSERT INTO t VALUES (?)', new Uint8Array([0, 255, 10]));
    const rows = [await database.get('SELECT b FROM t'), ...(await database.all('SELECT b FROM t'))];
    expect(rows.map((row) => [...((row?.b ?? []) as Uint8Array)])).toEqual([
      [0, 255, 10],
      [0, 255, 10],
    ]);
    await database.close();
  });
});

describe('blobs', () => {
  it('are read by ranges, and a key that is none leads nowhere', async () => {
    const blobs = folderBlobs(folder);
    const key = await blobs.put(new Uint8Array([1, 2, 3, 4, 5]));
    expect([...(await blobs.read(key, 1, 4))]).toEqual([2, 3, 4]);
    await expect(blobs.read(key, 1, 9)).rejects.toThrow('shorter');
    expect(() => blobs.remove('../relay.sqlite')).toThrow(TypeError);
    await blobs.remove(key);
    await blobs.remove(key);
  });

  it('that nothing needs are collected after a day, unfinished ones too, and no others', async () => {
    const test = await testRelay();
    const { a, b } = test;
    const { id, header, parts } = fakeMessage(a.office.address, b.office.address, { sizes: [10, 70_000] });
    await test.demo(a.office.address, 'PUT', `${a.mailbox}/outbox/${id}`, { header, parts });
    const fresh = await test.relay.blobs.put(new Uint8Array(10));
    const old = await test.relay.blobs.put(new Uint8Array(10));
    const root = join(test.folder, 'blobs');
    await writeFile(join(root, old.slice(0, 2), `${old.slice(0, -1)}0.tmp`), 'half');
    const files = (await readdir(root, { recursive: true })).filter((name) => name.length > 3);
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const file of files) if (!file.includes(fresh)) await utimes(join(root, file), yesterday, yesterday);
    expect((await sweep(test.relay)).orphans).toBe(2);
    expect((await test.demo(b.office.address, 'GET', `${b.mailbox}/inbox/${id}/parts/1`)).bytes.length).toBe(70_000);
    expect(await test.relay.blobs.olderThan(Date.now() + 1000)).toHaveLength(2);
    await test.close();
  });

  it('hold parts of more than 64 KiB; shorter ones stand in the database', async () => {
    const test = await testRelay();
    const { a, b } = test;
    const message = fakeMessage(a.office.address, b.office.address, { sizes: [65_536, 65_537] });
    const put = () =>
      test.demo(a.office.address, 'PUT', `${a.mailbox}/outbox/${message.id}`, {
        header: message.header,
        parts: message.parts,
      });
    // All of them at once: the bytes of one are kept.
    await Promise.all([put(), put(), put()]);
    const rows = await test.relay.database.all('SELECT n, data IS NULL AS outside FROM part ORDER BY n');
    expect(rows).toEqual([
      { n: 0, outside: 0 },
      { n: 1, outside: 1 },
    ]);
    await put();
    expect(await test.relay.blobs.olderThan(Date.now() + 1000)).toHaveLength(1);
    await test.close();
  });

  it('of a message that is refused are taken away again', async () => {
    const test = await testRelay();
    const { a, b } = test;
    const first = fakeMessage(a.office.address, b.office.address);
    const put = ({ id, header, parts }: typeof first) =>
      test.demo(a.office.address, 'PUT', `${a.mailbox}/outbox/${id}`, { header, parts });
    await put(first);
    const taken = fakeMessage(a.office.address, b.office.address, { serial: first.serial, sizes: [10, 70_000] });
    expect((await put(taken)).problem).toBe('serial-conflict');
    expect(await test.relay.blobs.olderThan(Date.now() + 1000)).toEqual([]);
    await test.close();
  });
});
