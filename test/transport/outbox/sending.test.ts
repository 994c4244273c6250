import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../src/transport/outbox/index.js';
import { delivery, FROM, message, OTHER_TO, received, refusalOf, states, TO } from '../../support/outbox.js';
import { serialOf } from '../../support/slips.js';

const MINUTE = 60_000;

describe('a message in the outbox', () => {
  it('is sent once, with its files as they were given, and its bytes are gone from the store', async () => {
    const { outbox, network, store } = delivery();
    const { id, state } = await outbox.enqueue(message(serialOf(1)));
    expect(state).toBe('queued');
    expect([...store.snapshot().keys()].filter((key) => key.includes('body'))).toHaveLength(3);
    const { entries } = await outbox.flush();
    expect(entries).toMatchObject([{ id, state: 'accepted', attempts: 1, receipt: { messageId: id } }]);
    expect(await received(network)).toEqual([`plan ${serialOf(1)}`]);
    expect([...store.snapshot().keys()].filter((key) => key.includes('body'))).toEqual([]);
    expect((await outbox.flush()).entries).toEqual([]);
    expect(JSON.stringify([...store.snapshot()])).not.toContain(
      Buffer.from('UPPLAN,plan').toString('base64').slice(0, 12),
    );
  });

  it('enqueued again under the same key is the message that is there, whatever it holds now', async () => {
    const { outbox, network } = delivery();
    const first = await outbox.enqueue(message(serialOf(1)), { key: 'slip 4711' });
    const again = await outbox.enqueue(message(serialOf(2), { text: 'another' }), { key: 'slip 4711' });
    expect(again).toEqual(first);
    await outbox.flush();
    const late = await outbox.enqueue(message(serialOf(3)), { key: 'slip 4711' });
    expect(late).toMatchObject({ id: first.id, state: 'accepted' });
    expect(await received(network)).toEqual([`plan ${serialOf(1)}`]);
  });

  it('with an id that is there is the same message, or a conflict where it holds something else', async () => {
    const { outbox } = delivery();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    expect(await outbox.enqueue(message(serialOf(1), { id }))).toMatchObject({ id });
    expect((await refusalOf(outbox.enqueue(message(serialOf(1), { id, text: 'x' })))).code).toBe('message.conflict');
    expect((await refusalOf(outbox.enqueue(message(serialOf(2), { id })))).code).toBe('message.conflict');
    expect(await states(outbox)).toEqual(['queued']);
  });

  it('never has a serial that its lane had before; the error names one that is free', async () => {
    const { outbox } = delivery();
    await outbox.enqueue(message(serialOf(1)));
    const error = await refusalOf(outbox.enqueue(message(serialOf(1))));
    expect(error).toMatchObject({ code: 'serial.conflict', nextSerial: serialOf(2) });
    await outbox.enqueue(message(serialOf(1), { to: OTHER_TO }));
    await outbox.enqueue(message(error.nextSerial ?? ''));
    expect(await states(outbox)).toEqual(['queued', 'queued', 'queued']);
  });

  it.each([
    ['no file', { files: [] }, 'message.invalid'],
    ['a serial that is none', { serial: '2026' }, 'message.invalid'],
    ['an address that is none', { to: { officeNumber: '1', serviceType: '11' } }, 'message.invalid'],
    ['itself as the receiver', { to: FROM }, 'address.self'],
    [
      'a name that leaves the folder',
      { files: [{ name: '../x.csv', kind: 'UPPLAN', bytes: new Uint8Array() }] },
      'message.invalid',
    ],
  ])('is refused before anything is kept: %s', async (_, wrong, code) => {
    const { outbox, store } = delivery();
    expect((await refusalOf(outbox.enqueue({ ...message(serialOf(1)), ...wrong }))).code).toBe(code);
    expect(store.snapshot().size).toBe(0);
  });

  it('is refused where a key of the caller is empty, too long or no text', async () => {
    const { outbox } = delivery();
    for (const key of ['', 'x'.repeat(1001), '\ud800']) {
      expect((await refusalOf(outbox.enqueue(message(serialOf(1)), { key }))).code).toBe('config');
    }
  });

  it('put there in a transaction of the application is there exactly when the transaction is', async () => {
    const { outbox, store } = delivery();
    const failing = store.transact(async (transaction) => {
      await outbox.enqueue(message(serialOf(1)), { transaction });
      throw new Error('the application changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await states(outbox)).toEqual([]);
    await store.transact((transaction) => outbox.enqueue(message(serialOf(1)), { transaction }));
    expect(await states(outbox)).toEqual(['queued']);
  });
});

describe('serials of the outbox', () => {
  it('are the time in Japan, and rise where the clock stands, goes back or the process begins anew', async () => {
    const { clock, store, outbox, open } = delivery();
    expect(await outbox.nextSerial(FROM, TO)).toBe('20261125100000');
    expect(await outbox.nextSerial(FROM, TO)).toBe('20261125100001');
    expect(await outbox.nextSerial(FROM, OTHER_TO)).toBe('20261125100000');
    await clock.advance(-3600_000);
    expect(await open(memoryStore(store.snapshot())).nextSerial(FROM, TO)).toBe('20261125100002');
    await clock.advance(2 * 3600_000);
    expect(await outbox.nextSerial(FROM, TO)).toBe('20261125110000');
  });

  it('come after one that the caller chose', async () => {
    const { outbox } = delivery();
    await outbox.enqueue(message('20301231235959'));
    expect(await outbox.nextSerial(FROM, TO)).toBe('20310101000000');
  });

  it('are never twice the same for callers at once', async () => {
    const { outbox } = delivery();
    const all = await Promise.all(Array.from({ length: 200 }, () => outbox.nextSerial(FROM, TO)));
    expect(new Set(all).size).toBe(200);
  });
});

describe('the order of a lane', () => {
  it('is kept while its head has to wait; other lanes go on', async () => {
    const { clock, network, outbox } = delivery({ concurrency: 1 });
    await outbox.enqueue(message(serialOf(1), { text: 'a1' }));
    await outbox.enqueue(message(serialOf(2), { text: 'a2' }));
    await outbox.enqueue(message(serialOf(1), { text: 'b1', to: OTHER_TO }));
    network.fault({ verb: 'send', code: 'unavailable' });
    await outbox.flush();
    expect(await states(outbox)).toEqual(['waiting', 'queued', 'accepted']);
    expect(await received(network)).toEqual(['b1']);
    await clock.advance(MINUTE);
    await outbox.flush();
    expect(await received(network)).toEqual(['b1', 'a1', 'a2']);
  });

  it('waits for a person where its head cannot go, and goes on when the person has decided', async () => {
    for (const decision of ['retry', 'discard'] as const) {
      const { network, outbox } = delivery();
      const { id } = await outbox.enqueue(message(serialOf(1), { text: 'a1' }));
      await outbox.enqueue(message(serialOf(2), { text: 'a2' }));
      network.fault({ verb: 'send', code: 'address.unknown' });
      await outbox.flush();
      expect(await outbox.get(id)).toMatchObject({
        state: 'needs-person',
        code: 'address.unknown',
        outcome: 'rejected',
      });
      await outbox.flush();
      expect(await received(network)).toEqual([]);
      const decided = await outbox[decision](id);
      expect(decided.history.at(-1)).toMatchObject({ byPerson: true });
      await outbox.flush();
      expect(await received(network)).toEqual(decision === 'retry' ? ['a1', 'a2'] : ['a2']);
    }
  });

  it('is what a person may decide of only where there is something to decide', async () => {
    const { outbox } = delivery();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    expect((await refusalOf(outbox.retry(id))).code).toBe('config');
    expect((await refusalOf(outbox.confirm(id))).code).toBe('config');
    await outbox.flush();
    expect((await refusalOf(outbox.discard(id))).code).toBe('config');
    expect((await refusalOf(outbox.discard('0192d3a0-0000-7000-8000-000000000000'))).code).toBe('message.unknown');
  });
});

describe('an attempt that failed', () => {
  it('whose answer was lost is made again, and is one message with the receipt of the first', async () => {
    const { clock, network, outbox } = delivery();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    network.fault({ verb: 'send', code: 'network.reset', when: 'after' });
    await outbox.flush();
    expect(await outbox.get(id)).toMatchObject({ state: 'waiting', code: 'network.reset', outcome: 'unknown' });
    await clock.advance(MINUTE);
    await outbox.flush();
    expect(await outbox.get(id)).toMatchObject({ state: 'accepted', attempts: 2 });
    expect(await received(network)).toHaveLength(1);
  });

  it('is made again with longer and longer waits, and ends with a person after the time limit', async () => {
    const { clock, network, outbox } = delivery();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    network.fault({ verb: 'send', code: 'unavailable', times: 1_000_000 });
    const waits: number[] = [];
    for (;;) {
      await outbox.flush();
      const entry = await outbox.get(id);
      if (entry?.state !== 'waiting') break;
      const waitMs = (entry.retryAt ?? 0) - clock.now();
      waits.push(waitMs);
      await clock.advance(waitMs);
    }
    expect(waits.slice(0, 5).map((ms) => Math.round(ms / 100))).toEqual([5, 10, 20, 40, 80]);
    expect(Math.max(...waits)).toBeLessThan(15 * MINUTE);
    expect(await outbox.get(id)).toMatchObject({ state: 'needs-person', code: 'deadline' });
    expect(clock.now() - Date.UTC(2026, 10, 25, 1)).toBeGreaterThan(71 * 3600_000);
    const entry = await outbox.get(id);
    expect(entry?.history.length).toBeLessThanOrEqual(40);
    expect(entry?.history[0]).toMatchObject({ state: 'queued' });
  });

  it('because a person must log in costs no attempt, and is made again after a while', async () => {
    const { clock, network, outbox } = delivery();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    network.fault({ verb: 'send', code: 'auth.interaction-required' });
    await outbox.flush();
    expect(await outbox.get(id)).toMatchObject({ state: 'waiting', attempts: 0, code: 'auth.interaction-required' });
    await clock.advance(5 * MINUTE);
    await outbox.flush();
    expect(await outbox.get(id)).toMatchObject({ state: 'accepted', attempts: 1 });
  });

  it('because its caller stopped it says nothing of the message, which goes on with the next call', async () => {
    const { outbox, network } = delivery();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    const stop = new AbortController();
    stop.abort();
    await outbox.flush({ signal: stop.signal });
    expect(await states(outbox)).toEqual(['queued']);
    await outbox.flush();
    expect(await outbox.get(id)).toMatchObject({ state: 'accepted' });
    expect(await received(network)).toHaveLength(1);
  });

  it('because the serial is taken over there names the free one, and the caller encodes again', async () => {
    const { network, outbox, open } = delivery();
    const stranger = open(memoryStore());
    await stranger.enqueue(message(serialOf(1), { text: 'from another machine' }));
    await stranger.flush();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    await outbox.flush();
    const entry = await outbox.get(id);
    expect(entry).toMatchObject({ state: 'needs-person', code: 'serial.conflict', nextSerial: serialOf(2) });
    await outbox.discard(id);
    await outbox.enqueue(message(entry?.nextSerial ?? ''));
    await outbox.flush();
    expect(await received(network)).toEqual(['from another machine', `plan ${serialOf(2)}`]);
  });

  it('is the last thing of a run that is ended while it goes: nothing is waited for', async () => {
    const stop = new AbortController();
    const { outbox } = delivery({
      onEvent: ({ state }) => {
        if (state === 'accepted') stop.abort();
      },
    });
    await outbox.enqueue(message(serialOf(1)));
    // The clock stands: what sleeps would sleep for ever.
    await outbox.run({ signal: stop.signal });
    expect(await states(outbox)).toEqual(['accepted']);
  });
});
