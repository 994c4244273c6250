import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeMessage, told } from '../src/conformance/client.js';
import { relayApp } from '../src/http/app.js';
import { isLoopback } from '../src/http/loopback.js';
import { reset } from '../src/sandbox/sandbox.js';
import { SandboxRefused, startSandbox } from '../src/sandbox/start.js';
import { ORIGIN, type TestRelay, testRelay } from './support/sandbox.js';

const DAY = 86_400_000;
let test: TestRelay;
beforeAll(async () => {
  test = await testRelay();
});
afterAll(() => test.close());
beforeEach(() => reset(test.relay, test.sandbox));

const sandbox = async (method: string, path: string, body?: object) => {
  const headers = body ? { 'Content-Type': 'application/json' } : {};
  const init = body ? { method, headers, body: JSON.stringify(body) } : { method, headers };
  return told(await test.fetch(new Request(`${ORIGIN}/sandbox/v1/${path}`, init)));
};
const send = async () => {
  const { a, b } = test;
  const { id, header, parts } = fakeMessage(a.office.address, b.office.address, { expiresAt: Date.now() + DAY });
  return { id, answer: await test.demo(a.office.address, 'PUT', `${a.mailbox}/outbox/${id}`, { header, parts }) };
};

describe('the clock of a sandbox', () => {
  it('moves the time of messages; what is due is done when it is set', async () => {
    const { id } = await send();
    const { json } = await sandbox('PUT', 'clock', { offsetMs: 2 * DAY });
    expect(json.offsetMs).toBe(2 * DAY);
    expect((await sandbox('GET', 'clock')).json.now).toBeGreaterThan(Date.now() + DAY);
    expect((await sandbox('GET', 'snapshot')).json.messages).toMatchObject([{ id, state: 'expired' }]);
    expect((await test.a.ask('GET', `${test.a.mailbox}/outbox/${id}`)).json.state).toBe('expired');
  });

  it('moves the time of tokens only where that is asked for', async () => {
    await sandbox('PUT', 'clock', { offsetMs: 7_200_000, tokens: true });
    const answer = await test.a.ask('GET', `${test.a.mailbox}/inbox`);
    expect(answer.problem).toBe('clock-skew');
    const date = Date.parse(answer.headers.get('Date') ?? '') / 1000;
    const claims = { iat: date, exp: date + 60 };
    expect((await test.a.ask('GET', `${test.a.mailbox}/inbox`, { claims })).status).toBe(200);
  });
});

describe('a fault', () => {
  it('before the work leaves nothing done, after the work it takes the answer only', async () => {
    await sandbox('POST', 'faults', { operation: 'declare', when: 'before', action: 'problem', status: 503 });
    expect((await send()).answer.problem).toBe('unavailable');
    expect((await sandbox('GET', 'snapshot')).json.messages).toEqual([]);
    await sandbox('POST', 'faults', { operation: 'declare', when: 'after', action: 'html', times: 2 });
    for (const n of [1, 2]) {
      const { answer } = await send();
      expect([answer.status, answer.headers.get('Content-Type')]).toEqual([502, 'text/html']);
      expect((await sandbox('GET', 'snapshot')).json.messages).toHaveLength(n);
    }
    expect((await send()).answer.status).toBe(201);
  });

  it.each([
    [429, 'rate-limited'],
    [500, 'internal'],
    [503, 'unavailable'],
  ])('of status %d is a problem', async (status, slug) => {
    await sandbox('POST', 'faults', { when: 'before', action: 'problem', status });
    const { answer } = await send();
    expect([answer.problem, answer.headers.get('Retry-After')]).toEqual([slug, '1']);
  });

  it('waits for its operation, and can be taken back', async () => {
    await sandbox('POST', 'faults', { operation: 'commit', when: 'before', action: 'problem' });
    expect((await send()).answer.status).toBe(201);
    await sandbox('DELETE', 'faults');
    expect((await test.a.ask('POST', `${test.a.mailbox}/outbox/${(await send()).id}/commit`)).status).toBe(200);
  });

  it('that delays answers late and right', async () => {
    await sandbox('POST', 'faults', { when: 'before', action: 'delay', delayMs: 60 });
    const started = performance.now();
    expect((await send()).answer.status).toBe(201);
    expect(performance.now() - started).toBeGreaterThanOrEqual(59);
  });
});

describe('a reset', () => {
  it('takes all messages away, and gives offices and keys as at the start', async () => {
    await send();
    const { answer } = await send();
    expect(answer.status).toBe(201);
    await sandbox('POST', 'reset', {});
    const { json } = await sandbox('GET', 'snapshot');
    expect(json.messages).toEqual([]);
    expect(json.mailboxes).toEqual(
      test.directory.offices.map(({ address }) => ({ address, waiting: 0, bytes: 0, lastSeq: 0 })),
    );
    expect((await test.a.ask('GET', `/v1/offices/${test.b.office.address}`)).json.entry).toBe(
      test.directory.offices[1]?.entry,
    );
  });
});

describe('a sandbox', () => {
  it('is no part of a relay that is none: no Demo, no /sandbox', async () => {
    const app = relayApp(test.relay);
    const ask = async (path: string, headers = {}) => told(await app.fetch(new Request(ORIGIN + path, { headers })));
    expect((await ask('/sandbox/v1/snapshot')).problem).toBe('not-found');
    const demo = { Authorization: `Demo ${test.a.office.address}` };
    expect((await ask(`${test.a.mailbox}/inbox`, demo)).problem).toBe('token-missing');
    expect((await ask('/v1/relay')).json.sandbox).toBe(false);
  });

  it('is reached under the names of this machine only: a name of elsewhere that leads here finds nothing', async () => {
    for (const [host, status] of [
      ['127.0.0.1', 200],
      ['localhost:8787', 200],
      ['[::1]:8787', 200],
      ['relay.example.jp', 404],
      ['127.0.0.1.example.jp', 404],
    ] as const) {
      expect((await test.app.fetch(new Request(`http://${host}/sandbox/v1/snapshot`))).status, host).toBe(status);
    }
  });

  it('takes no form of a page of elsewhere: what changes something is JSON', async () => {
    const form = new Request(`${ORIGIN}/sandbox/v1/reset`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    expect((await test.app.fetch(form)).status).toBe(415);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'relay.example.jp'])('does not listen on %s', async (host) => {
    const folder = join(tmpdir(), 'careplan-relay-never');
    await expect(startSandbox({ folder, host })).rejects.toBeInstanceOf(SandboxRefused);
    await rm(folder, { recursive: true, force: true });
  });

  it('knows its own machine by any of its names', () => {
    for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]']) expect(isLoopback(host)).toBe(true);
    for (const host of ['128.0.0.1', '127.0.0.1.x', 'xlocalhost', '::', '']) expect(isLoopback(host)).toBe(false);
  });
});
