import type { LookupAddress } from 'node:dns';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { transportClient } from '../../../src/transport/index.js';
import { SIGNS } from '../../support/certificates.js';
import { ALL_VERBS, acceptance, MESSAGE, options, refused, roadTo, VERBS } from '../../support/raw-relay.js';
import { type Exchange, JSON_TYPE, rawServer, rawServers, wire, write } from '../../support/raw-server.js';
import { authority, dns, pemOf, SERVES, serverOf } from '../../support/tls.js';

const serve = rawServers();
const agents: Agent[] = [];
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
});

const NAME = 'relay.test';
type Resolved = readonly LookupAddress[] | NodeJS.ErrnoException;
const at = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 });
const failing = (code: string, syscall = 'getaddrinfo'): NodeJS.ErrnoException =>
  Object.assign(new Error(`${syscall} ${code} ${NAME}`), { code, syscall, hostname: NAME });

/** What the resolver says of the one name, each time that it is asked, the last again and again. */
function resolving(first: Resolved, ...then: readonly Resolved[]): { dispatcher: Agent; asked: () => number } {
  const answers = [first, ...then];
  let asked = 0;
  const ca = root.pem;
  const dispatcher = new Agent({
    connect: {
      ca,
      lookup(name, _, done) {
        expect(name).toBe(NAME);
        const answer = answers[Math.min(asked++, answers.length - 1)] ?? first;
        if (answer instanceof Error) done(answer, []);
        else done(null, [...answer]);
      },
    },
  });
  agents.push(dispatcher);
  return { dispatcher, asked: () => asked };
}

const root = await authority();
const named = (port: number, scheme = 'http') => `${scheme}://${NAME}:${port}`;
/** Takes every message, as the relay of this origin. */
const taking =
  (origin: () => string) =>
  async ({ socket }: Exchange) =>
    write(socket, wire(200, await acceptance(origin()), JSON_TYPE));
/** A port where nobody listens. */
const closedPort = async () => {
  const server = await rawServer(() => {});
  await server.close();
  return server.port;
};
const NOT_SENT = { outcome: 'not-sent', retry: 'backoff' };

describe('a name with several addresses', () => {
  it.each([
    ['IPv6 first, where nobody is', [at('::1'), at('127.0.0.1')]],
    ['an address first where nobody is', [at('127.0.0.2'), at('127.0.0.1')]],
  ])('%s: the relay is reached at the other', async (_, addresses) => {
    const server = await serve(taking(() => named(server.port)));
    const road = roadTo(named(server.port), resolving(addresses));
    expect(await road.send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
    expect(server.requests).toHaveLength(1);
  });

  it.each(ALL_VERBS)('%s: nobody is at any of them, and nothing was sent', async (verb) => {
    const port = await closedPort();
    const road = roadTo(named(port), resolving([at('::1'), at('127.0.0.1')]));
    expect(await refused(VERBS[verb](road))).toMatchObject({ code: 'network.unreachable', ...NOT_SENT });
  });

  it('localhost is reached wherever the relay listens, by the fetch of the platform', async () => {
    const server = await serve(taking(() => `http://localhost:${server.port}`));
    const road = roadTo(`http://localhost:${server.port}`);
    expect(await road.send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
  });
});

describe('a name that is not resolved', () => {
  it.each([
    ['that there is none', failing('ENOTFOUND')],
    ['nothing for now', failing('EAI_AGAIN')],
    ['that it is broken', failing('EAI_FAIL')],
    ['nothing in time, by another resolver', failing('ETIMEOUT', 'queryA')],
    ['that it cannot be reached', failing('ECONNREFUSED', 'queryAaaa')],
  ])('the resolver says %s: nothing was sent', async (_, error) => {
    for (const verb of ALL_VERBS) {
      const road = roadTo(named(1024), resolving(error));
      expect(await refused(VERBS[verb](road)), verb).toMatchObject({ code: 'network.dns', ...NOT_SENT });
    }
  });

  it('is asked for again, until it is', async () => {
    const server = await serve(taking(() => named(server.port)));
    const resolver = resolving(failing('EAI_AGAIN'), failing('ENOTFOUND'), [at('127.0.0.1')]);
    const client = transportClient(roadTo(named(server.port), resolver), { retry: { baseMs: 1 } });
    expect(await client.send(MESSAGE)).toMatchObject({ result: { state: 'accepted' }, attempts: 3 });
    expect(resolver.asked()).toBe(3);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a name that moves', () => {
  it('from where nobody is: the next attempt goes to the new address', async () => {
    const server = await serve(taking(() => named(server.port)));
    const road = roadTo(named(server.port), resolving([at('127.0.0.2')], [at('127.0.0.1')]));
    const client = transportClient(road, { retry: { baseMs: 1 } });
    expect(await client.send(MESSAGE)).toMatchObject({ result: { state: 'accepted' }, attempts: 2 });
    expect(server.requests).toHaveLength(1);
  });

  it('from a server that takes the request and dies: the same message goes to the new address', async () => {
    const server = await serve(taking(() => named(server.port)));
    const dying = await serve(({ socket }) => void socket.resetAndDestroy(), { host: '127.0.0.2', port: server.port });
    const road = roadTo(named(server.port), resolving([at('127.0.0.2')], [at('127.0.0.1')]));
    const client = transportClient(road, { retry: { baseMs: 1 } });
    expect(await client.send(MESSAGE)).toMatchObject({ result: { state: 'accepted' }, attempts: 2 });
    const [first, second] = [...dying.requests, ...server.requests];
    expect(second).toMatchObject({ method: 'PUT', path: first?.path, body: first?.body });
    expect(second?.path.endsWith(MESSAGE.id)).toBe(true);
  });

  it('to a server that is not the relay: it is told nothing, and a person is asked', async () => {
    const extensions = [SIGNS, SERVES, dns(NAME)];
    const relay = await serve(
      async (exchange) => {
        await taking(() => named(relay.port, 'https'))(exchange);
        exchange.socket.end();
      },
      { tls: await pemOf(await serverOf(root, { extensions })) },
    );
    let plain = '';
    const stranger = await serve(() => {}, {
      tls: await pemOf(await serverOf(await authority({ name: 'Another authority' }), { extensions })),
      onConnect: (socket) => void socket.on('data', (text) => (plain += text)),
      ...{ host: '127.0.0.2', port: relay.port },
    });
    const resolver = resolving([at('127.0.0.1')], [at('127.0.0.2')]);
    const road = roadTo(named(relay.port, 'https'), resolver);
    expect(await road.send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
    await relay.released();
    for (const verb of ALL_VERBS) {
      const error = await refused(VERBS[verb](road));
      expect(error, verb).toMatchObject({ code: 'network.tls', outcome: 'not-sent', retry: 'after-person' });
    }
    expect(resolver.asked()).toBeGreaterThan(ALL_VERBS.length);
    expect([plain, stranger.requests.length, relay.requests.length]).toEqual(['', 0, 1]);
  });
});
