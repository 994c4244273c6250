import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeMessage, fakeMessage } from '../src/conformance/client.js';
import { verifyAudit } from '../src/core/audit.js';
import type { Database, Queries } from '../src/store/database.js';
import { openSqlite } from '../src/store/sqlite.js';
import { type TestRelay, testRelay } from './support/sandbox.js';

/** What the disk does: fails at the next call that is counted down to, of those that write. */
const disk = vi.hoisted(() => {
  // Another file of this worker may have loaded the store with the real disk.
  vi.resetModules();
  return { calls: 0, failAt: 0, code: '' };
});
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const strike = () => {
    disk.calls += 1;
    if (disk.calls === disk.failAt) throw Object.assign(new Error('the disk'), { code: disk.code });
  };
  const failing =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      strike();
      return call(...args);
    };
  const open: typeof real.open = async (...args) => {
    strike();
    const file = await real.open(...args);
    const { sync, writeFile } = file;
    return Object.assign(file, { sync: failing(sync.bind(file)), writeFile: failing(writeFile.bind(file)) });
  };
  return { ...real, open, mkdir: failing(real.mkdir), rename: failing(real.rename) };
});

let test: TestRelay;
let fail: { at: number; calls: number; code: string };
beforeEach(async () => {
  Object.assign(disk, { calls: 0, failAt: 0, code: '' });
  fail = { at: 0, calls: 0, code: '' };
  test = await testRelay(
    { inlineBytes: 1000 },
    { database: (folder) => failing(openSqlite(join(folder, 'r.sqlite'))) },
  );
});
afterEach(() => test.close());

/** A database whose statements fail, at the one that is counted down to, of those in a transaction. */
function failing(database: Database): Database {
  const strike = () => {
    fail.calls += 1;
    if (fail.calls === fail.at) throw Object.assign(new Error('the disk'), { code: fail.code });
  };
  const struck = (tx: Queries): Queries => ({
    get: async (...call) => {
      strike();
      return tx.get(...call);
    },
    all: async (...call) => {
      strike();
      return tx.all(...call);
    },
    run: async (...call) => {
      strike();
      return tx.run(...call);
    },
  });
  const transact: Database['transact'] = (work) => database.transact((tx) => work(struck(tx)));
  return { ...database, transact, run: (...call) => transact((tx) => tx.run(...call)) };
}

const message = (): FakeMessage =>
  fakeMessage(test.a.office.address, test.b.office.address, { sizes: [200, 3000, 2000] });
const send = ({ id, header, parts }: FakeMessage) =>
  test.demo(test.a.office.address, 'PUT', `${test.a.mailbox}/outbox/${id}`, { header, parts });
const receive = async (id: string) => {
  const get = (path: string) => test.demo(test.b.office.address, 'GET', `${test.b.mailbox}/inbox/${id}${path}`);
  return Promise.all([0, 1, 2].map(async (n) => Buffer.from((await get(`/parts/${n}`)).bytes).toString()));
};
const inbox = async (): Promise<string[]> => {
  const { json } = await test.demo(test.b.office.address, 'GET', `${test.b.mailbox}/inbox?limit=200`);
  return json.items.map(({ id }: { id: string }) => id);
};
const blobs = async (): Promise<string[]> => {
  const names = await readdir(join(test.folder, 'blobs'), { recursive: true }).catch(() => []);
  return names.filter((name) => name.length > 2);
};
const FAULTS = [
  ['ENOSPC', 503, 'unavailable'],
  ['EIO', 500, 'internal'],
] as const;

describe.each(FAULTS)('a disk that answers %s to a blob', (code, status, problem) => {
  it('at any of its writes: the answer says so, nothing of the message is left, and it is taken the next time', async () => {
    const taken: string[] = [];
    let failures = 0;
    for (let failAt = 1; ; failAt++) {
      const next = message();
      Object.assign(disk, { calls: 0, failAt, code });
      const answer = await send(next);
      const isOver = disk.calls < failAt;
      Object.assign(disk, { failAt: 0 });
      if (isOver) {
        expect(answer.status).toBe(201);
        break;
      }
      failures += 1;
      expect([answer.status, answer.problem], `write ${failAt}`).toEqual([status, problem]);
      expect(answer.headers.get('Careplan-Retry')).toBe('later');
      expect(await blobs()).toHaveLength(2 * taken.length);
      expect((await send(next)).json).toMatchObject({ state: 'available', duplicate: false });
      expect(await receive(next.id)).toEqual(next.parts);
      taken.push(next.id);
    }
    // Folder, file, bytes, made durable, renamed, and the folder made durable: of both parts.
    expect(failures).toBeGreaterThanOrEqual(12);
  });
});

describe.each([
  ['SQLITE_FULL', 503, 'unavailable'],
  ['SQLITE_IOERR_WRITE', 500, 'internal'],
] as const)('a disk that answers %s to the database', (code, status, problem) => {
  it('at any statement: the answer says so, nothing is half done, and the same again is taken once', async () => {
    const taken: string[] = [];
    for (let at = 1; ; at++) {
      const next = message();
      fail = { at, calls: 0, code };
      const answer = await send(next);
      const isOver = fail.calls < at;
      fail = { at: 0, calls: 0, code: '' };
      if (!isOver) {
        expect([answer.status, answer.problem], `statement ${at}`).toEqual([status, problem]);
        expect(await inbox()).toEqual(taken);
        expect((await send(next)).json).toMatchObject({ state: 'available', duplicate: false });
      }
      taken.push(next.id);
      if (isOver) break;
    }
    expect(taken.length).toBeGreaterThan(10);
    expect(await inbox()).toEqual(taken);
    expect(await verifyAudit(test.relay.database)).toMatchObject({ ok: true });
    expect(test.lines.join('\n')).not.toContain('the disk');
  });
});

describe('a database that is full', () => {
  it('refuses what does not fit, keeps what it took over, and takes the rest when there is room', async () => {
    const { database } = test.relay;
    const setMost = (pages: number) => database.transact((tx) => tx.get(`PRAGMA max_page_count = ${pages}`));
    const { page_count: now } = (await database.get<{ page_count: number }>('PRAGMA page_count')) ?? { page_count: 0 };
    await setMost(now + 6);
    const messages = Array.from({ length: 40 }, message);
    const answers = await Promise.all(messages.map(send));
    const taken = messages.filter((_, n) => answers[n]?.status === 201).map(({ id }) => id);
    const others = messages.filter((_, n) => answers[n]?.status !== 201);
    expect(others.length).toBeGreaterThan(0);
    for (const { status, problem, headers } of answers.filter(({ status }) => status !== 201)) {
      expect([status, problem, headers.get('Retry-After')]).toEqual([503, 'unavailable', '5']);
    }
    expect((await inbox()).sort()).toEqual([...taken].sort());
    await setMost(now + 10_000);
    for (const [n, again] of (await Promise.all(others.map(send))).entries()) {
      expect(again.json, String(n)).toMatchObject({ state: 'available', duplicate: false });
    }
    expect((await inbox()).sort()).toEqual(messages.map(({ id }) => id).sort());
    expect(await verifyAudit(test.relay.database)).toMatchObject({ ok: true });
  });
});
