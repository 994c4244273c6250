import { describe, expect, it } from 'vitest';
import { type InboxEntry, type Transport, TransportError } from '../../../src/transport/index.js';
import {
  type ArrivedMessage,
  type ArrivedRecord,
  type DeliveryEvent,
  memoryStore,
  openInbox,
} from '../../../src/transport/outbox/index.js';
import { delivery, FROM, message, OTHER_FROM, refusalOf, TO } from '../../support/outbox.js';
import { attempt, serialOf } from '../../support/slips.js';

const textOf = ({ message: { files } }: ArrivedMessage) =>
  Buffer.from(files[0]?.bytes ?? [])
    .toString()
    .trim()
    .replace('UPPLAN,', '');

async function all(inbox: ReturnType<typeof openInbox>): Promise<ArrivedMessage[]> {
  const arrived: ArrivedMessage[] = [];
  for await (const one of inbox.receive()) arrived.push(one);
  return arrived;
}

/** A delivery in which a message has been sent by a transport made of another. */
async function sentThrough(wrap: (transport: Transport) => Transport) {
  const parts = delivery({ wrap });
  await parts.outbox.enqueue(message(serialOf(1)));
  await parts.outbox.flush();
  return parts;
}

/** A delivery in which so many messages have been sent. */
async function sent(count: number) {
  const parts = delivery();
  for (let n = 1; n <= count; n++) await parts.outbox.enqueue(message(serialOf(n), { text: `a${n}` }));
  await parts.outbox.flush();
  return parts;
}

describe('a message that arrives', () => {
  it('is given until it is done, and never after; the sender learns that it was taken', async () => {
    const { inbox, outbox } = await sent(1);
    const [first] = await all(inbox);
    expect(first && textOf(first)).toBe('a1');
    expect(first?.again).toBe(false);
    const [second] = await all(inbox);
    expect(second?.again).toBe(true);
    await second?.done();
    expect(await all(inbox)).toEqual([]);
    expect(await outbox.refresh()).toMatchObject([{ state: 'delivered' }]);
    await second?.done('read');
    expect(await outbox.refresh()).toMatchObject([{ state: 'read' }]);
  });

  it('a second time has no second effect: it is only acknowledged again', async () => {
    const { network, inbox, receiving, events } = await sent(1);
    const [first] = await all(inbox);
    network.fault({ verb: 'acknowledge', code: 'network.reset', when: 'before' });
    expect((await refusalOf(first?.done() ?? Promise.resolve())).code).toBe('network.reset');
    // It is taken, and the far side does not know: it comes again.
    expect(await inbox.get(first?.message.id ?? '')).toMatchObject({ state: 'delivered' });
    expect((await inbox.get(first?.message.id ?? ''))?.told).toBeUndefined();
    expect(await receiving.transport.list({}, attempt()).then(({ items }) => items.length)).toBe(1);
    expect(await all(inbox)).toEqual([]);
    expect(events.map(({ type }) => type)).toContain('again');
    expect(await inbox.get(first?.message.id ?? '')).toMatchObject({ state: 'delivered', told: true });
    expect(await receiving.transport.list({}, attempt()).then(({ items }) => items.length)).toBe(0);
  });

  it('is told of also where the far side lists it no more, and the note that it was told is lost', async () => {
    const { network, inbox, receiving, outbox } = await sent(1);
    const [first] = await all(inbox);
    network.fault({ verb: 'acknowledge', code: 'network.reset', when: 'after' });
    expect((await refusalOf(first?.done() ?? Promise.resolve())).code).toBe('network.reset');
    const { id = '' } = first?.message ?? {};
    expect((await receiving.transport.list({}, attempt())).items).toEqual([]);
    expect((await inbox.get(id))?.told).toBeUndefined();
    expect(await all(inbox)).toEqual([]);
    expect(await inbox.get(id)).toMatchObject({ state: 'delivered', told: true });
    expect(await outbox.refresh()).toMatchObject([{ state: 'delivered' }]);
  });

  it('is taken exactly when its effects are there, where both are one transaction of the application', async () => {
    const { inbox, receiving } = await sent(1);
    const [first] = await all(inbox);
    const failing = receiving.store.transact(async (tx) => {
      await tx.set('book/1', 'a1');
      await first?.record(tx);
      throw new Error('the disk of the application is full');
    });
    await expect(failing).rejects.toThrow();
    expect(await all(inbox)).toHaveLength(1);
    await receiving.store.transact(async (tx) => {
      await tx.set('book/1', 'a1');
      await first?.record(tx);
    });
    expect(await all(inbox)).toEqual([]);
    expect(await inbox.get(first?.message.id ?? '')).toMatchObject({ state: 'delivered', told: true });
  });

  it('that is refused is told as such to the sender, with the reasons as codes', async () => {
    const { inbox, outbox } = await sent(1);
    const [first] = await all(inbox);
    await first?.refuse(['cell.tooLong', 'name.form']);
    expect(await all(inbox)).toEqual([]);
    expect(await outbox.refresh()).toMatchObject([{ state: 'rejected', reasons: ['cell.tooLong', 'name.form'] }]);
    expect((await refusalOf(first?.done() ?? Promise.resolve())).code).toBe('receipt.conflict');
  });

  it('comes in the order of the serials of its sender, whatever the order in which it was carried', async () => {
    const { outbox, receiving } = delivery();
    for (const n of [1, 2, 3]) await outbox.enqueue(message(serialOf(n), { text: `a${n}` }));
    await outbox.enqueue(message(serialOf(1), { from: OTHER_FROM, text: 'b1' }));
    await outbox.flush();
    const { list } = receiving.transport;
    const backwards = {
      ...receiving.transport,
      list: async (...query: Parameters<typeof list>) => {
        const page = await list(...query);
        return { ...page, items: [...page.items].reverse() };
      },
    };
    const arrived = await all(openInbox({ ...receiving, transport: backwards }));
    const lanes = [FROM, OTHER_FROM].map(({ serviceType }) =>
      arrived.filter(({ message: { from } }) => from.serviceType === serviceType).map(textOf),
    );
    expect(lanes).toEqual([['a1', 'a2', 'a3'], ['b1']]);
  });

  it('under a serial that its sender used for another is refused', async () => {
    const { outbox, inbox, open, network, receiving } = delivery();
    await outbox.enqueue(message(serialOf(1), { text: 'a1' }));
    await outbox.flush();
    const [first] = await all(inbox);
    await first?.done();
    // Whoever carries it says that it is of the same serial.
    const other = open(memoryStore());
    await other.enqueue(message(serialOf(2), { text: 'forged' }));
    await other.flush();
    const { list, fetch } = receiving.transport;
    const lying = {
      ...receiving.transport,
      list: async (...query: Parameters<typeof list>) => {
        const page = await list(...query);
        return { ...page, items: page.items.map((item): InboxEntry => ({ ...item, serial: serialOf(1) })) };
      },
      fetch: async (...query: Parameters<typeof fetch>) => ({ ...(await fetch(...query)), serial: serialOf(1) }),
    };
    const events: DeliveryEvent[] = [];
    const suspicious = openInbox({ ...receiving, transport: lying, onEvent: (event) => events.push(event) });
    expect(await all(suspicious)).toEqual([]);
    expect(events).toMatchObject([{ type: 'refused', reasons: ['serial.conflict'] }, { type: 'answered' }]);
    expect(network).toBeDefined();
    expect(await other.refresh()).toMatchObject([{ state: 'rejected', reasons: ['serial.conflict'] }]);
  });

  it('whose bytes changed on the way is left, and is given when they come as they should', async () => {
    const { inbox, receiving } = await sent(1);
    const { fetch } = receiving.transport;
    const bad = {
      ...receiving.transport,
      fetch: async (...query: Parameters<typeof fetch>) => {
        const inbound = await fetch(...query);
        const files = inbound.files.map((file) => ({
          ...file,
          async *open() {
            for await (const chunk of file.open()) yield chunk.map((byte) => byte ^ 1);
          },
        }));
        return { ...inbound, files };
      },
    };
    const events: DeliveryEvent[] = [];
    expect(await all(openInbox({ ...receiving, transport: bad, onEvent: (event) => events.push(event) }))).toEqual([]);
    expect(events).toMatchObject([{ type: 'left', code: 'integrity.wire' }]);
    expect((await all(inbox)).map(textOf)).toEqual(['a1']);
  });

  it('is asked for page by page, and what fails at the far side is thrown', async () => {
    const { inbox, network } = await sent(250);
    expect((await all(inbox)).map(textOf)).toEqual(Array.from({ length: 250 }, (_, n) => `a${n + 1}`));
    network.fault({ verb: 'list', code: 'network.unreachable' });
    expect(await refusalOf(all(inbox))).toBeInstanceOf(TransportError);
  });

  it('is known afterwards without a word of its content', async () => {
    const { inbox, receiving } = await sent(2);
    for (const one of await all(inbox)) await one.done();
    const kept: ArrivedRecord[] = [];
    for await (const record of inbox.list()) kept.push(record);
    kept.sort((a, b) => (a.serial < b.serial ? -1 : 1));
    expect(kept).toMatchObject([1, 2].map((n) => ({ serial: serialOf(n), to: TO, state: 'delivered', told: true })));
    expect(JSON.stringify([...receiving.store.snapshot()])).not.toMatch(/UPPLAN,|a1\\r/);
  });
});

describe('a message that was taken over', () => {
  it('and that the far side knows no more is said to be missing, until it is known again', async () => {
    let isLost = false;
    const { outbox, inbox, events } = await sentThrough((transport) => ({
      ...transport,
      lookup: async (...call) => (isLost ? undefined : transport.lookup(...call)),
    }));
    isLost = true;
    expect(await outbox.refresh()).toMatchObject([{ state: 'accepted', code: 'message.unknown' }]);
    expect(await outbox.refresh()).toEqual([]);
    expect(events.filter(({ type }) => type === 'missing')).toHaveLength(1);
    isLost = false;
    const [found] = await outbox.refresh();
    expect(found).toMatchObject({ state: 'accepted' });
    expect(found).not.toHaveProperty('code');
    for (const one of await all(inbox)) await one.done();
    isLost = true;
    expect(await outbox.refresh()).toMatchObject([{ state: 'accepted', code: 'message.unknown' }]);
    isLost = false;
    const [delivered] = await outbox.refresh();
    expect(delivered).toMatchObject({ state: 'delivered' });
    expect(delivered).not.toHaveProperty('code');
  });

  it('is not called missing where the far side keeps no list of what it took', async () => {
    let isLost = false;
    const { outbox, events } = await sentThrough((transport) => ({
      ...transport,
      capabilities: { ...transport.capabilities, lookup: 'none' },
      lookup: async (...call) => (isLost ? undefined : transport.lookup(...call)),
    }));
    isLost = true;
    expect(await outbox.refresh()).toEqual([]);
    expect(events.map(({ type }) => type)).not.toContain('missing');
  });
});
