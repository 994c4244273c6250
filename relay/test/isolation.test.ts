import { messageId } from 'careplan-renkei/transport';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeMessage, type Told, told } from '../src/conformance/client.js';
import { STEPS, type State } from '../src/core/states.js';
import type { Route } from '../src/http/route.js';
import { ROUTES } from '../src/http/routes/index.js';
import { ORIGIN, type TestRelay, testRelay } from './support/sandbox.js';

/** Routes that concern somebody's mailbox or keys. */
const GUARDED = ROUTES.filter(({ who }) => who === 'mailbox' || who === 'office');
const DAY = 86_400_000;

let test: TestRelay;
/** For every state, the id of a message from a to b that is in it. */
const messages = new Map<State, string>();

/** How a message comes into each state. */
const WAYS: Record<State, (id: string) => Promise<unknown>> = {
  uploading: async () => {},
  abandoned: (id) => test.a.ask('DELETE', `${test.a.mailbox}/outbox/${id}`),
  available: async () => {},
  fetched: (id) => test.b.ask('GET', `${test.b.mailbox}/inbox/${id}`),
  delivered: (id) => test.b.ask('PUT', `${test.b.mailbox}/inbox/${id}/receipts/delivered`, { body: {} }),
  read: (id) => test.b.ask('PUT', `${test.b.mailbox}/inbox/${id}/receipts/read`, { body: {} }),
  rejected: (id) => test.b.ask('PUT', `${test.b.mailbox}/inbox/${id}/receipts/rejected`, { body: { reasons: ['no'] } }),
  recalled: (id) => test.a.ask('DELETE', `${test.a.mailbox}/outbox/${id}`),
  expired: async () => {
    test.sandbox.clock.offsetMs = 2 * DAY;
  },
};

beforeAll(async () => {
  test = await testRelay();
  const { a, b } = test;
  for (const state of Object.keys(STEPS) as State[]) {
    const lives = state === 'expired' ? DAY : 30 * DAY;
    const { id, header, parts } = fakeMessage(a.office.address, b.office.address, { expiresAt: Date.now() + lives });
    const whole = state !== 'uploading' && state !== 'abandoned';
    await a.ask('PUT', `${a.mailbox}/outbox/${id}`, { body: whole ? { header, parts } : { header } });
    await WAYS[state](id);
    messages.set(state, id);
    const status = await a.ask('GET', `${a.mailbox}/outbox/${id}`);
    expect(status.json.state).toBe(state);
    test.sandbox.clock.offsetMs = 0;
  }
});
afterAll(() => test.close());

/** The request of an operation about a mailbox and a message. */
function requestOf({ path, method, body, operation }: Route, mailbox: string, id: string) {
  const filled = path
    .replace(/\{(mailbox|address)\}/, mailbox)
    .replace('{id}', id)
    .replace('{n}', '0')
    .replace('{kind}', 'read')
    .replace('{kid}', 'key');
  const bytes = new Uint8Array(Buffer.from('bytes'));
  const { a, b } = test;
  const bodies: Record<string, object | Uint8Array<ArrayBuffer>> = {
    declare: { header: fakeMessage(a.office.address, b.office.address, { id }).header },
    uploadPart: bytes,
    putReceipt: {},
    rotateKey: { rotation: 'a.b.c' },
  };
  return { method, path: filled, ...(body ? { body: bodies[operation] ?? {} } : {}) };
}

const shape = ({ status, json, headers }: Told) => {
  const { requestId: _, ...rest } = json ?? {};
  const fields = [...headers].filter(([name]) => name !== 'date' && name !== 'careplan-request-id').sort();
  return { status, rest, fields };
};

describe.each(GUARDED.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  const ownsPath = route.who === 'mailbox' || route.operation === 'rotateKey';

  it.each(Object.keys(STEPS) as State[])('tells a stranger nothing of a message that is %s', async (state) => {
    const id = messages.get(state) ?? '';
    const ask = async (mailbox: string, message: string) => {
      const { method, path, body } = requestOf(route, mailbox, message);
      return shape(await test.demo(test.b.office.address, method, path, body));
    };
    // b asks in the mailbox of a, of nobody, and for nothing.
    const there = await ask(test.a.office.address, id);
    if (!ownsPath) return expect(there.status).toBe(200);
    expect(there.status).toBe(404);
    expect(there).toEqual(await ask(test.a.office.address, messageId()));
    expect(there).toEqual(await ask('9999999999-43', id));
    expect(there).toEqual(await ask('0370100105-99', id));
  });

  it('wants a credential, whatever it is about', async () => {
    const { method, path, body } = requestOf(route, test.a.office.address, messages.get('available') ?? '');
    const bytes = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await told(await test.fetch(new Request(ORIGIN + path, { method, ...bytes })));
    expect([answer.status, answer.problem]).toEqual([401, 'token-missing']);
  });
});

describe.each(
  GUARDED.filter(({ path }) => /\{id\}/.test(path)).map((route) => [`${route.method} ${route.path}`, route] as const),
)('%s in the wrong box of its own', (_, route) => {
  it.each(Object.keys(STEPS) as State[])('finds nothing of a message that is %s', async (state) => {
    // a as receiver of what it sent, b as sender of what it received.
    const address = (route.path.includes('/inbox/') ? test.a : test.b).office.address;
    const ask = async (message: string) => {
      const { method, path, body } = requestOf(route, address, message);
      return shape(await test.demo(address, method, path, body));
    };
    const found = await ask(messages.get(state) ?? '');
    expect(found).toEqual(await ask(messageId()));
    expect(found.status).toBe(route.operation === 'declare' ? 422 : 404);
  });
});

it("an id that another's message has is free for one's own", async () => {
  const { a, b } = test;
  const { id, header } = fakeMessage(b.office.address, a.office.address, { id: messages.get('available') ?? '' });
  expect((await b.ask('PUT', `${b.mailbox}/outbox/${id}`, { body: { header } })).status).toBe(201);
  expect((await a.ask('GET', `${a.mailbox}/outbox/${id}`)).json.state).toBe('available');
});

it('no operation is left out: those that ask for no credential are the public ones and the sandbox', () => {
  const open = ROUTES.filter(({ who }) => who === 'anyone').map(({ operation }) => operation);
  expect(open).toEqual(['relay', 'time', 'health', 'ready']);
});

it('nothing of all this has changed a message', async () => {
  for (const [state, id] of messages) {
    if (state === 'expired') continue;
    const { json } = await test.a.ask('GET', `${test.a.mailbox}/outbox/${id}`);
    expect(json.state).toBe(state);
  }
});
