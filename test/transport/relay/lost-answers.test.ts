import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningSandbox } from '../../../relay/src/index.js';
import {
  messageId,
  type OutboundMessage,
  partOf,
  type Transport,
  type TransportError,
  type TransportProgress,
  transportClient,
} from '../../../src/transport/index.js';
import { SEALED } from '../../../src/transport/message.js';
import { formatHeader } from '../../../src/transport/routing-header.js';
import { type Cut, type CuttingProxy, cuttingProxy } from '../../support/cutting-proxy.js';
import { options } from '../../support/raw-relay.js';
import { officeOf, sandbox } from '../../support/relay-harness.js';

const MIB = 2 ** 20;
let proxy: CuttingProxy;
let running: RunningSandbox;
let road: Transport;
let receiver: Transport;
let make: (...parts: (number | Uint8Array)[]) => Promise<OutboundMessage>;
beforeAll(async () => {
  proxy = await cuttingProxy();
  running = await sandbox({ origin: `http://127.0.0.1:${proxy.port}` });
  proxy.target = running.port;
  const [a, b] = [await officeOf(running, 0), await officeOf(running, 1)];
  [road, receiver] = [a.connect(), b.connect()];
  let made = 0;
  // To the relay the parts of a sealed message are bytes.
  make = async (...wishes) => {
    const [id, createdAt] = [messageId(), Date.now()];
    const bodies = wishes.map((wish) =>
      typeof wish === 'number' ? Buffer.from(randomBytes(wish / 2).toString('hex')) : wish,
    );
    const parts = await Promise.all(
      bodies.map((bytes, n) =>
        partOf({ name: n === 0 ? '0.json' : `${n}.jwe`, kind: SEALED, mediaType: 'application/jose', bytes }),
      ),
    );
    const serial = String(20261125100000 + made++);
    const routing = { id, from: a.address, to: b.address, serial, standard: '4.1' as const, kinds: ['UPPLAN'] };
    const header = formatHeader({
      ...{ v: 1, ...routing, createdAt, expiresAt: createdAt + 86_400_000 },
      parts: parts.map(({ size, sha256 }, n) => ({ n, size, sha256 })),
    });
    return { ...routing, parts, header };
  };
  // What the road asks for once: the keys of the relay.
  await road.send(await make(2, 2), options());
});
afterAll(async () => {
  await Promise.all([road.close(), receiver.close()]);
  await proxy.close();
  await running.stop(0);
});
beforeEach(() => void proxy.requests.splice(0));

/** The messages of this id that the receiver has. */
const arrived = async (id: string): Promise<number> => {
  let found = 0;
  for await (const entry of transportClient(receiver).list()) found += entry.id === id ? 1 : 0;
  return found;
};

const short = () => proxy.requests.map((request) => request.replace(/\/v1\/.*\/outbox\/[0-9a-f-]{36}/, ''));
const LARGE = [2, 700_000, 700_000] as const;

describe('an answer that is lost after the work was done', () => {
  it.each([
    ['the only request', [2, 600], /^PUT \S+$/],
    ['the declaration', LARGE, /^PUT \S+\/outbox\/[0-9a-f-]+$/],
    ...LARGE.map((_, n) => [`part ${n}`, LARGE, new RegExp(`^PUT \\S+/parts/${n}$`)] as const),
    ['the commit', LARGE, /^POST \S+\/commit$/],
  ] as const)(
    'of %s: sent again it is one message, with the receipt that was made then',
    async (what, sizes, request) => {
      const message = await make(...sizes);
      proxy.cut('after', request);
      const error = await road.send(message, options()).catch((thrown: TransportError) => thrown);
      expect(error).toMatchObject({ code: 'network.reset', outcome: 'unknown', retry: 'backoff' });
      expect(proxy.isDone()).toBe(true);
      const wasCommitted = what === 'the only request' || what === 'the commit';
      const then = await road.lookup(message, options());
      expect(then?.state).toBe(wasCommitted ? 'available' : undefined);
      const again = await road.send(message, options());
      expect(again).toMatchObject({ state: 'accepted', duplicate: wasCommitted });
      if (then) expect(again).toMatchObject({ receipt: then.receipt });
      expect(await road.send(message, options())).toEqual({ ...again, duplicate: true });
      expect(await arrived(message.id)).toBe(1);
    },
  );

  it('the client sends again of itself, and tells one receipt', async () => {
    const message = await make(2, 600);
    proxy.cut('after', /^PUT/);
    const { result, attempts } = await transportClient(road, { retry: { baseMs: 1 } }).send(message);
    expect({ result, attempts }).toMatchObject({ result: { state: 'accepted', duplicate: true }, attempts: 2 });
    expect(await arrived(message.id)).toBe(1);
  });
});

describe('a message above 1 MiB', () => {
  it('as JSON goes part by part, also where its bytes are fewer', async () => {
    const message = await make(Buffer.alloc(600_000, '"'), 600);
    expect(await road.send(message, options())).toMatchObject({ state: 'accepted', duplicate: false });
    expect(short()).toEqual(['PUT ', 'PUT /parts/0', 'PUT /parts/1', 'POST /commit']);
    expect(await arrived(message.id)).toBe(1);
  });

  it('begins one byte beyond it: what is just 1 MiB of JSON is one request', async () => {
    const sized = (size: number) => make(2, Buffer.alloc(size, 'a'));
    const lengthOf = async (size: number) => {
      const { header, parts } = await sized(size);
      return JSON.stringify({ header, parts: ['ab', 'a'.repeat(parts[1]?.size ?? 0)] }).length;
    };
    const size = 1_040_000 + MIB - (await lengthOf(1_040_000));
    for (const [more, requests] of [
      [0, ['PUT ']],
      [1, ['PUT ', 'PUT /parts/0', 'PUT /parts/1', 'POST /commit']],
    ] as const) {
      const message = await sized(size + more);
      proxy.requests.splice(0);
      expect(await road.send(message, options())).toMatchObject({ state: 'accepted', duplicate: false });
      expect(short()).toEqual(requests);
    }
  });

  it.each([
    ['before', 1, ['PUT /parts/1', 'PUT /parts/2']],
    ['after', 1, ['PUT /parts/2']],
    ['before', 2, ['PUT /parts/2']],
    ['after', 2, []],
  ] as [Cut, number, string[]][])(
    'cut %s part %i was there: only what is missing is sent again',
    async (when, n, rest) => {
      const message = await make(...LARGE);
      proxy.cut(when, new RegExp(`/parts/${n}$`));
      await expect(road.send(message, options())).rejects.toMatchObject({ code: 'network.reset' });
      proxy.requests.splice(0);
      expect(await road.send(message, options())).toMatchObject({ state: 'accepted', duplicate: false });
      expect(short()).toEqual(['PUT ', ...rest, 'POST /commit']);
      expect(await arrived(message.id)).toBe(1);
    },
  );

  it('of 12 MiB arrives as it was sent; progress rises and ends at the total', async () => {
    const message = await make(2, 6 * MIB, 6 * MIB);
    const told: TransportProgress[] = [];
    proxy.cut('before', /\/parts\/2$/);
    await expect(road.send(message, options())).rejects.toMatchObject({ code: 'network.reset' });
    await road.send(message, { ...options(), onProgress: (progress) => told.push(progress) });
    const total = 12 * MIB + 2;
    expect(told.at(-1)).toMatchObject({ phase: 'upload', bytes: total, total });
    expect(told.length).toBeGreaterThan(10);
    expect(told.every(({ bytes }, i) => i === 0 || bytes > (told[i - 1]?.bytes ?? 0))).toBe(true);
    // `fetch` proves each part by its SHA-256.
    const { files } = await transportClient(receiver).fetch({ id: message.id });
    expect(files.map(({ bytes }) => bytes.length)).toEqual([2, 6 * MIB, 6 * MIB]);
  });
});

describe('an answer that is lost, of the receiver', () => {
  /** A message that has arrived. */
  const sent = async () => {
    const message = await make(2, 600);
    await road.send(message, options());
    proxy.requests.splice(0);
    return message;
  };
  const LOST = { code: 'network.reset', outcome: 'unknown', retry: 'backoff' };

  it.each(['before', 'after'] as Cut[])('%s the message was given: asked again it is the same', async (when) => {
    const message = await sent();
    proxy.cut(when, /^GET \S+\/inbox\/[0-9a-f-]+$/);
    await expect(receiver.fetch(message, options())).rejects.toMatchObject(LOST);
    expect(proxy.isDone()).toBe(true);
    const state = (await road.lookup(message, options()))?.state;
    expect(state).toBe(when === 'before' ? 'available' : 'fetched');
    const { files } = await transportClient(receiver).fetch(message);
    expect(files.map(({ bytes }) => bytes.length)).toEqual([2, 600]);
  });

  it.each(['before', 'after'] as Cut[])('%s a part was given: the client fetches it again, whole', async (when) => {
    const message = await sent();
    proxy.cut(when, /\/parts\/1$/);
    const { files } = await transportClient(receiver, { retry: { baseMs: 1 } }).fetch(message);
    expect(proxy.isDone()).toBe(true);
    expect(files.map(({ bytes }) => bytes.length)).toEqual([2, 600]);
    expect(proxy.requests.filter((request) => request.endsWith('/parts/1'))).toHaveLength(2);
  });

  it.each([
    ['before', 'delivered'],
    ['after', 'delivered'],
    ['before', 'rejected'],
    ['after', 'rejected'],
  ] as const)('%s a receipt (%s) was kept: said again it is one', async (when, kind) => {
    const message = await sent();
    const receipt = kind === 'rejected' ? { kind, reasons: ['business.unreadable'] } : { kind };
    proxy.cut(when, new RegExp(`^PUT \\S+/receipts/${kind}$`));
    await expect(receiver.acknowledge(message, receipt, options())).rejects.toMatchObject(LOST);
    expect(proxy.isDone()).toBe(true);
    expect((await road.lookup(message, options()))?.state).toBe(when === 'after' ? kind : 'available');
    await receiver.acknowledge(message, receipt, options());
    await receiver.acknowledge(message, receipt, options());
    expect((await road.lookup(message, options()))?.state).toBe(kind);
    expect(await arrived(message.id)).toBe(0);
  });

  it.each(['before', 'after'] as Cut[])('%s the client says a receipt again of itself', async (when) => {
    const message = await sent();
    proxy.cut(when, /^PUT \S+\/receipts\/read$/);
    await transportClient(receiver, { retry: { baseMs: 1 } }).acknowledge(message, { kind: 'read' });
    expect(proxy.requests.filter((request) => request.endsWith('/receipts/read'))).toHaveLength(2);
    expect((await road.lookup(message, options()))?.state).toBe('read');
  });
});

describe('an answer that is lost, of the sender who', () => {
  it.each(['before', 'after'] as Cut[])(
    'takes a message back (%s): asked again it is taken back, and stays so',
    async (when) => {
      const message = await make(2, 600);
      await road.send(message, options());
      proxy.cut(when, /^DELETE /);
      const lost = { code: 'network.reset', outcome: 'unknown', retry: 'backoff' };
      await expect(road.recall?.(message, options())).rejects.toMatchObject(lost);
      expect((await road.lookup(message, options()))?.state).toBe(when === 'after' ? 'recalled' : 'available');
      expect(await transportClient(road).recall(message)).toBe('recalled');
      expect(await arrived(message.id)).toBe(0);
      await expect(receiver.fetch(message, options())).rejects.toMatchObject({ code: 'gone.recalled' });
    },
  );

  it('takes a message back that is fetched before he asks again is told that it is too late', async () => {
    const message = await make(2, 600);
    await road.send(message, options());
    proxy.cut('before', /^DELETE /);
    await expect(road.recall?.(message, options())).rejects.toMatchObject({
      code: 'network.reset',
      outcome: 'unknown',
    });
    await receiver.fetch(message, options());
    expect(await road.recall?.(message, options())).toBe('too-late');
  });

  it.each(['before', 'after'] as Cut[])('lists what was sent (%s): asked again it is the same list', async (when) => {
    const page = await road.listSent?.({ limit: 3 }, options());
    proxy.cut(when, /^GET \S+\/outbox\?/);
    const lost = { code: 'network.reset', outcome: 'unknown', retry: 'backoff' };
    await expect(road.listSent?.({ limit: 3 }, options())).rejects.toMatchObject(lost);
    expect(await road.listSent?.({ limit: 3 }, options())).toEqual(page);
  });
});
