import { describe, expect, it } from 'vitest';
import {
  defineTransport,
  type PartSource,
  partOf,
  readPart,
  type Transport,
  type TransportDriver,
  TransportError,
} from '../../src/transport/index.js';
import { type ContractHarness, contractCases } from '../../src/transport/testing/index.js';
import { memoryHarness } from '../support/memory-harness.js';

/** Small limits, so that the largest message is soon sent. */
const SMALL = { maxParts: 20, maxPartBytes: 100_000, maxMessageBytes: 1_000_000 };

type Change = (memory: Transport) => Partial<TransportDriver>;

/** The harness of memory, with something of both ends changed. */
const changed =
  (change: Change, more: Partial<ContractHarness> = {}) =>
  async (): Promise<ContractHarness> => {
    const harness = await memoryHarness(SMALL);
    const make = defineTransport((memory: Transport) => ({ ...memory, ...change(memory) }));
    const end = (side: 'a' | 'b') => ({ ...harness[side], transport: make(harness[side].transport) });
    const reopen = async (side: 'a' | 'b') => make((await harness.reopen?.(side)) as Transport);
    return { ...harness, a: end('a'), b: end('b'), reopen, ...more };
  };

/** The groups of which a case fails; of all, or of one. */
async function failing(
  factory: () => Promise<ContractHarness>,
  options?: Parameters<typeof contractCases>[1],
  only?: string,
): Promise<string[]> {
  const groups: string[] = [];
  for (const one of await contractCases(factory, options)) {
    if (one.skip !== undefined || (only !== undefined && one.group !== only)) continue;
    await one.run().catch(() => groups.push(one.group));
  }
  return [...new Set(groups)];
}
const claims =
  (more: Partial<Transport['capabilities']>): Change =>
  ({ capabilities }) => ({
    capabilities: { ...capabilities, ...more },
  });

/** Names another serial, or none, where the one of a message is taken. */
const naming =
  (nameOf: (serial: string) => string | undefined): Change =>
  (m) => ({
    send: (message, o) =>
      m.send(message, o).catch((error: TransportError) => {
        const nextSerial = nameOf(message.serial);
        if (error.code !== 'serial.conflict') throw error;
        throw new TransportError(error.code, nextSerial === undefined ? {} : { nextSerial });
      }),
  });

describe('the contract suite', () => {
  it('finds nothing wrong with a transport that only passes calls on', async () => {
    expect(await failing(changed(() => ({})))).toEqual([]);
  });

  it('finds nothing wrong with one that names no serial where one is taken', async () => {
    expect(await failing(changed(naming(() => undefined)), {}, 'idempotence')).toEqual([]);
  });

  it.each<[string, Change, string]>([
    [
      'gives other bytes',
      (m) => ({
        fetch: async (ref, o) => {
          const found = await m.fetch(ref, o);
          return {
            ...found,
            files: found.files.map((file) => ({
              ...file,
              async *open() {
                yield new Uint8Array(file.size);
              },
            })),
          };
        },
      }),
      'roundtrip',
    ],
    [
      'forgets a file',
      (m) => ({
        fetch: async (ref, o) => {
          const found = await m.fetch(ref, o);
          return { ...found, files: found.files.slice(1) };
        },
      }),
      'roundtrip',
    ],
    [
      'does not tell duplicates',
      (m) => ({ send: async (message, o) => ({ ...(await m.send(message, o)), duplicate: false }) }),
      'idempotence',
    ],
    ['names a serial that is taken', naming((serial) => serial), 'idempotence'],
    ['names a serial that is no time', naming((serial) => `${serial.slice(0, 8)}996199`), 'idempotence'],
    [
      'makes a new receipt each time',
      (m) => {
        let n = 0;
        return {
          send: async (message, o) => {
            const result = await m.send(message, o);
            return { ...result, receipt: { ...result.receipt, acceptedAt: n++ } };
          },
        };
      },
      'idempotence',
    ],
    [
      'takes a leap day for no day',
      (m) => ({
        send: async (message, o) => {
          if (/0229/.test(message.serial)) throw new TransportError('message.invalid');
          return m.send(message, o);
        },
      }),
      'time',
    ],
    ['names a second of a day that is none', naming((serial) => String(BigInt(serial) + 41n)), 'time'],
    [
      'lists the newest first',
      (m) => ({
        list: async (query, o) => {
          const page = await m.list({ ...query, limit: 100 }, o);
          return { items: [...page.items].reverse() };
        },
      }),
      'ordering',
    ],
    [
      'gives one entry twice',
      (m) => ({
        list: async (query, o) => {
          const page = await m.list(query, o);
          return { ...page, items: [...page.items, ...page.items.slice(0, 1)] };
        },
      }),
      'inbox',
    ],
    [
      'begins anew where a list that would wait goes on and nothing more is there',
      (m) => ({
        list: async ({ cursor, ...query }, o) => {
          const page = await m.list({ ...query, ...(cursor === undefined ? {} : { cursor }) }, o);
          return page.items.length === 0 && query.waitMs ? m.list({ ...query, waitMs: 0 }, o) : page;
        },
      }),
      'inbox',
    ],
    [
      'takes any cursor',
      (m) => ({
        list: async ({ cursor, ...query }, o) =>
          m.list({ ...query, ...(cursor && /^[0-9]+$/.test(cursor) ? { cursor } : {}) }, o),
      }),
      'inbox',
    ],
    ['keeps what was acknowledged', () => ({ acknowledge: async () => {} }), 'acknowledge'],
    [
      'says that all is available',
      (m) => ({
        lookup: async (ref, o) => {
          const found = await m.lookup(ref, o);
          return found && { ...found, state: 'available' };
        },
      }),
      'status',
    ],
    ['does not find what was sent', () => ({ lookup: async () => undefined }), 'status'],
    ['finds what was never sent', () => ({ lookup: async (ref) => ({ ...ref, state: 'available' }) }), 'status'],
    ['recalls what was fetched', () => ({ recall: async () => 'recalled' }), 'recall'],
    [
      'lists only the first of what was sent',
      (m) => ({
        listSent: async (query, o) => ({ items: (await m.listSent?.({ ...query, limit: 1 }, o))?.items ?? [] }),
      }),
      'listSent',
    ],
    [
      'never hints',
      (m) => ({
        watch: async function* (_, { signal }) {
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
          yield* m.watch?.({}, { signal, deadline: 0, attempt: 1 }) ?? [];
        },
      }),
      'watch',
    ],
  ])('finds a transport that %s', async (_, change, group) => {
    expect(await failing(changed(change), {}, group)).toEqual([group]);
  });

  it('finds a transport whose errors quote what they were given', async () => {
    const quoting = async () => {
      const harness = await memoryHarness(SMALL);
      const b: Transport = {
        ...harness.b.transport,
        fetch: (ref, options) =>
          harness.b.transport.fetch(ref, options).catch((error: unknown) => {
            throw Object.assign(error as Error, { message: `there is no ${ref.id}` });
          }),
      };
      return { ...harness, b: { ...harness.b, transport: b } };
    };
    expect(await failing(quoting)).toEqual(['secrecy']);
  });

  it('finds a transport whose messages can be read after it was closed', async () => {
    const outliving = async () => {
      const harness = await memoryHarness(SMALL);
      const { transport } = harness.b;
      const b: Transport = {
        ...transport,
        async fetch(ref, options) {
          const found = await transport.fetch(ref, options);
          const read = async (part: PartSource) => partOf({ ...part, bytes: await readPart(part) });
          return { ...found, files: await Promise.all(found.files.map(read)) };
        },
      };
      return { ...harness, b: { ...harness.b, transport: b } };
    };
    expect(await failing(outliving, {}, 'close')).toEqual(['close']);
  });

  it.each<[string, Change, string]>([
    ['signedReceipts', claims({ signedReceipts: true }), 'sealing'],
    ['endToEndEncryption', claims({ endToEndEncryption: 'required' }), 'sealing'],
    ['interactiveLogin', claims({ interactiveLogin: true }), 'login'],
    ['the state handed-off', claims({ status: ['handed-off'] }), 'manifest'],
  ])(
    'fails where the manifest claims %s and there are no means to test it, or it is not so',
    async (_, change, group) => {
      expect(await failing(changed(change), {}, group)).toEqual([group]);
    },
  );

  it('fails where the manifest claims idempotentSend or expired and the harness cannot restart or let time pass', async () => {
    const bare = async () => {
      const { reopen: _, expire: __, ...harness } = await memoryHarness(SMALL);
      return harness;
    };
    expect(await failing(bare)).toEqual(['idempotence', 'status', 'crash']);
  });

  it('fails where a claim that is expected was dropped, and lists what it skips with the reason', async () => {
    const factory = changed(claims({ orderedInbox: false }));
    expect(await failing(factory, { expect: { orderedInbox: true } })).toEqual(['manifest']);
    const skipped = (await contractCases(factory)).filter(({ group }) => group === 'ordering');
    expect(skipped.map(({ skip }) => skip)).toEqual(['the manifest does not claim orderedInbox']);
  });
});
