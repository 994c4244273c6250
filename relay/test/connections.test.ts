import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeMessage, told } from '../src/conformance/client.js';
import type { RelayConfig } from '../src/core/config.js';
import { openRelay } from '../src/core/open.js';
import { newDemoDirectory } from '../src/sandbox/offices.js';
import { enterOffices, sandboxOf } from '../src/sandbox/sandbox.js';
import { type ListenOptions, listen, type RunningRelay } from '../src/server.js';
import { type Blobs, folderBlobs } from '../src/store/blobs.js';
import { rawConnection } from './support/raw.js';

const FROM = '0370100105-43';
const TO = '0370100204-11';
const PATIENCE_MS = 20_000;

let folder: string;
let running: RunningRelay | undefined;
let read: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careplan-relay-connections-'));
  read = 0;
});
afterEach(async () => {
  await running?.stop(0);
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** A sandbox that counts what it reads of blobs. */
async function start(config: Partial<RelayConfig> = {}, options: ListenOptions = {}) {
  const directory = await newDemoDirectory(Date.now());
  const sandbox = sandboxOf(directory);
  const files = folderBlobs(join(folder, 'blobs'));
  const blobs: Blobs = {
    ...files,
    async read(key, start, end) {
      read += end - start;
      return files.read(key, start, end);
    },
  };
  const relay = await openRelay({ folder, blobs, config: { requestsPerSecond: 0, ...config } });
  await enterOffices(relay, directory);
  running = await listen(relay, { sandbox, sweepMs: 0, ...options });
  const origin = `http://127.0.0.1:${running.port}`;
  /** Asks as the sender, without a token. */
  const ask = async (method: string, path: string, body?: object | string) => {
    const type = typeof body === 'string' ? 'application/octet-stream' : 'application/json';
    const headers = { Authorization: `Demo ${FROM}`, ...(body ? { 'Content-Type': type } : {}) };
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    return told(await fetch(origin + path, { method, headers, ...(text === undefined ? {} : { body: text }) }));
  };
  return { relay, running, origin, ask };
}

const slugOf = (text: string) => /urn:careplan:problem:([a-z-]+)/.exec(text)?.[1];
const put = (port: number, path: string, length: number) =>
  `PUT ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Demo ${FROM}\r\n` +
  `Content-Type: application/json\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`;
const outboxOf = (id: string) => `/v1/mailboxes/${FROM}/outbox/${id}`;

/** Whether something ends while one waits for it with patience. */
async function ends(work: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

describe('a shutdown', () => {
  it('waits for the work of a client that has gone, and closes the store only then', async () => {
    const { running: server, relay } = await start();
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let began = () => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const order: string[] = [];
    const { transact } = relay.database;
    Object.assign(relay.database, {
      transact: async (...call: Parameters<typeof transact>) => {
        began();
        await held;
        return transact(...call).finally(() => order.push('done'));
      },
    });
    const { close } = relay;
    Object.assign(relay, {
      close: () => {
        order.push('closed');
        return close();
      },
    });
    const { id, header, parts } = fakeMessage(FROM, TO);
    const body = JSON.stringify({ header, parts });
    const raw = await rawConnection(server.port);
    raw.write(put(server.port, outboxOf(id), body.length) + body);
    await begun;
    raw.socket.destroy();
    const stopped = server.stop(1);
    // Long enough for a shutdown that does not wait.
    setTimeout(finish, 100);
    await stopped;
    expect(order).toEqual(['done', 'closed']);
    const again = await openRelay({ folder });
    expect(await again.database.all('SELECT id, state FROM message')).toEqual([{ id, state: 'available' }]);
    await again.close();
  });

  it('ends also a connection that never began with TLS, and one that says nothing', async () => {
    const pem = (name: string) => readFileSync(fileURLToPath(new URL(`fixtures/tls/${name}`, import.meta.url)), 'utf8');
    const { running: server } = await start({}, { tls: { cert: pem('server.pem'), key: pem('server.key') } });
    const silent = connect(server.port, '127.0.0.1').on('error', () => {});
    await once(silent, 'connect');
    expect(await ends(server.stop(100))).toBe(true);
    silent.destroy();
  });
});

describe('a connection', () => {
  /** A client that never closes its side. */
  async function stubborn(port: number): Promise<Socket> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }

  it('whose request did not come in time ends, though the client keeps its side open', async () => {
    const { running: server } = await start({}, { headersTimeoutMs: 200, requestTimeoutMs: 400 });
    const socket = await stubborn(server.port);
    socket.write('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
    });
    await once(socket, 'end');
    expect(slugOf(text)).toBe('body-timeout');
    // Were it still there, this would take a minute.
    expect(await ends(server.stop(60_000))).toBe(true);
    socket.destroy();
  });

  it('on which nothing moves ends, and what was asked on it takes no memory meanwhile', async () => {
    const MIB = 2 ** 20;
    const { running: server, ask, origin } = await start({}, { idleTimeoutMs: 500 });
    const { id, header, parts } = fakeMessage(FROM, TO, { sizes: [200, 8 * MIB] });
    await ask('PUT', outboxOf(id), { header });
    for (const [n, part] of parts.entries()) {
      expect((await ask('PUT', `${outboxOf(id)}/parts/${n}`, part)).status).toBe(201);
    }
    expect((await ask('POST', `${outboxOf(id)}/commit`)).status).toBe(200);
    const whole = await fetch(`${origin}/v1/mailboxes/${TO}/inbox/${id}/parts/1`, {
      headers: { Authorization: `Demo ${TO}` },
    });
    expect(whole.headers.get('Content-Length')).toBe(String(8 * MIB));
    expect(Buffer.from(await whole.arrayBuffer()).toString('latin1') === parts[1]).toBe(true);
    read = 0;
    const socket = connect(server.port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    // It asks, and takes nothing of the answer.
    socket.pause();
    socket.write(
      `GET /v1/mailboxes/${TO}/inbox/${id}/parts/1 HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Demo ${TO}\r\n\r\n`,
    );
    let came = 0;
    await once(socket, 'readable');
    // Were it not ended by its idleness, this would take a minute.
    expect(await ends(server.stop(60_000))).toBe(true);
    // What lay in the buffers of the system, and no more.
    socket.on('data', (chunk) => {
      came += chunk.length;
    });
    socket.resume();
    await once(socket, 'close');
    expect(came).toBeGreaterThan(0);
    expect(came).toBeLessThan(8 * MIB);
    // Read from the disk is what went out, and a piece that waits.
    expect(read).toBeLessThan(came + 4 * 64 * 1024);
  });
});

describe('a body', () => {
  it('that comes slowly but steadily is taken, one that comes more slowly is not', async () => {
    const { running: server } = await start({ bodyTimeoutMs: 300, bodyBytesPerSecond: 2000 });
    const { id, header, parts } = fakeMessage(FROM, TO, { sizes: [200, 3000] });
    const body = JSON.stringify({ header, parts });
    const send = async (pieceBytes: number): Promise<string> => {
      const raw = await rawConnection(server.port);
      raw.write(put(server.port, outboxOf(id), body.length));
      await raw.until(/100 Continue/);
      let at = 0;
      const drip = setInterval(() => {
        raw.write(body.slice(at, at + pieceBytes));
        at += pieceBytes;
      }, 50);
      const text = await Promise.race([raw.closed, raw.until(/\r\n\r\n\{.*\}$/s)]);
      clearInterval(drip);
      raw.socket.destroy();
      return text;
    };
    expect(slugOf(await send(10))).toBe('body-timeout');
    // 10,000 bytes a second: longer in all than the 300 ms.
    expect(await send(500)).toMatch(/\nHTTP\/1\.1 201 /);
  });

  it('for which there is no room is refused, and whoever comes later finds room again', async () => {
    const { running: server, ask } = await start({ bodyRoomBytes: 40_000 });
    const { id, header, parts } = fakeMessage(FROM, TO, { sizes: [200, 6000] });
    const body = JSON.stringify({ header, parts });
    const raw = await rawConnection(server.port);
    raw.write(put(server.port, outboxOf(id), body.length));
    await raw.until(/100 Continue/);
    raw.write(body.slice(0, 6000));
    // Of an address a quarter: 10,000 bytes.
    const second = fakeMessage(FROM, TO, { sizes: [200, 6000] });
    const again = () => ask('PUT', outboxOf(second.id), { header: second.header, parts: second.parts });
    let answer = await again();
    // What was written may not have been read yet.
    for (let i = 0; i < 200 && answer.status < 300; i++) answer = await again();
    expect([answer.status, answer.problem, answer.headers.get('Retry-After')]).toEqual([503, 'unavailable', '2']);
    raw.write(body.slice(6000));
    expect(await raw.until(/"duplicate":false/)).toMatch(/\nHTTP\/1\.1 201 /);
    expect([200, 201]).toContain((await again()).status);
    raw.socket.destroy();
  });
});

describe('what is no request of this protocol', () => {
  it.each([
    ['without Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, 'bad-request'],
    ['with an empty Host', 'GET /healthz HTTP/1.1\r\nHost: \r\n\r\n', 400, 'bad-request'],
    ['with a Host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b/c\r\n\r\n', 400, 'bad-request'],
    ['of HTTP/1.0 without Host', 'GET /healthz HTTP/1.0\r\n\r\n', 400, 'bad-request'],
    ['about no path', 'OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 400, 'bad-request'],
    ['with a backslash', 'GET /v1\\time HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 400, 'bad-request'],
    ['that expects something', 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: foo\r\n\r\n', 400, 'bad-request'],
    ['for a tunnel', 'CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n', 405, 'method-not-allowed'],
  ])('%s is answered by a problem, and the connection ends', async (_, text, status, slug) => {
    const { running: server } = await start();
    const raw = await rawConnection(server.port);
    raw.write(text);
    const answer = await raw.closed;
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect([slugOf(answer), /application\/problem\+json/.test(answer)]).toEqual([slug, true]);
  });

  it('is not answered before what was asked before it', async () => {
    const { running: server } = await start();
    const raw = await rawConnection(server.port);
    const time = `GET /v1/time HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`;
    raw.write(`${time}${time}this is no HTTP\r\n\r\n`);
    expect(await raw.closed).not.toMatch(/^HTTP\/1\.1 400/);
  });
});
