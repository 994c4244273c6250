import type { DeliveryState, OutboundMessage, SentStatus } from '../../message.js';
import { ensure, refusal, same } from '../assert.js';
import { type CaseSpec, unless } from '../case.js';
import { attempt, type Context, refOf } from '../context.js';
import type { ContractHarness } from '../harness.js';

/** How each state is reached, by a message that was just delivered. */
const WAYS: Readonly<Record<DeliveryState, (context: Context, message: OutboundMessage) => Promise<unknown>>> = {
  'handed-off': async () => {},
  available: async () => {},
  fetched: async (context, message) => context.fetch((await context.entry(message)).id),
  delivered: (context, message) => acknowledge(context, message, { kind: 'delivered' }),
  read: (context, message) => acknowledge(context, message, { kind: 'read' }),
  rejected: (context, message) => acknowledge(context, message, { kind: 'rejected', reasons: ['file.refused'] }),
  recalled: (context, message) => context.a.recall?.(refOf(message), attempt()) ?? Promise.resolve(),
  expired: async ({ harness }) => harness.expire?.(),
};
const NEEDS: Partial<Record<DeliveryState, keyof ContractHarness>> = { expired: 'expire' };

async function acknowledge(
  context: Context,
  message: OutboundMessage,
  receipt: Parameters<Context['b']['acknowledge']>[1],
) {
  await context.b.acknowledge(await context.entry(message), receipt, attempt());
}

/** What is said of a message by the verb that the transport has for it. */
async function statusOf({ a }: Context, message: OutboundMessage): Promise<SentStatus | undefined> {
  if (a.capabilities.lookup !== 'none') return a.lookup(refOf(message), attempt());
  const page = await a.listSent?.({}, attempt());
  return page?.items.find(({ serial }) => serial === message.serial);
}

export const status: readonly CaseSpec[] = [
  {
    name: 'a message that was never sent is not there, and a lookup that cannot be sure says so',
    async run(context) {
      const call = context.a.lookup(refOf(await context.message()), attempt());
      if (context.a.capabilities.lookup === 'exact') same(await call, undefined, 'the answer');
      else await refusal(call, { code: 'unsupported', outcome: 'not-sent', retry: 'never' });
    },
  },
  {
    name: 'a message that was sent is found, with its receipt where there is an id to find it by',
    skip: unless((c) => c.lookup !== 'none', 'the manifest claims no lookup'),
    async run(context) {
      const message = await context.message();
      const { receipt } = await context.send(message);
      const found = await context.a.lookup(refOf(message), attempt());
      ensure(found !== undefined, 'it is not found');
      same([found.serial, found.from, found.to], [message.serial, message.from, message.to], 'the message found');
      if (context.a.capabilities.idempotentSend) same(found.receipt, receipt, 'the receipt');
    },
  },
  ...(Object.keys(WAYS) as DeliveryState[]).map((state): CaseSpec => {
    const need = NEEDS[state];
    return {
      name: `a message can be ${state}, and is said to be`,
      skip: unless((c) => c.status.includes(state), `the manifest does not claim the state ${state}`),
      ...(need ? { needs: [need] } : {}),
      async run(context) {
        const message = await context.message();
        await context.deliver(message);
        await WAYS[state](context, message);
        const found = await statusOf(context, message);
        same(found?.state, state, 'the state');
        if (state === 'rejected') same(found?.reasons, ['file.refused'], 'the reasons');
        if (state === 'expired') same(await context.list(), [], 'the mailbox');
      },
    };
  }),
  {
    name: 'what has expired is gone',
    skip: unless((c) => c.status.includes('expired'), 'the manifest does not claim the state expired'),
    needs: ['expire'],
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { id } = await context.entry(message);
      await context.harness.expire?.();
      await refusal(context.fetch(id), { code: 'gone.expired', outcome: 'rejected', retry: 'never' });
      await refusal(context.b.acknowledge({ id }, { kind: 'read' }, attempt()), { code: 'gone.expired' });
    },
  },
];

const listsSent = unless((c) => c.listSent, 'the manifest does not claim listSent');

export const listSent: readonly CaseSpec[] = [
  {
    name: 'all that was sent is listed once, in its order, by pages of any size, and nothing of others',
    skip: listsSent,
    async run(context) {
      const messages = [await context.message(), await context.message(), await context.message()];
      await context.deliver(...messages, await context.message({ from: context.to, to: context.from }));
      for (const limit of [1, 2, 100]) {
        const serials: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await context.a.listSent?.({ limit, ...(cursor === undefined ? {} : { cursor }) }, attempt());
          serials.push(...(page?.items.map(({ serial }) => serial) ?? []));
          cursor = page?.cursor;
        } while (cursor !== undefined);
        same(
          serials,
          messages.map(({ serial }) => serial),
          `what was sent, by pages of ${limit}`,
        );
      }
    },
  },
  {
    name: 'a cursor that is not its own is misuse',
    skip: listsSent,
    async run({ a }) {
      await refusal(a.listSent?.({ cursor: '山田' }, attempt()) ?? Promise.resolve(), { code: 'config' });
    },
  },
];

const recalls = unless((c) => c.recall, 'the manifest does not claim recall');

export const recall: readonly CaseSpec[] = [
  {
    name: 'a message that nobody has fetched is taken back, and is gone for the receiver',
    skip: recalls,
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { id } = await context.entry(message);
      same(await context.a.recall?.(refOf(message), attempt()), 'recalled', 'the answer');
      same(await context.a.recall?.(refOf(message), attempt()), 'recalled', 'the second answer');
      same(await context.list(), [], 'the mailbox');
      await refusal(context.fetch(id), { code: 'gone.recalled', outcome: 'rejected', retry: 'never' });
    },
  },
  {
    name: 'a message that was fetched stays',
    skip: recalls,
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { id } = await context.entry(message);
      await context.fetch(id);
      same(await context.a.recall?.(refOf(message), attempt()), 'too-late', 'the answer');
      await context.fetch(id);
    },
  },
];
