import { afterEach, describe, expect, it } from 'vitest';
import {
  defineTransport,
  type SendResult,
  type Transport,
  type TransportDriver,
} from '../../../src/transport/index.js';
import { delivery, lesser, message, received, refusalOf, states } from '../../support/outbox.js';
import { serialOf } from '../../support/slips.js';

const MINUTE = 60_000;

/** Messages that were sent though they had arrived. */
const twice: string[] = [];
afterEach(() => expect(twice.splice(0)).toEqual([]));

describe('where sending twice would be two messages, an answer that is lost', () => {
  it('is asked for, and what is found there counts as sent', async () => {
    const { clock, network, outbox } = delivery({ wrap: lesser({ idempotentSend: false }, twice) });
    const { id } = await outbox.enqueue(message(serialOf(1)));
    network.fault({ verb: 'send', code: 'network.reset', when: 'after' });
    await outbox.flush();
    expect(await states(outbox)).toEqual(['waiting']);
    await clock.advance(MINUTE);
    await outbox.flush();
    expect(await outbox.get(id)).toMatchObject({ state: 'accepted', attempts: 2, receipt: { messageId: id } });
    expect(await received(network)).toHaveLength(1);
  });

  it('is sent again where it is provably not there', async () => {
    const { clock, network, outbox } = delivery({ wrap: lesser({ idempotentSend: false }, twice) });
    await outbox.enqueue(message(serialOf(1)));
    network.fault({ verb: 'send', code: 'network.reset', when: 'before' });
    await outbox.flush();
    await clock.advance(MINUTE);
    await outbox.flush();
    expect(await states(outbox)).toEqual(['accepted']);
    expect(await received(network)).toHaveLength(1);
  });

  it('is asked for again while the question itself is not answered', async () => {
    const { clock, network, outbox } = delivery({ wrap: lesser({ idempotentSend: false }, twice) });
    await outbox.enqueue(message(serialOf(1)));
    network.fault({ verb: 'send', code: 'network.reset', when: 'after' });
    network.fault({ verb: 'lookup', code: 'unavailable', times: 3 });
    await outbox.flush();
    for (let n = 0; n < 4; n++) {
      expect(await states(outbox)).toEqual(['waiting']);
      await clock.advance(MINUTE);
      await outbox.flush();
    }
    expect(await states(outbox)).toEqual(['accepted']);
    expect(await received(network)).toHaveLength(1);
  });

  it('is asked for also after a person said to try again', async () => {
    const { clock, network, outbox } = delivery({ wrap: lesser({ idempotentSend: false }, twice) });
    const { id } = await outbox.enqueue(message(serialOf(1)));
    network.fault({ verb: 'send', code: 'internal', when: 'after' });
    network.fault({ verb: 'lookup', code: 'auth.denied' });
    await outbox.flush();
    await clock.advance(MINUTE);
    await outbox.flush();
    expect(await outbox.get(id)).toMatchObject({ state: 'needs-person', code: 'auth.denied' });
    await outbox.retry(id);
    await outbox.flush();
    expect(await outbox.get(id)).toMatchObject({ state: 'accepted' });
    expect(await received(network)).toHaveLength(1);
  });

  it.each(['none', 'best-effort'] as const)(
    'is in doubt where nobody can tell (lookup: %s): a person decides',
    async (lookup) => {
      for (const arrived of [true, false]) {
        const { clock, network, outbox } = delivery({ wrap: lesser({ idempotentSend: false, lookup }, twice) });
        const { id } = await outbox.enqueue(message(serialOf(1), { text: 'a1' }));
        await outbox.enqueue(message(serialOf(2), { text: 'a2' }));
        network.fault({ verb: 'send', code: 'timeout.response', when: arrived ? 'after' : 'before' });
        await outbox.flush();
        // Best effort may still find it; only then is nothing said.
        await clock.advance(MINUTE);
        await outbox.flush();
        if (lookup === 'best-effort' && arrived) {
          expect(await states(outbox)).toEqual(['accepted', 'accepted']);
          continue;
        }
        expect(await outbox.get(id)).toMatchObject({ state: 'in-doubt' });
        await clock.advance(100 * 3600_000);
        await outbox.flush();
        expect(await received(network)).toEqual(arrived ? ['a1'] : []);
        if (arrived) await outbox.confirm(id);
        else await outbox.retry(id);
        await outbox.flush();
        expect(await states(outbox)).toEqual(['accepted', 'accepted']);
        expect(await received(network)).toEqual(['a1', 'a2']);
      }
    },
  );
});

/** A transport whose sending waits until it is let go; `entered` resolves when a call has come to it. */
function held() {
  let sending = 0;
  const waiting: (() => void)[] = [];
  const comers: (() => void)[] = [];
  const wrap = (inner: Transport): Transport =>
    defineTransport((): TransportDriver => {
      const { contract: _, close: __, ...verbs } = inner;
      return {
        ...verbs,
        async send(one, options): Promise<SendResult> {
          sending++;
          comers.shift()?.();
          await new Promise<void>((resolve, reject) => {
            waiting.push(resolve);
            options.signal.addEventListener('abort', () => reject(options.signal.reason));
          });
          return inner.send(one, options);
        },
      };
    })(undefined);
  return {
    wrap,
    get sending() {
      return sending;
    },
    entered: () => new Promise<void>((resolve) => comers.push(resolve)),
    letGo: () => {
      for (const go of waiting.splice(0)) go();
    },
  };
}

describe('two processes over one store', () => {
  it('never send one message at the same time', async () => {
    const gate = held();
    const { store, outbox, open, network } = delivery({ wrap: gate.wrap, concurrency: 1 });
    const other = open(store.open());
    await outbox.enqueue(message(serialOf(1)));
    const entered = gate.entered();
    const first = outbox.flush();
    await entered;
    expect(gate.sending).toBe(1);
    expect((await other.flush()).entries).toEqual([]);
    expect(await states(other)).toEqual(['sending']);
    gate.letGo();
    await first;
    expect(await states(other)).toEqual(['accepted']);
    expect(await received(network)).toHaveLength(1);
  });

  it('keep a turn as long as its owner lives, however long it takes', async () => {
    const gate = held();
    const { store, clock, outbox, open } = delivery({
      wrap: gate.wrap,
      retry: { attemptTimeoutMs: Number.POSITIVE_INFINITY },
    });
    await outbox.enqueue(message(serialOf(1)));
    const entered = gate.entered();
    const first = outbox.flush();
    await entered;
    for (let n = 0; n < 30; n++) await clock.advance(30_000);
    expect((await open(store.open()).flush()).entries).toEqual([]);
    gate.letGo();
    expect((await first).entries).toMatchObject([{ state: 'accepted', attempts: 1 }]);
  });

  it('pass on the turn of a process that died, after its lease and not before', async () => {
    const gate = held();
    const { store, clock, outbox, open, network } = delivery({ wrap: gate.wrap });
    const { id } = await outbox.enqueue(message(serialOf(1)));
    const entered = gate.entered();
    const lost = outbox.flush();
    await entered;
    // The process is dead from here on: another sees the store as it was left.
    const left = await import('../../../src/transport/outbox/index.js').then(({ memoryStore }) =>
      memoryStore(store.snapshot()),
    );
    const heir = open(left);
    await clock.advance(59_000);
    expect((await heir.flush()).entries).toEqual([]);
    await clock.advance(1000);
    const again = gate.entered();
    const flushed = heir.flush();
    await again;
    gate.letGo();
    await lost;
    expect((await flushed).entries).toMatchObject([{ id, state: 'accepted', attempts: 2 }]);
    expect(await received(network)).toHaveLength(1);
  });

  it('give no decision of a person a way past an attempt that is running', async () => {
    const gate = held();
    const { outbox } = delivery({ wrap: gate.wrap });
    const { id } = await outbox.enqueue(message(serialOf(1)));
    const entered = gate.entered();
    const flushed = outbox.flush();
    await entered;
    expect((await refusalOf(outbox.discard(id))).code).toBe('storage.locked');
    gate.letGo();
    await flushed;
  });

  it('end an attempt whose turn was taken by another, and leave the word to that one', async () => {
    const gate = held();
    const { store, clock, outbox, network } = delivery({ wrap: gate.wrap });
    const { id } = await outbox.enqueue(message(serialOf(1)));
    const entered = gate.entered();
    const flushed = outbox.flush();
    await entered;
    // As a process does that found the lease run out, because this one was asleep.
    await store.transact(async (tx) => {
      const entry = JSON.parse((await tx.get(`out/message/${id}`)) ?? '');
      await tx.set(
        `out/message/${id}`,
        JSON.stringify({ ...entry, lease: { token: 'another', until: clock.now() + 3600_000 } }),
      );
    });
    await clock.advance(20_000);
    await clock.advance(1000);
    expect((await flushed).entries).toEqual([]);
    expect(await received(network)).toEqual([]);
    expect(await states(outbox)).toEqual(['sending']);
  });
});

describe('an outbox that runs', () => {
  it('sends what is enqueued meanwhile, and again what has to wait, until it is stopped', async () => {
    const { clock, network, outbox } = delivery({ pollMs: 1000 });
    const stop = new AbortController();
    const running = outbox.run({ signal: stop.signal });
    network.fault({ verb: 'send', code: 'unavailable', times: 3 });
    await outbox.enqueue(message(serialOf(1), { text: 'a1' }));
    await outbox.enqueue(message(serialOf(2), { text: 'a2' }));
    while ((await states(outbox)).some((state) => state !== 'accepted')) await clock.advance(1000);
    expect(await received(network)).toEqual(['a1', 'a2']);
    stop.abort();
    await running;
    await outbox.enqueue(message(serialOf(3), { text: 'a3' }));
    for (let n = 0; n < 30; n++) await clock.advance(1000);
    expect(await received(network)).toEqual(['a1', 'a2']);
  });
});
