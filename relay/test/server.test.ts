import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeMessage, relayClient } from '../src/conformance/client.js';
import { type RunningSandbox, startSandbox } from '../src/sandbox/start.js';
import { startProcess, temporaryFolder } from './support/process.js';
import { rawConnection } from './support/raw.js';

let folder: string;
let running: RunningSandbox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careplan-relay-server-'));
  running = await startSandbox({ folder, listen: { sweepMs: 0 } });
});
afterEach(async () => {
  await running.stop(1000);
  await rm(folder, { recursive: true, force: true });
});
const clients = () => {
  const [a, b] = running.offices;
  if (!a || !b) throw new Error('no offices');
  return [relayClient(running.origin, a), relayClient(running.origin, b)] as const;
};
/** Until something is so. */
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};
const send = async (given = {}) => {
  const [a, b] = clients();
  const { id, header, parts } = fakeMessage(a.office.address, b.office.address, given);
  return { id, answer: await a.ask('PUT', `${a.mailbox}/outbox/${id}`, { body: { header, parts } }) };
};

describe('who waits', () => {
  it('is answered by what comes, all of them, long before their time', async () => {
    const [, b] = clients();
    const waiting = Array.from({ length: 5 }, () => b.ask('GET', `${b.mailbox}/inbox?wait=25`));
    await until(() => running.relay.waiters.count === 5);
    const { id } = await send();
    for (const { json } of await Promise.all(waiting)) expect(json.items[0].id).toBe(id);
    expect(running.relay.waiters.count).toBe(0);
  });

  it('in another mailbox goes on waiting, and is answered empty in the end', async () => {
    const [a] = clients();
    const waiting = a.ask('GET', `${a.mailbox}/inbox?wait=1`);
    await until(() => running.relay.waiters.count === 1);
    await send();
    const { status, json } = await waiting;
    expect([status, json.items, json.more]).toEqual([200, [], false]);
  });

  it('and goes away is forgotten', async () => {
    const [, b] = clients();
    const gone = new AbortController();
    const waiting = b.ask('GET', `${b.mailbox}/inbox?wait=25`, { signal: gone.signal });
    await until(() => running.relay.waiters.count === 1);
    gone.abort();
    await expect(waiting).rejects.toThrow();
    await until(() => running.relay.waiters.count === 0);
  });
});

describe('a shutdown', () => {
  it('lets go of who waits, finishes what is under way, and refuses what comes after', async () => {
    const [a, b] = clients();
    const waiting = b.ask('GET', `${b.mailbox}/inbox?wait=25`);
    await until(() => running.relay.waiters.count === 1);
    // An upload of which half has come.
    const { id, header, parts } = fakeMessage(a.office.address, b.office.address);
    const body = JSON.stringify({ header, parts });
    const raw = await rawConnection(running.port);
    const upload = (text: string) =>
      `PUT ${a.mailbox}/outbox/${id} HTTP/1.1\r\nHost: 127.0.0.1:${running.port}\r\nAuthorization: Demo ${a.office.address}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${text.length}\r\nExpect: 100-continue\r\n\r\n`;
    raw.write(upload(body) + body.slice(0, 100));
    // The server says so when it has begun with the request.
    await raw.until(/100 Continue/);
    const stopped = running.stop(5000);
    expect((await waiting).json.items).toEqual([]);
    raw.write(body.slice(100));
    expect(await raw.until(/"duplicate":false/)).toMatch(/\nHTTP\/1\.1 201 /);
    await stopped;
    await expect(fetch(`${running.origin}/healthz`)).rejects.toThrow();
  });

  it('does not wait for ever for what does not end', async () => {
    const [a, b] = clients();
    const raw = await rawConnection(running.port);
    const { id } = fakeMessage(a.office.address, b.office.address);
    raw.write(
      `PUT ${a.mailbox}/outbox/${id} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Demo ${a.office.address}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n{',
    );
    await raw.until(/100 Continue/);
    const started = performance.now();
    await running.stop(300);
    expect(performance.now() - started).toBeLessThan(5000);
    await raw.closed;
  });

  it('of the process by SIGTERM ends with code 0', async () => {
    const at = await temporaryFolder();
    const { child, origin, exited, output } = await startProcess(at, ['--port', '0', '--log']);
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(output.stderr).toContain('"event":"stopping"');
    await rm(at, { recursive: true, force: true });
  });
});

describe('the inbox', () => {
  it('under two who commit at once and one who reads has no gap and no repeat, and only grows', async () => {
    const [a, b] = clients();
    // The second committer is another relay over the same folder.
    const other = await startSandbox({ folder, config: { origin: running.origin } });
    const viaOther = relayClient(running.origin, a.office, (request) => {
      const url = new URL(request.url);
      url.port = String(other.port);
      return fetch(new Request(url, request));
    });
    const COUNT = 25;
    const commit = async (client: typeof a) => {
      for (let i = 0; i < COUNT; i++) {
        const { id, header, parts } = fakeMessage(a.office.address, b.office.address);
        const answer = await client.ask('PUT', `${a.mailbox}/outbox/${id}`, { body: { header, parts } });
        expect(answer.status).toBe(201);
      }
    };
    let committing = true;
    const committed = Promise.all([commit(a), commit(viaOther)]).finally(() => {
      committing = false;
    });
    const seen: number[] = [];
    let cursor = 'i0';
    for (let last = false; !last; ) {
      last = !committing;
      const { json } = await b.ask('GET', `${b.mailbox}/inbox?cursor=${cursor}&limit=3`);
      seen.push(...json.items.map(({ seq }: { seq: number }) => seq));
      cursor = json.next;
      if (json.more) last = false;
    }
    await committed;
    expect(seen).toEqual(Array.from({ length: 2 * COUNT }, (_, i) => i + 1));
    await other.stop(1000);
  });
});
