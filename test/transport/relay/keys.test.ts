import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  acceptance,
  KEY,
  MESSAGE,
  OTHER,
  options,
  type RelayKey,
  refused,
  relayKey,
  roadTo,
  VERBS,
} from '../../support/raw-relay.js';
import { rawServers, wire, write } from '../../support/raw-server.js';

const serve = rawServers();

const JSON_TYPE = { 'Content-Type': 'application/json' };
const keysOf = ({ publicKey: { kid, jwk } }: RelayKey) =>
  wire(200, JSON.stringify({ keys: [{ ...jwk, kid }] }), JSON_TYPE);
const next = await relayKey('relay-2');

describe('the keys of the relay', () => {
  it('that cannot be had: nothing is sent', async () => {
    const server = await serve(({ socket }) => void socket.destroy());
    const error = await refused(VERBS.send(roadTo(server.origin, { asks: true })));
    expect(error).toMatchObject({ code: 'network.reset', outcome: 'not-sent', retry: 'backoff' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/relay']);
  });

  it('are asked for once; where who asked first gives up, the others get them', async () => {
    const caller = new AbortController();
    let asked = 0;
    const server = await serve(async ({ path, socket }) => {
      if (path !== '/v1/relay') return write(socket, wire(200, await acceptance(server.origin, OTHER), JSON_TYPE));
      if (++asked === 1) caller.abort();
      else write(socket, keysOf(KEY));
    });
    const road = roadTo(server.origin, { asks: true });
    const first = refused(road.send(MESSAGE, options(caller.signal)));
    const others = [road.send(OTHER, options()), road.send(OTHER, options())];
    expect(await first).toMatchObject({ code: 'aborted', outcome: 'not-sent', retry: 'never' });
    for (const sent of await Promise.all(others)) expect(sent).toMatchObject({ state: 'accepted' });
    expect(asked).toBe(2);
  });

  it('that do not come: who gives up waits no longer for the question of another, and nothing is sent', async () => {
    const asked = new AbortController();
    const server = await serve(() => asked.abort());
    const road = roadTo(server.origin, { asks: true });
    const first = refused(road.send(MESSAGE, options()));
    await once(asked.signal, 'abort');
    const caller = new AbortController();
    const second = refused(road.send(OTHER, options(caller.signal)));
    setImmediate(() => caller.abort());
    expect(await second).toMatchObject({ code: 'aborted', outcome: 'not-sent', retry: 'never' });
    expect(server.requests).toHaveLength(1);
    await road.close();
    expect(await first).toMatchObject({ code: 'closed', outcome: 'not-sent' });
  });

  it('are asked for again after a receipt that none of them proves: the relay may have new ones', async () => {
    let key = KEY;
    const server = await serve(async ({ path, socket }) => {
      const isKeys = path === '/v1/relay';
      write(socket, isKeys ? keysOf(key) : wire(200, await acceptance(server.origin, MESSAGE, { key }), JSON_TYPE));
    });
    const road = roadTo(server.origin, { asks: true });
    expect(await road.send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
    key = next;
    const error = await refused(road.send(MESSAGE, options()));
    expect(error).toMatchObject({ code: 'protocol', outcome: 'unknown', retry: 'backoff' });
    expect(await road.send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
  });
});
