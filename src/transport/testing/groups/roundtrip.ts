import { partOf } from '../../bytes.js';
import type { OutboundMessage } from '../../message.js';
import { refusal, same } from '../assert.js';
import type { CaseSpec } from '../case.js';
import { ascii, type Context, contentOf } from '../context.js';

/** Every value a byte can have; a byte order mark, NUL, Shift_JIS, CRLF and no line end; the head of a JPEG. */
const BYTES = [
  Uint8Array.from({ length: 256 }, (_, i) => i),
  Uint8Array.of(0xef, 0xbb, 0xbf, 0, 0x8d, 0x82, 0x0d, 0x0a, 0x22, 0xfb, 0xfc, 0x1a),
  Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0),
];
const HOSTILE: Readonly<Record<string, string>> = {
  'leaves its folder': '../up.CSV',
  'leaves its folder on Windows': '..\\up.CSV',
  'is a path': '/etc/up.CSV',
  'is a drive': 'C:up.CSV',
  'is a device': 'NUL.CSV',
  'holds NUL': 'up\0.CSV',
  'holds half a surrogate pair': 'up\ud83d.CSV',
  'turns the direction of what follows': 'up\u202eVSC.exe',
  'is longer than 255 bytes': `${'プ'.repeat(84)}.CSV`,
  'is empty': '',
};

async function arrives(context: Context, message: OutboundMessage): Promise<void> {
  await context.deliver(message);
  const { parts, size, from, to, serial, kinds, standard, id } = await context.entry(message);
  const total = message.parts.reduce((sum, part) => sum + part.size, 0);
  const said = { parts, size, from, to, serial, kinds: [...kinds].sort(), standard };
  const expected = { parts: message.parts.length, size: total, from: message.from, to: message.to };
  const { standard: edition, kinds: sent } = message;
  same(said, { ...expected, serial: message.serial, kinds: [...sent].sort(), standard: edition }, 'the entry');
  const byName = (x: { name: string }, y: { name: string }) => (x.name < y.name ? -1 : 1);
  const got = await contentOf((await context.fetch(id)).files);
  same(got.sort(byName), (await contentOf(message.parts)).sort(byName), 'the files');
}

async function nothingArrived(context: Context): Promise<void> {
  await context.carry();
  same(await context.list(), [], 'the mailbox after a refusal');
}

export const roundtrip: readonly CaseSpec[] = [
  {
    name: 'bytes of every value come out as they went in',
    run: async (context) => arrives(context, await context.message({ bytes: BYTES })),
  },
  {
    name: 'an empty file and a file of one byte arrive',
    run: async (context) => arrives(context, await context.message({ bytes: [new Uint8Array(), Uint8Array.of(0)] })),
  },
  {
    name: 'a part of exactly the size allowed arrives, one byte more is too large',
    async run(context) {
      const { maxPartBytes } = context.a.capabilities.limits;
      const message = await context.message({ bytes: [new Uint8Array(maxPartBytes).fill(0x41)] });
      await arrives(context, message);
      const larger = await context.message();
      const parts = larger.parts.map((part, i) => (i === 0 ? { ...part, size: maxPartBytes + 1 } : part));
      await refusal(context.send({ ...larger, parts }), { code: 'too-large', outcome: 'rejected', retry: 'never' });
    },
  },
  {
    name: 'more parts, or more bytes in all, than allowed are too large',
    async run(context) {
      const { maxParts, maxPartBytes, maxMessageBytes } = context.a.capabilities.limits;
      const message = await context.message();
      const [first] = message.parts;
      if (!first) return;
      const copies = (count: number, size: number) =>
        Array.from({ length: count }, (_, i) => ({ ...first, name: `${i}_${first.name}`, size }));
      await refusal(context.send({ ...message, parts: copies(maxParts + 1, 1) }), { code: 'too-large' });
      const full = Math.floor(maxMessageBytes / maxPartBytes) + 1;
      if (full <= maxParts)
        await refusal(context.send({ ...message, parts: copies(full, maxPartBytes) }), { code: 'too-large' });
      await nothingArrived(context);
    },
  },
  {
    name: 'a source that gives one byte at a time arrives whole',
    async run(context) {
      const message = await context.message();
      const parts = message.parts.map((part) => ({
        ...part,
        async *open() {
          for await (const chunk of part.open()) for (const byte of chunk) yield Uint8Array.of(byte);
        },
      }));
      await arrives(context, { ...message, parts });
    },
  },
  {
    name: 'the order of the files is kept, or is the same each time',
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { id } = await context.entry(message);
      const names = async () => (await context.fetch(id)).files.map(({ name }) => name);
      same(await names(), await names(), 'the order of the files');
    },
  },
  ...Object.entries(HOSTILE).map(
    ([what, name]): CaseSpec => ({
      name: `a file whose name ${what} is refused, and nothing is sent`,
      async run(context) {
        const message = await context.message();
        const odd = await partOf({ name, kind: message.kinds[0] ?? '', bytes: ascii('1') });
        const call = context.send({ ...message, parts: [...message.parts, odd] });
        await refusal(call, { code: 'message.invalid', outcome: 'rejected', retry: 'never' });
        await nothingArrived(context);
      },
    }),
  ),
  {
    name: 'two names that are one where letter case does not count are refused',
    async run(context) {
      const message = await context.message();
      const [first] = message.parts;
      if (!first) return;
      const twin = { ...first, name: first.name.replace('.CSV', '.csv') };
      await refusal(context.send({ ...message, parts: [...message.parts, twin] }), { code: 'message.invalid' });
      await nothingArrived(context);
    },
  },
  {
    name: 'no part, a serial of 13 digits, an address of another form or an id of another form are refused',
    async run(context) {
      const message = await context.message();
      const to = { officeNumber: '037010010', serviceType: '43' };
      for (const wrong of [{ parts: [] }, { serial: '2026112510000' }, { to }, { id: '../../etc' }]) {
        await refusal(context.send({ ...message, ...wrong }), { code: 'message.invalid', outcome: 'rejected' });
      }
      await refusal(context.send({ ...message, to: message.from }), { code: 'address.self', outcome: 'rejected' });
      await nothingArrived(context);
    },
  },
  {
    name: 'a part that is not what it says of itself is not sent',
    async run(context) {
      for (const lie of [{ size: 4 }, { size: 400 }, { sha256: '0'.repeat(64) }]) {
        const message = await context.message();
        const parts = message.parts.map((part, i) => (i === 1 ? { ...part, ...lie } : part));
        const call = context.send({ ...message, parts });
        await refusal(call, { code: 'integrity.content', outcome: 'not-sent', retry: 'never' });
      }
      await nothingArrived(context);
    },
  },
];
