import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAddress } from 'careplan-renkei/transport';
import { calculateJwkThumbprint } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stageOf } from '../src/conformance/case.js';
import { fakeMessage, type KnownOffice, relayClient, type Told } from '../src/conformance/client.js';
import { CASES } from '../src/conformance/conformance.js';
import { verifyAudit } from '../src/core/audit.js';
import { newPrivateKey } from '../src/core/signer.js';
import { sweep } from '../src/core/sweep.js';
import { publicHalf, sign } from '../src/sandbox/offices.js';
import type { Queries } from '../src/store/database.js';
import { migrate, versionOf } from '../src/store/migrate.js';
import { openPostgres } from '../src/store/postgres.js';
import { MIGRATIONS } from '../src/store/schema.js';
import { missing, startPostgres, type TestPostgres } from './support/postgres.js';
import { ORIGIN, type TestRelay, testRelay } from './support/sandbox.js';

if (missing) console.warn(`The tests with PostgreSQL are skipped: ${missing}.`);

describe.skipIf(missing !== undefined)('with PostgreSQL', () => {
  let server: TestPostgres;
  let folder: string;
  let test: TestRelay;
  let url: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'careplan-relay-pg-'));
    server = await startPostgres();
    url = await server.fresh();
    const database = await openPostgres(url);
    test = await testRelay({}, { database: () => database });
  });
  afterAll(async () => {
    await test?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(CASES.map((one) => [`section ${one.section}: ${one.name}`, one] as const))('%s', async (_, { run }) => {
    const offices = test.directory.offices as unknown as readonly [KnownOffice, KnownOffice];
    await run(stageOf(ORIGIN, offices, test.fetch));
  });

  it('the schema is made once, also by several at once, and from version 1', async () => {
    const fresh = await server.fresh();
    const some = await Promise.all([1, 2, 3].map(() => openPostgres(fresh, 2)));
    await migrate(some[0] as never, MIGRATIONS.slice(0, 1));
    await Promise.all(some.map((database) => migrate(database)));
    expect(await versionOf(some[0] as never)).toBe(MIGRATIONS.length);
    await Promise.all(some.map((database) => database.close()));
  });

  it('several that start on a new database at the same time all find it made', async () => {
    for (let round = 0; round < 6; round++) {
      const fresh = await server.fresh();
      const some = await Promise.all([1, 2, 3, 4].map(() => openPostgres(fresh, 2)));
      // Connections that are there already begin at the same moment.
      await Promise.all(some.map((database) => database.get('SELECT 1 AS one')));
      await Promise.all(some.map((database) => migrate(database)));
      expect(await versionOf(some[0] as never)).toBe(MIGRATIONS.length);
      await Promise.all(some.map((database) => database.close()));
    }
  });

  it('two relays that commit both ways at once give every message its number: no gap, no repeat, seen in order', async () => {
    const second = await openPostgres(url);
    const other = await testRelay({}, { database: () => second });
    const [a, b] = test.directory.offices.map(({ address }) => address) as [string, string];
    const send = async ({ demo }: TestRelay, from: string, to: string) => {
      const { id, header, parts } = fakeMessage(from, to);
      const answer = await demo(from, 'PUT', `/v1/mailboxes/${from}/outbox/${id}`, { header, parts });
      expect(answer.status).toBe(201);
      return id;
    };
    const list = async (cursor: string) =>
      (await test.demo(b, 'GET', `/v1/mailboxes/${b}/inbox?cursor=${cursor}&limit=5`)).json;
    let start = 'i0';
    for (let page = await list(start); ; page = await list(start)) {
      start = page.next;
      if (!page.more) break;
    }
    let sending = true;
    const sent = Promise.all(
      Array.from({ length: 24 }, (_, i) => (i % 3 === 2 ? send(other, b, a) : send(i % 3 === 0 ? test : other, a, b))),
    ).finally(() => {
      sending = false;
    });
    const seen: { id: string; seq: number }[] = [];
    let cursor = start;
    for (let last = false; !last; ) {
      last = !sending;
      const page = await list(cursor);
      seen.push(...page.items);
      cursor = page.next;
      if (page.more) last = false;
    }
    const ids = (await sent).filter((_, i) => i % 3 !== 2);
    expect(seen.map(({ id }) => id).sort()).toEqual(ids.sort());
    const first = seen[0]?.seq ?? 0;
    expect(seen.map(({ seq }) => seq)).toEqual(ids.map((_, i) => first + i));
    expect(await verifyAudit(second)).toMatchObject({ ok: true });
    await other.close();
  });

  it('a connection that ends at any statement: the answer says so, and the same again is taken once', async () => {
    const inner = await openPostgres(url, 4);
    let [calls, endAt] = [0, 0];
    /** Ends the connection of a transaction, as an operator or a failover does, before one of its statements. */
    const cut = (tx: Queries): Queries => {
      const before = async () => {
        calls += 1;
        if (calls !== endAt) return;
        const row = await tx.get<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await inner.get('SELECT pg_terminate_backend(?)', row?.pid ?? 0);
      };
      return {
        get: (...call) => before().then(() => tx.get(...call)),
        all: (...call) => before().then(() => tx.all(...call)),
        run: (...call) => before().then(() => tx.run(...call)),
      };
    };
    const database = {
      ...inner,
      transact: <T>(work: (tx: Queries) => Promise<T>) => inner.transact((tx) => work(cut(tx))),
    };
    const other = await testRelay({}, { database: () => database });
    const [a, b] = test.directory.offices.map(({ address }) => address) as [string, string];
    let failures = 0;
    for (let at = 1; ; at++) {
      const { id, header, parts } = fakeMessage(a, b);
      const send = () => other.demo(a, 'PUT', `/v1/mailboxes/${a}/outbox/${id}`, { header, parts });
      [calls, endAt] = [0, at];
      const answer = await send();
      endAt = 0;
      if (calls < at) {
        expect(answer.status).toBe(201);
        break;
      }
      failures += 1;
      expect([500, 503], `statement ${at}`).toContain(answer.status);
      expect(answer.headers.get('Careplan-Retry')).toBe('later');
      expect((await send()).json).toMatchObject({ state: 'available', duplicate: false });
    }
    expect(failures).toBeGreaterThan(10);
    expect(await verifyAudit(inner)).toMatchObject({ ok: true });
    await other.close();
  });

  it('a key that is being revoked adds no other', async () => {
    const { address, signingKey } = test.directory.offices[0] as KnownOffice;
    const newKey = async () => {
      const key = await newPrivateKey();
      return { ...key, alg: 'ES256', kid: await calculateJwkThumbprint(key) } as KnownOffice['signingKey'];
    };
    const put = async (by: KnownOffice['signingKey'], issuedAt: number, key: KnownOffice['signingKey'], more = {}) => {
      const add = { kid: key.kid, use: 'sig', alg: 'ES256', jwk: publicHalf(key) };
      const payload = { address: parseAddress(address), issuedAt, add, ...more };
      const rotation = await sign(by, 'careplan-key-rotation+jws', payload);
      return (await test.demo(address, 'PUT', `/v1/offices/${address}/keys/${key.kid}`, { rotation })).status;
    };
    let issuedAt = Date.now();
    for (let i = 0; i < 3; i++) {
      const stolen = await newKey();
      expect(await put(signingKey, ++issuedAt, stolen)).toBe(201);
      const statuses = await Promise.all([
        put(signingKey, ++issuedAt, await newKey(), { revoke: [stolen.kid] }),
        put(stolen, ++issuedAt, await newKey()),
      ]);
      expect(statuses.sort()).toEqual([201, 403]);
    }
  });

  it.each([
    ['the address', { iss: '0370100105-43\0' }, {}],
    ['the name of the key', {}, { kid: 'k\0' }],
  ])(
    'a token with a NUL in %s is refused as any other, though the database takes no such text',
    async (_, claims, more) => {
      const client = relayClient(ORIGIN, test.directory.offices[0] as KnownOffice, test.fetch);
      const answer = await client.ask('GET', `${client.mailbox}/inbox`, { claims, tokenHeader: more });
      expect(answer.problem).toBe('token-invalid');
    },
  );

  it('nobody waits without end: no connection in time is unavailable, and a statement that does not end is ended', async () => {
    const short = await openPostgres(url, 1, { connectMs: 200, statementMs: 400 });
    const other = await testRelay({}, { database: () => short });
    const { address } = test.directory.offices[0] as KnownOffice;
    const ask = () => other.demo(address, 'GET', `/v1/mailboxes/${address}/inbox`);
    let answer: Told | undefined;
    await short.transact(async () => {
      // The only connection is in use.
      answer = await ask();
      await expect(short.transact(async () => {})).rejects.toMatchObject({ code: '53300' });
    });
    expect([answer?.problem, answer?.headers.get('Careplan-Retry')]).toEqual(['unavailable', 'later']);
    await expect(short.get('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
    expect((await ask()).status).toBe(200);
    await other.close();
  });

  it('a step of the schema may take longer than a statement else', async () => {
    const fresh = await openPostgres(await server.fresh(), 1, { connectMs: 10_000, statementMs: 300 });
    await migrate(fresh, [{ version: 1, statements: () => ['SELECT pg_sleep(0.6)'] }]);
    expect(await versionOf(fresh)).toBe(1);
    await expect(fresh.get('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
    await fresh.close();
  });

  it('what time has made due is done', async () => {
    test.sandbox.clock.offsetMs = 60 * 86_400_000;
    const { closed, purged } = await sweep(test.relay);
    expect([closed > 0, purged > 0]).toEqual([true, true]);
    expect(await test.relay.database.get('SELECT 1 AS one FROM part')).toBeUndefined();
  });
});
