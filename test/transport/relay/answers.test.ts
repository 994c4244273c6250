import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { outboundOf } from '../../../src/transport/envelope/index.js';
import { transportClient } from '../../../src/transport/index.js';
import { bareKeys, file, keysOf, plainMessage, sealFor } from '../../support/envelope.js';
import {
  ALL_VERBS,
  acceptance,
  CANARY,
  CHANGES,
  MESSAGE,
  messageFirst,
  OTHER,
  options,
  refused,
  relayKey,
  roadTo,
  VERBS,
  type Verb,
} from '../../support/raw-relay.js';
import { type Exchange, JSON_TYPE, OCTETS, rawServers, says, wire, write } from '../../support/raw-server.js';

const serve = rawServers();

describe('an answer that does not come', () => {
  /** A road of which `head` is there with the head of its last answer: of a part, that is the second. */
  const watched = (origin: string, answers: number) => {
    let left = answers;
    let headed = () => {};
    const head = new Promise<void>((resolve) => {
      headed = resolve;
    });
    const fetching: typeof fetch = async (...call) => {
      const response = await fetch(...call);
      if (--left === 0) headed();
      return response;
    };
    return { road: roadTo(origin, { fetch: fetching }), head };
  };
  const givenUp = (verb: Verb) => ({
    code: 'aborted',
    outcome: CHANGES.includes(verb) ? 'unknown' : 'not-sent',
    retry: 'never',
  });

  it.each(ALL_VERBS)('%s: it stalls before the head, until the caller gives up', async (verb) => {
    const caller = new AbortController();
    const reason = new Error('enough');
    const stalls = ({ socket }: Exchange) => {
      write(socket, 'HTTP/1.1 200 OK\r\nContent-Type: appl');
      caller.abort(reason);
    };
    const server = await serve(verb === 'part' ? messageFirst(stalls) : stalls);
    const error = await refused(VERBS[verb](roadTo(server.origin), caller.signal));
    expect(error).toMatchObject(givenUp(verb));
    expect(error.cause).toBe(reason);
    await server.released();
  });

  it.each(ALL_VERBS)('%s: it stalls in the body, until the caller gives up', async (verb) => {
    const caller = new AbortController();
    const isPart = verb === 'part';
    const stalls = says(wire(200, '{"id":', { ...(isPart ? OCTETS : JSON_TYPE), 'Content-Length': '500' }));
    const server = await serve(isPart ? messageFirst(stalls) : stalls);
    const { road, head } = watched(server.origin, isPart ? 2 : 1);
    head.then(() => caller.abort());
    const error = await refused(VERBS[verb](road, caller.signal));
    expect(error).toMatchObject(givenUp(verb));
    await server.released();
  });

  it.each(ALL_VERBS)('%s: it stalls, until the transport is closed', async (verb) => {
    const isPart = verb === 'part';
    const stalls = says(wire(200, '{"id":', { ...(isPart ? OCTETS : JSON_TYPE), 'Content-Length': '500' }));
    const server = await serve(isPart ? messageFirst(stalls) : stalls);
    const { road, head } = watched(server.origin, isPart ? 2 : 1);
    head.then(() => road.close());
    const error = await refused(VERBS[verb](road));
    expect(error).toMatchObject({ ...givenUp(verb), code: 'closed' });
    await server.released();
  });

  it('one byte a second ends with the time of the attempt', async () => {
    const body = await acceptance('http://127.0.0.1');
    const server = await serve(({ socket }) => {
      write(socket, wire(200, '', { ...JSON_TYPE, 'Content-Length': String(body.length) }));
      let at = 0;
      const slowly = setInterval(() => write(socket, body[at++] ?? ''), 1000);
      socket.once('close', () => clearInterval(slowly));
    });
    const client = transportClient(roadTo(server.origin), {
      retry: { attemptTimeoutMs: 300, timeLimitMs: 310, baseMs: 50 },
    });
    const error = await refused(client.send(MESSAGE));
    expect(error).toMatchObject({ code: 'timeout.response', outcome: 'unknown', retry: 'backoff' });
    await server.released();
  });

  it('a part that stalls lets go of its connection when the reader gives up', async () => {
    const caller = new AbortController();
    const fields = { ...OCTETS, 'Content-Length': String(MESSAGE.parts[0]?.size) };
    const server = await serve(messageFirst(says(wire(200, CANARY, fields))));
    const message = await roadTo(server.origin).fetch(MESSAGE, options(caller.signal));
    const reading = async () => {
      for await (const _ of message.files[0]?.open() ?? []) caller.abort();
    };
    expect(await refused(reading())).toMatchObject({ code: 'aborted', outcome: 'not-sent', retry: 'never' });
    await server.released();
  });

  it('the whole of a part is not taken for the range that was asked for', async () => {
    const server = await serve(messageFirst(says(wire(200, 'whole', OCTETS))));
    const message = await roadTo(server.origin).fetch(MESSAGE, options());
    const reading = async () => {
      for await (const _ of message.files[0]?.open({ start: 1, end: 3 }) ?? []) expect.fail('bytes came');
    };
    expect(await refused(reading())).toMatchObject({ code: 'protocol', outcome: 'unknown', retry: 'backoff' });
  });
});

describe('a relay to which parts are missing, though all that it named were sent,', () => {
  it.each([[[]], [[1]], [[1, 1, 1]]])('named %j: is tried a few times, not again and again', async (missing) => {
    const large = plainMessage({ files: [file('UPPLAN_202511_a.CSV', randomBytes(1_100_000))] });
    const message = await outboundOf(await sealFor(bareKeys().keys, await keysOf(), large));
    const retry = { ...JSON_TYPE, 'Content-Type': 'application/problem+json', 'Careplan-Retry': 'now' };
    const lacking = wire(409, JSON.stringify({ type: 'urn:careplan:problem:parts-missing', missing: [1] }), retry);
    const declared = wire(200, JSON.stringify({ id: message.id, state: 'uploading', missing }), JSON_TYPE);
    const server = await serve(({ socket, path }) => {
      write(socket, path.endsWith('/commit') ? lacking : declared);
    });
    const error = await refused(transportClient(roadTo(server.origin)).send(message));
    expect(error).toMatchObject({ code: 'message.invalid', outcome: 'not-sent', attempts: 4 });
    const asked = (end: RegExp) => server.requests.filter(({ path }) => end.test(path)).length;
    expect({ commits: asked(/\/commit$/), parts: asked(/\/parts\/1$/) }).toEqual({
      commits: 4,
      parts: missing.length > 0 ? 4 : 0,
    });
  });
});

const [namesake, stranger] = [await relayKey('relay-1'), await relayKey('relay-2')];

describe('an answer to something else', () => {
  it.each([
    ['by another key of the same name', { key: namesake }],
    ['by a key that the relay does not have', { key: stranger }],
    ['for another message', { claims: { id: OTHER.id } }],
    ['for another header', { claims: { headerSha256: '0'.repeat(64) } }],
    ['for another manifest', { claims: { manifestSha256: '0'.repeat(64) } }],
    ['of another relay', { claims: { relay: 'https://relay.example.jp' } }],
  ])('a receipt %s proves nothing', async (_, how) => {
    const server = await serve(async ({ socket }) => {
      write(socket, wire(200, await acceptance(server.origin, MESSAGE, how), JSON_TYPE));
    });
    const error = await refused(VERBS.send(roadTo(server.origin)));
    expect(error).toMatchObject({ code: 'protocol', outcome: 'unknown', retry: 'backoff' });
  });

  it('an answer that comes twice is one, and not that to the next request', async () => {
    const server = await serve(async ({ n, socket }) => {
      const answer = wire(200, await acceptance(server.origin, n === 1 ? MESSAGE : OTHER), JSON_TYPE);
      write(socket, n === 1 ? answer + answer : answer);
    });
    const road = roadTo(server.origin);
    expect(await road.send(MESSAGE, options())).toMatchObject({ receipt: { messageId: MESSAGE.id } });
    expect(await road.send(OTHER, options())).toMatchObject({ receipt: { messageId: OTHER.id } });
  });

  it.each(['send', 'lookup'] as const)(
    '%s: the late answer to another request is not taken for its own',
    async (verb) => {
      const server = await serve(async ({ socket }) => {
        write(socket, wire(200, await acceptance(server.origin, OTHER), JSON_TYPE));
      });
      const error = await refused(VERBS[verb](roadTo(server.origin)));
      expect(error).toMatchObject({ code: 'protocol', outcome: 'unknown', retry: 'backoff' });
    },
  );

  it('a connection that the server closes just before it is used again: nobody is told that nothing was sent', async () => {
    const server = await serve(async ({ n, socket }) => {
      if (n === 2) return void socket.destroy();
      write(socket, wire(200, await acceptance(server.origin), JSON_TYPE));
    });
    const road = roadTo(server.origin);
    await road.send(MESSAGE, options());
    const error = await refused(road.send(MESSAGE, options()));
    expect(error).toMatchObject({ code: 'network.reset', outcome: 'unknown', retry: 'backoff' });
    expect(server.requests[1]?.onConnection).toBe(2);
    expect(await road.send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
    expect(server.connections()).toBe(2);
  });
});
