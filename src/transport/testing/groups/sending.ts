import { ensure, refusal, same, soon } from '../assert.js';
import { type CaseSpec, unless } from '../case.js';
import { ascii, attempt, type Context, refOf } from '../context.js';

const skip = unless((c) => c.idempotentSend, 'the manifest does not claim idempotentSend');

export const idempotence: readonly CaseSpec[] = [
  {
    name: 'a message sent twice is there once, with the receipt of the first time',
    skip,
    async run(context) {
      const message = await context.message();
      const [first, second] = [await context.send(message), await context.send(message)];
      same([first.duplicate, second.duplicate], [false, true], 'whether it is a duplicate');
      same(second.receipt, first.receipt, 'the second receipt');
      await context.carry();
      await context.entry(message);
    },
  },
  {
    name: 'a message sent ten times at once is there once, with one receipt',
    skip,
    async run(context) {
      const message = await context.message();
      const results = await Promise.all(Array.from({ length: 10 }, () => context.send(message)));
      same(new Set(results.map(({ receipt }) => JSON.stringify(receipt))).size, 1, 'the number of receipts');
      await context.carry();
      await context.entry(message);
    },
  },
  {
    name: 'a message sent again after a restart is there once, with the same receipt',
    skip,
    needs: ['reopen'],
    async run(context) {
      const message = await context.message();
      const first = await context.send(message);
      context.a = (await context.harness.reopen?.('a')) ?? context.a;
      const second = await context.send(message);
      same([second.duplicate, second.receipt], [true, first.receipt], 'the result after the restart');
      await context.carry();
      await context.entry(message);
    },
  },
  {
    name: 'a message sent again after it was received does not come back',
    skip,
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      await context.b.acknowledge(await context.entry(message), { kind: 'delivered' }, attempt());
      same((await context.send(message)).duplicate, true, 'whether it is a duplicate');
      await context.carry();
      same(await context.list(), [], 'the mailbox');
    },
  },
  {
    name: 'other bytes under the same id are a conflict, and the first stay',
    skip,
    async run(context) {
      const message = await context.message({ bytes: [ascii('first')] });
      await context.send(message);
      const { id, serial } = message;
      const other = await context.message({ id, serial, bytes: [ascii('other')] });
      await refusal(context.send(other), { code: 'message.conflict', outcome: 'rejected', retry: 'never' });
      await context.carry();
      same(
        (await context.entry(message)).size,
        message.parts.reduce((sum, { size }) => sum + size, 0),
        'the size',
      );
    },
  },
  {
    name: 'another message with the serial of one that was sent is refused; a serial that is named instead is free',
    skip,
    async run(context) {
      const message = await context.message();
      await context.send(message);
      await sendNext(context, message.serial);
    },
  },
  {
    name: 'an attempt that failed does not spoil its id',
    skip,
    async run(context) {
      const message = await context.message();
      const parts = message.parts.map((part) => ({ ...part, sha256: '0'.repeat(64) }));
      await refusal(context.send({ ...message, parts }), { code: 'integrity.content' });
      same((await context.send(message)).duplicate, false, 'whether it is a duplicate');
    },
  },
];

/**
 * Sends another message with a serial that is taken. A driver that cannot know which serial is free names none; one that
 * is named is a real time after the one that is taken, and free.
 */
export async function sendNext(context: Context, serial: string): Promise<void> {
  const { nextSerial } = await refusal(context.send(await context.message({ serial })), {
    code: 'serial.conflict',
    outcome: 'rejected',
    retry: 'after-person',
  });
  if (nextSerial === undefined) return;
  ensure(
    isTime(nextSerial) && nextSerial > serial,
    'the serial that is named is not a time after the one that is taken',
  );
  const { duplicate } = await context.send(await context.message({ serial: nextSerial }));
  same(duplicate, false, 'whether a message with the serial that is named is a duplicate');
}

/** Whether a serial is a date and time that there is. */
function isTime(serial: string): boolean {
  const time = Date.parse(serial.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6Z'));
  return !Number.isNaN(time) && new Date(time).toISOString().replace(/[^0-9]/g, '') === `${serial}000`;
}

export const cancellation: readonly CaseSpec[] = [
  {
    name: 'a signal that has fired already ends every verb before it begins: nothing is sent',
    async run(context) {
      const message = await context.message();
      const signal = AbortSignal.abort(new Error('the caller left'));
      const { a, b } = context;
      const calls = [
        () => a.send(message, attempt({ signal })),
        () => a.lookup(refOf(message), attempt({ signal })),
        () => b.list({}, attempt({ signal })),
        () => b.fetch({ id: message.id }, attempt({ signal })),
        () => b.acknowledge({ id: message.id }, { kind: 'read' }, attempt({ signal })),
      ];
      for (const call of calls) {
        const error = await refusal(call(), { code: 'aborted', outcome: 'not-sent', retry: 'never' });
        same(error.cause === signal.reason, true, 'whether the cause is what the caller said');
      }
      await context.carry();
      same(await context.list(), [], 'the mailbox');
    },
  },
  {
    name: 'an abort during the upload ends it within a second, says honestly what became of it, and later calls work',
    async run(context) {
      const message = await context.message();
      const controller = new AbortController();
      let reached = () => {};
      const stalled = new Promise<void>((resolve) => {
        reached = resolve;
      });
      const parts = message.parts.map((part, i) => ({
        ...part,
        async *open() {
          if (i === 0) yield* part.open();
          else {
            reached();
            await new Promise<never>(() => {});
          }
        },
      }));
      const call = context.send({ ...message, parts }, { signal: controller.signal });
      await Promise.race([stalled, call]);
      controller.abort(new Error('the caller left'));
      const error = await soon(refusal(call, { code: 'aborted', retry: 'never' }), 1000, 'the end of the call');
      await context.carry();
      const arrived = await context.list();
      if (error.outcome === 'not-sent') same(arrived, [], 'the mailbox of a message that was not sent');
      const next = await context.message();
      await context.deliver(next);
      await context.entry(next);
    },
  },
  {
    name: 'an abort while list waits ends it within a second',
    async run(context) {
      const controller = new AbortController();
      const call = context.b.list({ waitMs: 60_000 }, attempt({ signal: controller.signal }));
      const settled = call.then(
        () => 'done',
        () => 'ended',
      );
      controller.abort();
      const how = await soon(settled, 1000, 'the end of the call');
      if (how === 'ended') await refusal(call, { code: 'aborted', outcome: 'not-sent' });
      same(await context.list(), [], 'a later call');
    },
  },
  {
    name: 'an abort while a body is read ends the reading',
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const controller = new AbortController();
      const { id } = await context.entry(message);
      const { files } = await context.b.fetch({ id }, attempt({ signal: controller.signal }));
      controller.abort();
      const read = async () => {
        for await (const _ of files[0]?.open() ?? []) throw new Error('bytes came after the abort');
      };
      await refusal(read(), { code: 'aborted', outcome: 'not-sent' });
    },
  },
];

/** Bytes that come in several pieces, as far as the limits allow. */
const large = ({ a }: Context) => new Uint8Array(Math.min(200_000, a.capabilities.limits.maxPartBytes));

export const progress: readonly CaseSpec[] = [
  {
    name: 'of sending rises, ends at the total, and is silent after the end',
    async run(context) {
      const message = await context.message({ bytes: [large(context), new Uint8Array(70)] });
      const total = message.parts.reduce((sum, { size }) => sum + size, 0);
      const seen: number[] = [];
      await context.send(message, {
        onProgress: ({ phase, bytes, total: all, part }) => {
          same([phase, all, part >= 1 && part <= 3], ['upload', total, true], 'what is reported');
          seen.push(bytes);
        },
      });
      const count = seen.length;
      same(seen.at(-1), total, 'the last report');
      ensure(
        seen.every((bytes, i) => i === 0 || bytes > (seen[i - 1] ?? 0)),
        'progress does not rise',
      );
      await context.carry();
      await context.list();
      same(seen.length, count, 'the number of reports after the end');
    },
  },
  {
    name: 'of receiving rises and ends at the total',
    async run(context) {
      const message = await context.message({ bytes: [large(context)] });
      await context.deliver(message);
      const { id, size } = await context.entry(message);
      const seen: number[] = [];
      const options = attempt({ onProgress: ({ phase, bytes }) => phase === 'download' && seen.push(bytes) });
      const { files } = await context.b.fetch({ id }, options);
      for (const file of [...files, ...files]) for await (const _ of file.open());
      same(seen.at(-1), size, 'the last report');
      ensure(
        seen.every((bytes, i) => i === 0 || bytes > (seen[i - 1] ?? 0)),
        'progress does not rise',
      );
    },
  },
];
