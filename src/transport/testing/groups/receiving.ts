import { readPart } from '../../bytes.js';
import { messageId } from '../../id.js';
import { ensure, refusal, same, soon } from '../assert.js';
import { type CaseSpec, unless } from '../case.js';
import { attempt, contentOf } from '../context.js';

const UNKNOWN = { id: messageId(0) };

export const inbox: readonly CaseSpec[] = [
  {
    name: 'a mailbox is empty at first, and its list has no cursor',
    async run({ b }) {
      same(await b.list({}, attempt()), { items: [] }, 'the page');
    },
  },
  {
    name: 'pages of 1, of 2 and of many give every entry once',
    async run(context) {
      const messages = await Promise.all(Array.from({ length: 5 }, () => context.message()));
      await context.deliver(...messages);
      for (const limit of [1, 2, 1000]) {
        const page = await context.b.list({ limit }, attempt());
        ensure(page.items.length >= 1 && page.items.length <= limit, 'a page is empty or longer than asked for');
        const serials = (await context.list({ limit })).map(({ serial }) => serial).sort();
        same(serials, messages.map(({ serial }) => serial).sort(), `the entries by pages of ${limit}`);
      }
    },
  },
  {
    name: 'pages of a list that would wait give every entry of every mailbox once, and end',
    async run(context) {
      const { b, harness } = context;
      const sent: string[] = [];
      for (const to of harness.b.addresses) {
        const message = await context.message({ to });
        sent.push(message.serial);
        await context.deliver(message);
        for (const limit of [1, 1000]) {
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            ensure(seen.length <= sent.length, 'the pages do not end');
            const call = b.list({ limit, waitMs: 60_000, ...(cursor === undefined ? {} : { cursor }) }, attempt());
            const page = await soon(call, 5000, 'a page of what is there');
            seen.push(...page.items.map(({ serial }) => serial));
            cursor = page.cursor;
          } while (cursor !== undefined);
          same(seen.sort(), [...sent].sort(), `the entries by pages of ${limit}`);
        }
      }
    },
  },
  {
    name: 'a list that goes on where nothing more is ends, and does not wait or begin anew',
    async run(context) {
      const messages = [await context.message(), await context.message()] as const;
      await context.deliver(...messages);
      const first = await context.b.list({ limit: 1, waitMs: 60_000 }, attempt());
      const { items, cursor } = first;
      const isShown = (serial: string) => items.some((entry) => entry.serial === serial);
      for (const message of [...messages].sort((a, b) => Number(isShown(a.serial)) - Number(isShown(b.serial)))) {
        await context.b.acknowledge(await context.entry(message), { kind: 'delivered' }, attempt());
        ensure(cursor !== undefined, 'there is no cursor though more is there');
        const next = context.b.list({ cursor, limit: 1, waitMs: 60_000 }, attempt());
        same(await soon(next, 5000, 'the last page'), { items: [] }, 'the last page');
      }
    },
  },
  {
    name: 'what arrives while pages are turned makes none of the others come twice or not at all',
    async run(context) {
      const messages = await Promise.all(Array.from({ length: 4 }, () => context.message()));
      await context.deliver(...messages);
      const first = await context.b.list({ limit: 2 }, attempt());
      await context.deliver(await context.message());
      const rest = first.cursor === undefined ? [] : await context.list({ cursor: first.cursor, limit: 2 });
      const seen = [...first.items, ...rest].map(({ serial }) => serial);
      const expected = messages.map(({ serial }) => serial);
      same(seen.filter((serial) => expected.includes(serial)).sort(), expected.sort(), 'the entries');
    },
  },
  {
    name: 'what is acknowledged while pages are turned makes none of the others come twice or not at all',
    async run(context) {
      const messages = await Promise.all(Array.from({ length: 4 }, () => context.message()));
      await context.deliver(...messages);
      const first = await context.b.list({ limit: 2 }, attempt());
      for (const entry of first.items) await context.b.acknowledge(entry, { kind: 'delivered' }, attempt());
      const rest = first.cursor === undefined ? [] : await context.list({ cursor: first.cursor, limit: 2 });
      const seen = [...first.items, ...rest].map(({ serial }) => serial);
      same(seen.sort(), messages.map(({ serial }) => serial).sort(), 'the entries');
    },
  },
  {
    name: 'a cursor that is not its own, and a limit that is no number of entries, are misuse',
    async run({ b }) {
      await refusal(b.list({ cursor: '山田' }, attempt()), { code: 'config', outcome: 'not-sent', retry: 'never' });
      await refusal(b.list({ limit: 0 }, attempt()), { code: 'config' });
    },
  },
  {
    name: 'a list can be of one mailbox and from one sender',
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { from, to } = context;
      same((await context.list({ mailbox: to, from })).length, 1, 'the entries for this mailbox from this sender');
      same(await context.list({ from: to }), [], 'the entries from another sender');
    },
  },
  {
    name: "another's mailbox is empty, and what is in it is not known here",
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { id } = await context.entry(message);
      same(await context.list({ mailbox: context.to }, context.a), [], 'the mailbox as seen by another');
      await refusal(context.fetch(id, context.a), { code: 'message.unknown', outcome: 'rejected' });
      await refusal(context.a.acknowledge({ id }, { kind: 'read' }, attempt()), { code: 'message.unknown' });
    },
  },
  {
    name: "a message of another's address is not sent",
    async run(context) {
      const message = await context.message({ from: context.to, to: context.from });
      await refusal(context.send(message), { code: 'auth.denied', outcome: 'rejected', retry: 'never' });
    },
  },
  {
    name: 'what is in the mailbox is there after a restart',
    skip: (_, harness) => (harness.reopen ? undefined : 'the harness cannot restart'),
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const before = await context.entry(message);
      context.b = (await context.harness.reopen?.('b')) ?? context.b;
      await context.carry();
      same((await context.entry(message)).id, before.id, 'the id after the restart');
    },
  },
];

export const ordering: readonly CaseSpec[] = [
  {
    name: "a sender's messages are listed in the order of their serials, in every lane",
    skip: unless((c) => c.orderedInbox, 'the manifest does not claim orderedInbox'),
    async run(context) {
      const lanes = context.harness.a.addresses.flatMap((from) =>
        context.harness.b.addresses.map((to) => ({ from, to })),
      );
      for (let n = 0; n < 12; n++) {
        const lane = lanes[(n * 7) % lanes.length];
        await context.send(await context.message(lane));
      }
      await context.carry();
      for (const { from, to } of lanes) {
        const serials = (await context.list({ mailbox: to, from, limit: 5 })).map(({ serial }) => serial);
        same(serials, [...serials].sort(), 'the order of the serials');
      }
      same((await context.list()).length, 12, 'the entries of all lanes');
    },
  },
];

export const fetching: readonly CaseSpec[] = [
  {
    name: 'a message can be fetched twice, and by two at once',
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { id } = await context.entry(message);
      const first = await contentOf((await context.fetch(id)).files);
      const [second, third] = await Promise.all([context.fetch(id), context.fetch(id)]);
      same(await contentOf(second.files), first, 'the second time');
      same(await contentOf(third.files), first, 'the third time');
    },
  },
  {
    name: 'files say their size and SHA-256 truly, and give any range',
    async run(context) {
      const message = await context.message({ bytes: [Uint8Array.from({ length: 1000 }, (_, i) => i % 251)] });
      await context.deliver(message);
      const { files } = await context.fetch((await context.entry(message)).id);
      for (const file of files) {
        const whole = await readPart(file);
        for (const [start, end] of [
          [0, 0],
          [0, 1],
          [5, file.size],
        ] as const) {
          const got: number[] = [];
          for await (const chunk of file.open({ start, end })) got.push(...chunk);
          same(got, [...whole.subarray(start, end)], `the bytes from ${start} to ${end}`);
        }
      }
    },
  },
  {
    name: 'what a receiver does to its bytes does not change the message',
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { id } = await context.entry(message);
      for (const file of (await context.fetch(id)).files) for await (const chunk of file.open()) chunk.fill(0);
      for (const file of (await context.fetch(id)).files) await readPart(file);
    },
  },
  {
    name: 'after it was acknowledged a message is given again, or is gone',
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { id } = await context.entry(message);
      const before = await contentOf((await context.fetch(id)).files);
      await context.b.acknowledge({ id }, { kind: 'delivered' }, attempt());
      const again = await context.fetch(id).then(
        ({ files }) => contentOf(files),
        (error: { code?: string }) => error.code,
      );
      if (again !== 'gone.expired') same(again, before, 'the files');
    },
  },
  {
    name: 'a message that is not there is not known',
    async run({ b }) {
      const expected = { code: 'message.unknown', outcome: 'rejected', retry: 'never' } as const;
      await refusal(b.fetch(UNKNOWN, attempt()), expected);
      await refusal(b.fetch({ id: '../../../etc/passwd' }, attempt()), expected);
    },
  },
];

export const acknowledging: readonly CaseSpec[] = [
  {
    name: 'an acknowledged message leaves the list, the others stay, and the same again is no error',
    async run(context) {
      const [message, other] = [await context.message(), await context.message()];
      await context.deliver(message, other);
      const { id } = await context.entry(message);
      for (const kind of ['delivered', 'delivered', 'read', 'read', 'delivered'] as const) {
        await context.b.acknowledge({ id }, { kind }, attempt());
      }
      same(
        (await context.list()).map(({ serial }) => serial),
        [other.serial],
        'the list',
      );
    },
  },
  {
    name: 'an acknowledged message does not come back after a restart',
    skip: (_, harness) => (harness.reopen ? undefined : 'the harness cannot restart'),
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      await context.b.acknowledge(await context.entry(message), { kind: 'delivered' }, attempt());
      context.b = (await context.harness.reopen?.('b')) ?? context.b;
      await context.carry();
      same(await context.list(), [], 'the list after the restart');
    },
  },
  {
    name: 'one that was refused is not delivered afterwards, nor the other way round',
    async run(context) {
      const messages = [await context.message(), await context.message()] as const;
      await context.deliver(...messages);
      const rejected = { kind: 'rejected', reasons: ['file.refused'] } as const;
      const expected = { code: 'receipt.conflict', outcome: 'rejected', retry: 'never' } as const;
      const [first, second] = [await context.entry(messages[0]), await context.entry(messages[1])];
      await context.b.acknowledge(first, rejected, attempt());
      await context.b.acknowledge(first, rejected, attempt());
      await refusal(context.b.acknowledge(first, { kind: 'delivered' }, attempt()), expected);
      await context.b.acknowledge(second, { kind: 'delivered' }, attempt());
      await refusal(context.b.acknowledge(second, rejected, attempt()), expected);
      same(await context.list(), [], 'the list');
    },
  },
  {
    name: 'reasons are codes: words, which might name a person, are misuse',
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const entry = await context.entry(message);
      for (const reasons of [[], ['山田太郎は利用者ではありません']]) {
        const call = context.b.acknowledge(entry, { kind: 'rejected', reasons }, attempt());
        await refusal(call, { code: 'config', outcome: 'not-sent' });
      }
    },
  },
  {
    name: 'a message that is not there is not known',
    async run({ b }) {
      await refusal(b.acknowledge(UNKNOWN, { kind: 'read' }, attempt()), { code: 'message.unknown', retry: 'never' });
    },
  },
];
