import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeMessage } from '../src/conformance/client.js';
import { type RunningSandbox, startSandbox } from '../src/sandbox/start.js';
import { rawConnection } from './support/raw.js';
import { type TestRelay, testRelay } from './support/sandbox.js';

const MiB = 2 ** 20;

describe('what is too much is refused before it is read', () => {
  let test: TestRelay;
  let path: string;
  let from: string;
  beforeAll(async () => {
    test = await testRelay({ maxParts: 10, maxPartBytes: 70_000, maxMessageBytes: 100_000 });
    from = test.a.office.address;
    path = `${test.a.mailbox}/outbox/${fakeMessage(from, test.b.office.address).id}`;
  });
  afterAll(() => test.close());
  const put = (body: string, headers = {}) =>
    test.a.ask('PUT', path, { body, headers: { 'Content-Type': 'application/json', ...headers } });

  it.each([
    ['a million parts', `{"header":"x","parts":[${'"",'.repeat(1_000_000)}""]}`, 'content-too-large'],
    ['parts as many as fit', `{"header":"x","parts":[${'"",'.repeat(300_000)}""]}`, 'content-too-large'],
    ['JSON of a hundred thousand levels', '['.repeat(100_000), 'bad-request'],
    ['the same, closed', '['.repeat(100_000) + ']'.repeat(100_000), 'bad-request'],
    ['levels in a member', `{"header":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`, 'bad-request'],
    ['ten thousand members', `{${Array.from({ length: 10_000 }, (_, i) => `"k${i}":1`).join()}}`, 'bad-request'],
    ['a member __proto__', '{"header":"x","__proto__":{"parts":["x"]}}', 'bad-request'],
    ['a header of a megabyte', JSON.stringify({ header: 'x'.repeat(MiB - 100) }), 'bad-request'],
    ['bytes that are no UTF-8', '"\xff\xfe"', 'bad-request'],
    ['nothing', '', 'bad-request'],
  ])('%s', async (_, body, slug) => {
    const bytes = Buffer.from(body, 'latin1');
    const answer = await test.a.ask('PUT', path, {
      body: new Uint8Array(bytes),
      headers: { 'Content-Type': 'application/json' },
    });
    expect(answer.problem).toBe(slug);
  });

  it('a header with more parts, longer parts, or more in all than the relay carries', async () => {
    for (const sizes of [Array.from({ length: 11 }, () => 1), [1, 70_001], [50_000, 50_001]]) {
      const { id, header } = fakeMessage(from, test.b.office.address, { sizes });
      const answer = await test.a.ask('PUT', `${test.a.mailbox}/outbox/${id}`, { body: { header } });
      expect([answer.status, answer.problem]).toEqual([413, 'content-too-large']);
    }
  });

  it('a part that says to be longer, or turns out to be', async () => {
    const { id, header } = fakeMessage(from, test.b.office.address);
    await test.a.ask('PUT', `${test.a.mailbox}/outbox/${id}`, { body: { header } });
    const part = `${test.a.mailbox}/outbox/${id}/parts/1`;
    const long = new Uint8Array(70_001);
    expect((await test.a.ask('PUT', part, { body: long })).problem).toBe('content-too-large');
    expect((await test.a.ask('PUT', part, { body: long, headers: { 'Content-Length': '70001' } })).problem).toBe(
      'content-too-large',
    );
  });

  it('a body where none belongs', async () => {
    const answer = await test.a.ask('POST', `${path}/commit`, { body: 'x', headers: { 'Content-Length': '1' } });
    expect(answer.problem).toBe('bad-request');
  });

  it('a digest that is none', async () => {
    expect((await put('{}', { 'Content-Digest': 'md5=:AA==:' })).problem).toBe('bad-request');
  });

  it('a number of a part that is none', async () => {
    for (const n of ['-1', '01', '1e3', '99999999', '0x1']) {
      expect((await test.demo(from, 'PUT', `${path}/parts/${n}`, new Uint8Array(1))).problem).toBe('not-found');
    }
  });
});

describe('too many requests', () => {
  it('of one address are refused with a time to wait, those of others are not', async () => {
    const test = await testRelay({ requestsPerSecond: 1, requestsAtOnce: 5 });
    const ask = (address: string) => test.demo(address, 'GET', `/v1/mailboxes/${address}/inbox`);
    const [a, b] = test.directory.offices.map(({ address }) => address) as [string, string];
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(a)));
    const refused = answers.filter(({ problem }) => problem === 'rate-limited');
    expect(refused.length).toBeGreaterThan(10);
    expect(refused[0]?.headers.get('Retry-After')).toBe('1');
    expect((await ask(b)).status).toBe(200);
    await test.close();
  });

  it('leave nothing on the disk, and one that is repeated takes nothing from what the address may ask', async () => {
    const test = await testRelay({ requestsPerSecond: 0.001, requestsAtOnce: 3 });
    const ask = (given = {}) => test.a.ask('GET', `${test.a.mailbox}/inbox`, given);
    const { token } = await ask();
    for (let i = 0; i < 5; i++) expect((await ask({ token })).problem).toBe('token-replayed');
    const answers = [await ask(), await ask(), await ask(), await ask()].map(({ problem }) => problem);
    expect(answers).toEqual([undefined, undefined, 'rate-limited', 'rate-limited']);
    expect(await test.relay.database.all('SELECT jti FROM replay')).toHaveLength(3);
    await test.close();
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** The bytes that are held on to. */
function held(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('on the wire', () => {
  let folder: string;
  let running: RunningSandbox;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'careplan-relay-wire-'));
    running = await startSandbox({
      folder,
      config: { bodyTimeoutMs: 300 },
      listen: { headersTimeoutMs: 300, requestTimeoutMs: 1500, sweepMs: 0 },
    });
  });
  afterAll(async () => {
    await running.stop(1000);
    await rm(folder, { recursive: true, force: true });
  });
  const head = (path: string, fields: string, method = 'PUT') =>
    `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${running.port}\r\nAuthorization: Demo 0370100105-43\r\n${fields}\r\n`;
  const outbox = () => `/v1/mailboxes/0370100105-43/outbox/${fakeMessage('0370100105-43', '0370100204-11').id}`;
  const slugOf = (text: string) => /urn:careplan:problem:([a-z-]+)/.exec(text)?.[1];

  it.each([
    ['a body that never comes', 'Content-Length: 100\r\n', ''],
    ['a body that stops half-way', 'Content-Length: 100\r\n', '{"header":'],
    ['a chunked body that stops', 'Transfer-Encoding: chunked\r\n', '5\r\n{"hea\r\n'],
  ])('%s is answered 408, and the connection closed', async (_, fields, begun) => {
    const raw = await rawConnection(running.port);
    raw.write(head(outbox(), `Content-Type: application/json\r\n${fields}`) + begun);
    const text = await raw.closed;
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(slugOf(text)).toBe('body-timeout');
  });

  it('a body that comes byte by byte is not waited for longer than one that does not', async () => {
    const raw = await rawConnection(running.port);
    raw.write(head(outbox(), 'Content-Type: application/json\r\nContent-Length: 100000\r\n'));
    const drip = setInterval(() => raw.write(' '), 20);
    const text = await raw.closed;
    clearInterval(drip);
    expect(slugOf(text)).toBe('body-timeout');
  });

  it('a head that never ends is answered 408', async () => {
    const raw = await rawConnection(running.port);
    raw.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    const text = await raw.closed;
    expect([/^HTTP\/1\.1 408 /.test(text), slugOf(text)]).toEqual([true, 'body-timeout']);
  });

  it('a head that is too long is answered 431, what is no HTTP 400, both as problems', async () => {
    const long = await rawConnection(running.port);
    long.write(head('/healthz', `X-Long: ${'x'.repeat(20_000)}\r\n`, 'GET'));
    const text = await long.closed;
    expect([/^HTTP\/1\.1 431 /.test(text), slugOf(text)]).toEqual([true, 'fields-too-large']);
    const none = await rawConnection(running.port);
    none.write('\x16\x03\x01 this is no HTTP\r\n\r\n');
    const other = await none.closed;
    expect([/^HTTP\/1\.1 400 /.test(other), slugOf(other)]).toEqual([true, 'bad-request']);
  });

  it('what is too long by its own word is answered 413 before it comes', async () => {
    const raw = await rawConnection(running.port);
    raw.write(head(outbox(), `Content-Type: application/json\r\nContent-Length: ${10 * MiB}\r\n`));
    expect(slugOf(await raw.until(/"retryable":false/))).toBe('content-too-large');
    raw.socket.destroy();
  });

  it('the memory does not grow with what is refused', async () => {
    const origin = `http://127.0.0.1:${running.port}`;
    const headers = { 'Authorization': 'Demo 0370100105-43', 'Content-Type': 'application/json' };
    const body = `{"header":"x","parts":[${'"",'.repeat(340_000)}""]}`;
    const ask = async () => (await fetch(origin + outbox(), { method: 'PUT', headers, body })).status;
    for (let i = 0; i < 4; i++) expect(await ask()).toBe(413);
    // What would be kept of requests would be kept in every round; what else this process does, in one or the other.
    const rounds: number[] = [];
    for (let round = 0; round < 4; round++) {
      const before = held();
      for (let i = 0; i < 12; i++) await ask();
      rounds.push((held() - before) / MiB);
    }
    // The text of each is 1 MiB; what it says, as objects, is more.
    expect(Math.min(...rounds)).toBeLessThan(6);
  });

  it('a fault that drops the connection gives no answer, and what was done before it stays done', async () => {
    const origin = `http://127.0.0.1:${running.port}`;
    const headers = { 'Content-Type': 'application/json' };
    const fault = JSON.stringify({ operation: 'declare', when: 'after', action: 'drop' });
    await fetch(`${origin}/sandbox/v1/faults`, { method: 'POST', headers, body: fault });
    const { id, header, parts } = fakeMessage('0370100105-43', '0370100204-11');
    const send = () =>
      fetch(`${origin}/v1/mailboxes/0370100105-43/outbox/${id}`, {
        method: 'PUT',
        headers: { ...headers, Authorization: 'Demo 0370100105-43' },
        body: JSON.stringify({ header, parts }),
      });
    await expect(send()).rejects.toThrow();
    expect(await (await send()).json()).toMatchObject({ id, duplicate: true });
  });
});
