import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Directory,
  generateOfficeKeys,
  type OfficeKeys,
  type PublicKey,
  signReceipt,
  staticDirectory,
} from '../../../src/transport/envelope/index.js';
import { parseHeader, partOf, readPart, TransportError } from '../../../src/transport/index.js';
import {
  type ArrivedMessage,
  type DeliveryEvent,
  memoryStore,
  openInbox,
} from '../../../src/transport/outbox/index.js';
import { manualClock } from '../../../src/transport/testing/index.js';
import { OFFICES } from '../../support/memory-harness.js';
import { delivery, FROM, message, refusalOf, states, TO } from '../../support/outbox.js';
import { attempt, serialOf } from '../../support/slips.js';

let [ours, theirs, strangers]: OfficeKeys[] = [];
beforeAll(async () => {
  [ours, theirs, strangers] = await Promise.all([1, 2, 3].map(() => generateOfficeKeys({ now: manualClock().now() })));
});
const must = <T>(value: T | undefined): T => value as T;

/** A directory of both offices; changes of the entries count at once. */
function directoryOf(keys: { a?: readonly PublicKey[]; b?: readonly PublicKey[] } = {}): Directory {
  const entries = [
    ...OFFICES.a.map((address) => ({ address, issuedAt: 0, keys: keys.a ?? must(ours).publicKeys })),
    ...OFFICES.b.map((address) => ({ address, issuedAt: 0, keys: keys.b ?? must(theirs).publicKeys })),
  ];
  return staticDirectory(entries);
}

/** Both ends with their keys. */
function sealed(more: Parameters<typeof delivery>[0] & { readonly of?: Directory; readonly at?: Directory } = {}) {
  const { of = directoryOf(), at = directoryOf(), ...options } = more;
  const parts = delivery({ keys: must(ours), directory: of, ...options });
  const events: DeliveryEvent[] = [];
  const inbox = openInbox({
    ...parts.receiving,
    clock: parts.clock,
    keys: must(theirs),
    directory: at,
    onEvent: (event) => events.push(event),
  });
  return { ...parts, inbox, arrivals: events };
}

async function all(inbox: ReturnType<typeof openInbox>): Promise<ArrivedMessage[]> {
  const arrived: ArrivedMessage[] = [];
  for await (const one of inbox.receive()) arrived.push(one);
  return arrived;
}

describe('a sealed message', () => {
  it('is seen on the way as its header says, and by its receiver as it was sent', async () => {
    const { outbox, inbox, receiving } = sealed();
    const { id } = await outbox.enqueue(message(serialOf(1), { text: '利用者' }));
    await outbox.flush();
    const onTheWay = await receiving.transport.fetch({ id }, attempt());
    const seen = (await Promise.all(onTheWay.files.map((file) => readPart(file)))).map((bytes) =>
      Buffer.from(bytes).toString(),
    );
    expect(parseHeader(onTheWay.header ?? '')).toMatchObject({ id, from: FROM, to: TO, serial: serialOf(1) });
    for (const text of [...seen, ...onTheWay.files.map(({ name }) => name)]) expect(text).not.toMatch(/利用者|UPPLAN/);
    const [arrived] = await all(inbox);
    expect(arrived?.message).toMatchObject({
      id,
      previous: null,
      files: [{ kind: 'UPPLAN' }, { kind: 'UPSIKYU' }, { kind: 'UPHOSOKU' }],
    });
    expect(Buffer.from(arrived?.message.files[0]?.bytes ?? []).toString()).toBe('UPPLAN,利用者\r\n');
  });

  it('is the same bytes at every attempt, also of another process', async () => {
    const { outbox, open, store, clock, network, events } = sealed();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    network.fault({ verb: 'send', code: 'network.reset', when: 'after' });
    await outbox.flush();
    expect(await states(outbox)).toEqual(['waiting']);
    await clock.advance(60_000);
    const heir = open(memoryStore(store.snapshot()));
    expect((await heir.flush()).entries).toMatchObject([{ id, state: 'accepted' }]);
    expect(events.filter(({ type }) => type === 'sealed')).toHaveLength(1);
  });

  it('leaves nothing in the store that could be read, before it is accepted or after', async () => {
    const { outbox, store, network } = sealed();
    await outbox.enqueue(message(serialOf(1), { text: 'secret' }));
    network.fault({ verb: 'send', code: 'unavailable' });
    await outbox.flush();
    const bodies = [...store.snapshot()].filter(([key]) => key.startsWith('out/body/')).map(([, text]) => text);
    expect(bodies).toHaveLength(4);
    for (const text of bodies)
      expect(text + atob(text.replace(/[^A-Za-z0-9+/].*$/s, '').slice(0, 400))).not.toContain('secret');
  });

  it('follows the one before it in its lane; the receiver learns of one that did not come', async () => {
    const { outbox, inbox, receiving, arrivals } = sealed();
    for (const n of [1, 2, 3]) await outbox.enqueue(message(serialOf(n)));
    await outbox.flush();
    const [first, second, third] = await all(inbox);
    expect([first, second, third].map((one) => one?.gap)).toEqual([undefined, undefined, undefined]);
    expect([first, second, third].map((one) => one && 'previous' in one.message && one.message.previous)).toEqual([
      null,
      { id: first?.message.id, serial: serialOf(1) },
      { id: second?.message.id, serial: serialOf(2) },
    ]);
    // Another machine of the receiver never gets the second.
    const { list } = receiving.transport;
    const dropping = {
      ...receiving.transport,
      list: async (...query: Parameters<typeof list>) => {
        const page = await list(...query);
        return { ...page, items: page.items.filter(({ serial }) => serial !== serialOf(2)) };
      },
    };
    const other = openInbox({
      store: memoryStore(),
      transport: dropping,
      keys: must(theirs),
      directory: directoryOf(),
    });
    expect((await all(other)).map(({ gap }) => gap?.serial)).toEqual([undefined, serialOf(2)]);
    expect(arrivals.map(({ type }) => type)).not.toContain('gap');
  });

  it('whose predecessor was discarded follows the last that was sent', async () => {
    const { outbox, inbox, network } = sealed();
    const [a, b] = [await outbox.enqueue(message(serialOf(1))), await outbox.enqueue(message(serialOf(2)))];
    await outbox.flush();
    const c = await outbox.enqueue(message(serialOf(3)));
    await outbox.enqueue(message(serialOf(4)));
    network.fault({ verb: 'send', code: 'message.invalid' });
    await outbox.flush();
    await outbox.discard(c.id);
    await outbox.flush();
    const arrived = await all(inbox);
    expect(arrived.map(({ gap }) => gap)).toEqual([undefined, undefined, undefined]);
    expect(arrived[2]?.message).toMatchObject({ serial: serialOf(4), previous: { id: b.id } });
    expect(arrived[0]?.message.id).toBe(a.id);
  });
});

describe('keys of the receiver', () => {
  it.each([
    ['that nobody knows', 'key.unknown', () => staticDirectory([])],
    [
      'that are out of date',
      'key.expired',
      () => directoryOf({ b: must(theirs).publicKeys.map((key) => ({ ...key, notAfter: 1 })) }),
    ],
    [
      'that are revoked',
      'key.revoked',
      () => directoryOf({ b: must(theirs).publicKeys.map((key) => ({ ...key, revokedAt: 1 })) }),
    ],
  ])('%s stop the message before anything leaves: a person decides', async (_, code, make) => {
    const { outbox, receiving } = sealed({ of: make() });
    const { id, warning } = await outbox.enqueue(message(serialOf(1)));
    expect(warning).toBe(code);
    await outbox.flush();
    expect(await outbox.get(id)).toMatchObject({ state: 'needs-person', code, outcome: 'not-sent' });
    expect((await receiving.transport.list({}, attempt())).items).toEqual([]);
  });

  it('that cannot be asked for now are asked for again', async () => {
    let asked = 0;
    const good = directoryOf();
    const of: Directory = {
      async find(address) {
        if (asked++ < 3) throw new TransportError('unavailable');
        return good.find(address);
      },
    };
    const { outbox, clock } = sealed({ of });
    expect((await outbox.enqueue(message(serialOf(1)))).warning).toBeUndefined();
    for (let n = 0; n < 2; n++) {
      await outbox.flush();
      expect(await states(outbox)).toEqual(['waiting']);
      await clock.advance(60_000);
    }
    await outbox.flush();
    expect(await states(outbox)).toEqual(['accepted']);
  });
});

describe('keys of the sender', () => {
  it('that end are told when a message is enqueued: 90, 30 and 7 days before, and when they have ended', async () => {
    for (const [days, withinDays, warning] of [
      [100, undefined, undefined],
      [89, 90, undefined],
      [29, 30, undefined],
      [6, 7, undefined],
      [-1, 0, 'key.expired'],
    ] as const) {
      const keys = await generateOfficeKeys({ now: manualClock().now() - 400 * 86_400_000, validDays: 400 + days });
      const { outbox, events } = sealed({ keys });
      expect((await outbox.enqueue(message(serialOf(1)))).warning).toBe(warning);
      const told = events.filter(({ type }) => type === 'expires');
      expect(told.map((event) => event.withinDays)).toEqual(withinDays === undefined ? [] : [withinDays]);
    }
  });
});

describe('receipts', () => {
  it('signed by the receiver are what the state of a sealed message comes from, and stay as its proof', async () => {
    const { outbox, inbox } = sealed();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    await outbox.flush();
    for (const arrived of await all(inbox)) await arrived.done();
    expect(await outbox.refresh()).toMatchObject([{ id, state: 'delivered' }]);
    const proof = await outbox.proof(id);
    expect(proof).toMatchObject({ type: 'careplan-delivery-proof', state: 'delivered', receipt: { messageId: id } });
    expect(proof.signedReceipts).toHaveLength(1);
    expect(proof.files.map(({ sha256 }) => sha256)).toHaveLength(3);
    expect(proof.sealed?.header).toContain(id);
  });

  it('that the receiver did not sign are told, and change nothing: nobody on the way can say that it was read', async () => {
    const { outbox, receiving, events } = sealed();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    const { id: other } = await outbox.enqueue(message(serialOf(2)));
    await outbox.flush();
    const bound = async (messageId: string) => {
      const { header = '' } = await receiving.transport.fetch({ id: messageId }, attempt());
      return { messageId, manifestSha256: parseHeader(header).parts[0]?.sha256 ?? '', from: FROM, to: TO, at: 0 };
    };
    const forged = [
      await signReceipt({ ...(await bound(id)), kind: 'delivered' }, must(strangers).signer),
      // Of another message.
      await signReceipt({ ...(await bound(other)), kind: 'read' }, must(theirs).signer),
    ];
    await receiving.transport.acknowledge({ id }, { kind: 'delivered', signed: must(forged[0]) }, attempt());
    await receiving.transport.acknowledge({ id }, { kind: 'read', signed: must(forged[1]) }, attempt());
    expect(await outbox.refresh()).toEqual([]);
    expect(await outbox.get(id)).toMatchObject({ state: 'accepted' });
    expect(events.filter(({ type }) => type === 'forged')).toMatchObject([{ messageId: id }, { messageId: id }]);
  });
});

describe('a message that cannot be opened', () => {
  it('because it was sealed for keys that are not here is left, until a person refuses it, and the sender can believe it', async () => {
    const { outbox, inbox, arrivals } = sealed({ of: directoryOf({ b: must(strangers).publicKeys }) });
    const { id } = await outbox.enqueue(message(serialOf(1)));
    await outbox.flush();
    expect(await all(inbox)).toEqual([]);
    expect(arrivals).toMatchObject([{ type: 'left', code: 'key.unknown' }]);
    await inbox.refuse(id, ['key.unknown']);
    expect(await inbox.get(id)).toMatchObject({ state: 'rejected', reasons: ['key.unknown'] });
    expect((await refusalOf(inbox.refuse(id, ['key.unknown']))).code).toBe('receipt.conflict');
    expect(await all(inbox)).toEqual([]);
    // The sender asks whose keys it sealed for: only they could say that it was not for them.
    expect(await outbox.refresh()).toEqual([]);
  });

  it('because it was changed is refused with the code of why, and the sender can believe it', async () => {
    const { outbox, receiving, clock } = sealed();
    const { id } = await outbox.enqueue(message(serialOf(1)));
    await outbox.flush();
    const { fetch } = receiving.transport;
    const changing = {
      ...receiving.transport,
      async fetch(...query: Parameters<typeof fetch>) {
        const inbound = await fetch(...query);
        const [manifest, first, ...others] = inbound.files;
        const bytes = await readPart(must(first));
        bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) === 0x41 ? 0x42 : 0x41;
        const changed = await partOf({ ...must(first), bytes });
        return { ...inbound, files: [must(manifest), changed, ...others] };
      },
    };
    const events: DeliveryEvent[] = [];
    const onEvent = (event: DeliveryEvent) => events.push(event);
    const victim = openInbox({
      ...receiving,
      transport: changing,
      clock,
      keys: must(theirs),
      directory: directoryOf(),
      onEvent,
    });
    expect(await all(victim)).toEqual([]);
    expect(events).toMatchObject([{ type: 'refused', reasons: ['integrity.content'] }, { type: 'answered' }]);
    expect(await outbox.refresh()).toMatchObject([{ id, state: 'rejected', reasons: ['integrity.content'] }]);
  });

  it('because its sender is not known yet is left, and given when it is', async () => {
    const { outbox, receiving, inbox, clock } = sealed();
    await outbox.enqueue(message(serialOf(1)));
    await outbox.flush();
    const events: DeliveryEvent[] = [];
    const onEvent = (event: DeliveryEvent) => events.push(event);
    const lonely = openInbox({ ...receiving, clock, keys: must(theirs), directory: staticDirectory([]), onEvent });
    expect(await all(lonely)).toEqual([]);
    expect(events).toMatchObject([{ type: 'left', code: 'key.unknown' }]);
    expect(await all(inbox)).toHaveLength(1);
  });

  it('is not given where it was signed by another than its sender', async () => {
    const { outbox, receiving, clock } = sealed({ keys: must(strangers) });
    await outbox.enqueue(message(serialOf(1)));
    await outbox.flush();
    const events: DeliveryEvent[] = [];
    const inbox = openInbox({
      ...receiving,
      clock,
      keys: must(theirs),
      directory: directoryOf(),
      onEvent: (event) => events.push(event),
    });
    expect(await all(inbox)).toEqual([]);
    expect(events).toMatchObject([{ type: 'left', code: 'key.unknown' }]);
  });

  it('because there are no keys here is left: nothing of it is lost', async () => {
    const { outbox, receiving } = sealed();
    await outbox.enqueue(message(serialOf(1)));
    await outbox.flush();
    const events: DeliveryEvent[] = [];
    expect(await all(openInbox({ ...receiving, onEvent: (event) => events.push(event) }))).toEqual([]);
    expect(events).toMatchObject([{ type: 'left', code: 'unsupported' }]);
  });
});

describe('a transport that carries sealed messages only', () => {
  it('is not opened without keys and a directory', async () => {
    const { transport, store } = delivery();
    const strict = {
      ...transport,
      capabilities: { ...transport.capabilities, endToEndEncryption: 'required' as const },
    };
    expect(() => openInbox({ store, transport: strict })).toThrow(TransportError);
    expect(await refusalOf(Promise.resolve().then(() => openInbox({ store, transport: strict })))).toMatchObject({
      code: 'config',
    });
  });
});
