import { EventEmitter, getEventListeners, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type Address, formatAddress } from '../../../src/transport/index.js';
import { relayDirectorySource } from '../../../src/transport/relay/index.js';
import { ANN, bareKeys } from '../../support/envelope.js';
import { MESSAGE, options, refused, roadTo } from '../../support/raw-relay.js';
import { type Exchange, JSON_TYPE, rawServers, says, wire, write } from '../../support/raw-server.js';

const serve = rawServers();
const { signer } = bareKeys().keys;
const ALSO: Address = { ...ANN, serviceType: '46' };
const identities = [ANN, ALSO].map((address) => ({ address, signer }));
const json = (value: object) => wire(200, JSON.stringify(value), JSON_TYPE);
const { id, from, to, serial, standard, kinds } = MESSAGE;
const ENTRY = { id, from, to, serial, standard, kinds, parts: 2, size: 1, state: 'available' };

/** A relay with so many messages in its mailboxes, each of which stays; who waits where nothing more is, waits. */
async function relayWith(...counts: readonly number[]) {
  const there = new Map(identities.map(({ address }, i) => [formatAddress(address), counts[i] ?? 0]));
  const events = new EventEmitter();
  const give = (exchange: Exchange) => {
    const { pathname, searchParams } = new URL(exchange.path, 'http://127.0.0.1');
    const mailbox = pathname.split('/')[3] ?? '';
    const count = there.get(mailbox) ?? 0;
    const after = Number(searchParams.get('cursor')?.slice(1) ?? 0);
    const end = Math.min(count, after + Number(searchParams.get('limit')));
    if (end > after || !searchParams.has('wait')) {
      const items = Array.from({ length: end - after }, () => ENTRY);
      return write(exchange.socket, json({ items, next: `i${end}`, more: end < count }));
    }
    const come = () => give(exchange);
    events.once(mailbox, come);
    exchange.socket.once('close', () => events.off(mailbox, come));
    events.emit('waits');
  };
  const server = await serve(give);
  return {
    ...server,
    /** Resolves when in so many mailboxes somebody waits for what is new. */
    async waited(mailboxes: number) {
      while ([...there.keys()].filter((name) => events.listenerCount(name) > 0).length < mailboxes) {
        await once(events, 'waits');
      }
    },
    arrive(address: Address) {
      const name = formatAddress(address);
      there.set(name, (there.get(name) ?? 0) + 1);
      events.emit(name);
    },
  };
}

/** The hints of a road to a relay, until the test is over. */
function watching(origin: string, query = {}, caller = new AbortController()) {
  const hints = roadTo(origin, { identities }).watch?.(query, options(caller.signal))[Symbol.asyncIterator]();
  return { hints: hints ?? expect.fail('there is no watch'), caller };
}

describe('watching', () => {
  it('gives one hint for a message that stays, and asks from there; another for one that comes', async () => {
    const server = await relayWith(1);
    const { hints, caller } = watching(server.origin, { mailbox: ANN });
    expect(await hints.next()).toMatchObject({ value: { hint: 'inbox' } });
    const second = hints.next();
    await server.waited(1);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.path).toMatch(/[?&]cursor=i1(&|$)/);
    server.arrive(ANN);
    expect(await second).toMatchObject({ value: { hint: 'inbox' } });
    const third = hints.next();
    await server.waited(1);
    expect(server.requests).toHaveLength(3);
    caller.abort();
    expect(await refused(third)).toMatchObject({ code: 'aborted' });
  });

  it('gives one hint for hundreds that are there', async () => {
    const server = await relayWith(250);
    const { hints, caller } = watching(server.origin, { mailbox: ANN });
    await hints.next();
    const second = hints.next();
    await server.waited(1);
    expect(server.requests.map(({ path }) => /cursor=(\w+)/.exec(path)?.[1])).toEqual([
      undefined,
      ...['i1', 'i101', 'i201'],
      'i250',
    ]);
    caller.abort();
    expect(await refused(second)).toMatchObject({ code: 'aborted' });
  });

  it('goes on in each of several mailboxes from what is known of it', async () => {
    const server = await relayWith(1, 0);
    const { hints, caller } = watching(server.origin);
    await hints.next();
    const second = hints.next();
    await server.waited(2);
    server.arrive(ALSO);
    expect(await second).toMatchObject({ value: { hint: 'inbox' } });
    const third = hints.next();
    await server.waited(2);
    caller.abort();
    expect(await refused(third)).toMatchObject({ code: 'aborted' });
  });

  it('of what comes from one sender asks for that alone', async () => {
    const server = await relayWith();
    const { hints, caller } = watching(server.origin, { from: MESSAGE.to });
    const first = hints.next();
    await server.waited(2);
    const sender = `from=${formatAddress(MESSAGE.to)}`;
    expect(server.requests.map(({ path }) => path.includes(sender))).toEqual([true, true]);
    caller.abort();
    expect(await refused(first)).toMatchObject({ code: 'aborted' });
  });

  it("another's mailbox waits in peace, and asks for nothing", async () => {
    const server = await relayWith(1, 1);
    const { hints, caller } = watching(server.origin, { mailbox: MESSAGE.to });
    const first = hints.next();
    setImmediate(() => caller.abort());
    expect(await refused(first)).toMatchObject({ code: 'aborted' });
    expect(server.requests).toEqual([]);
  });
});

describe('a list of which more is said to come', () => {
  it.each(['list', 'listSent'] as const)('but which goes on where it was is no list: %s', async (verb) => {
    const sent = { ...ENTRY, state: 'uploading' };
    const item = verb === 'list' ? ENTRY : sent;
    const server = await serve(says(json({ items: [item], next: 'i1', more: true })));
    const road = roadTo(server.origin);
    const first = await road[verb]?.({ limit: 1 }, options());
    const { cursor = '' } = first ?? {};
    const again = road[verb]?.({ limit: 1, cursor }, options()) ?? Promise.resolve();
    expect(await refused(again)).toMatchObject({ code: 'protocol', outcome: 'unknown', retry: 'backoff' });
  });
});

describe('a signal that lives long', () => {
  /** What Node keeps on a signal for `AbortSignal.any`, where it keeps something. */
  const dependants = (signal: AbortSignal) =>
    Object.getOwnPropertySymbols(signal)
      .filter((symbol) => String(symbol).includes('kDependantSignals'))
      .map((symbol) => (signal as unknown as Record<symbol, Set<unknown> | undefined>)[symbol]?.size ?? 0);

  it('has nothing left of what was asked with it', async () => {
    const server = await serve(says(json({ entry: 'e.e.e' })));
    const source = relayDirectorySource({ origin: server.origin, identity: { address: ANN, signer } });
    const { signal } = new AbortController();
    for (let n = 0; n < 5; n++) expect(await source(ANN, signal)).toBe('e.e.e');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(dependants(signal).filter((size) => size > 0)).toEqual([]);
  });

  it('ends what is asked with it', async () => {
    const caller = new AbortController();
    const reason = new Error('enough');
    const server = await serve(() => caller.abort(reason));
    const source = relayDirectorySource({ origin: server.origin, identity: { address: ANN, signer } });
    const error = await refused(source(ANN, caller.signal));
    expect(error).toMatchObject({ code: 'aborted', outcome: 'not-sent', retry: 'never' });
    expect(error.cause).toBe(reason);
    await server.released();
  });
});
