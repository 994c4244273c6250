import { transportClient } from '../../client.js';
import { ensure, same } from '../assert.js';
import { type CaseSpec, unless } from '../case.js';
import { sendNext } from './sending.js';

const HOUR = 3_600_000;

/**
 * The last second of a month, of a year and of a February, the second after it, and hours that summer time skips or has
 * twice: serials are times in Japan, which has none.
 */
const EDGES = [
  ...['20261130235959', '20261201000000', '20261231235959', '20270101000000', '20270328023000', '20271031013000'],
  ...['20280228235959', '20280229000000', '20280229235959', '20280301000000'],
];

export const time: readonly CaseSpec[] = [
  {
    name: 'serials at the end of a month and of a year, and on a leap day, are carried as they are, in their order',
    async run(context) {
      const messages = await Promise.all(EDGES.map((serial) => context.message({ serial })));
      await context.deliver(...messages);
      const serials = (await context.list({ limit: 3 })).map(({ serial }) => serial);
      same([...serials].sort(), EDGES, 'the serials');
      if (context.a.capabilities.orderedInbox) same(serials, EDGES, 'the order of the serials');
    },
  },
  {
    name: 'in the last second of a month, of a year and of a February a serial that is named instead is a time as well',
    skip: unless((c) => c.idempotentSend, 'the manifest does not claim idempotentSend'),
    async run(context) {
      for (const serial of ['20261130235959', '20261231235959', '20270228235959', '20280228235959']) {
        await context.send(await context.message({ serial }));
        await sendNext(context, serial);
      }
    },
  },
  {
    name: 'a clock that is turned by two hours, forward or back, harms no message on its way',
    skip: (_, harness) => (harness.turnClock ? undefined : 'the harness cannot turn the clock'),
    async run(context) {
      const { a, b, harness } = context;
      // A token may end meanwhile, and is renewed.
      const [sender, receiver] = [a, b].map((side) => transportClient(side, { random: () => 0 }));
      ensure(sender !== undefined && receiver !== undefined, 'there are two ends');
      for (const ms of [2 * HOUR, -4 * HOUR, 2 * HOUR]) {
        const message = await context.message();
        const first = await sender.send(message);
        await harness.turnClock?.(ms);
        if (a.capabilities.idempotentSend) {
          const { result } = await sender.send(message);
          same(result.receipt, first.result.receipt, 'the receipt after the clock was turned');
        }
        await context.carry();
        const entries: string[] = [];
        for await (const { id, serial } of receiver.list()) {
          same(serial, message.serial, 'the serial');
          same((await receiver.fetch({ id })).files.length, message.parts.length, 'the files');
          entries.push(id);
        }
        same(entries.length, 1, 'how often the message is there');
        await harness.turnClock?.(-ms);
        for (const id of entries) await receiver.acknowledge({ id }, { kind: 'delivered' });
        await harness.turnClock?.(ms);
        await context.carry();
        for await (const _ of receiver.list()) ensure(false, 'an acknowledged message came back');
      }
    },
  },
];
