import { transportClient } from '../../client.js';
import { TransportError } from '../../error.js';
import type { TransportVerb } from '../../events.js';
import { ensure, everythingSaid, refusal, same, soon } from '../assert.js';
import { type CaseSpec, unless } from '../case.js';
import { ascii, attempt, type Context, contentOf, refOf } from '../context.js';
import type { ContractHarness } from '../harness.js';

const CANARY = 'カナリア花子';
/** The bytes of a name, and the same as the ASCII text that a dump of them would hold. */
const SECRET_TEXT = 'CANARY-HANAKO-0001267459';

export const watching: readonly CaseSpec[] = [
  {
    name: 'a hint comes when something has arrived, and the signal ends the watch',
    skip: unless((c) => c.watch, 'the manifest does not claim watch'),
    async run(context) {
      const controller = new AbortController();
      const hints = context.b.watch?.({}, attempt({ signal: controller.signal }))[Symbol.asyncIterator]();
      ensure(hints !== undefined, 'there is no watch');
      const next = hints.next();
      await context.deliver(await context.message());
      same((await soon(next, 2000, 'the hint')).value, { hint: 'inbox' }, 'the hint');
      const last = hints.next();
      controller.abort();
      await soon(refusal(last, { code: 'aborted' }), 1000, 'the end of the watch');
    },
  },
];

export const isolation: readonly CaseSpec[] = [
  {
    name: 'twenty messages sent at once in both directions do not mix',
    async run(context) {
      const { from, to, a, b } = context;
      const there = await Promise.all(Array.from({ length: 10 }, () => context.message()));
      const back = await Promise.all(Array.from({ length: 10 }, () => context.message({ from: to, to: from })));
      await Promise.all([...there.map((m) => a.send(m, attempt())), ...back.map((m) => b.send(m, attempt()))]);
      await context.carry();
      for (const [side, messages] of [
        [b, there],
        [a, back],
      ] as const) {
        const entries = await context.list({}, side);
        same(entries.map(({ serial }) => serial).sort(), messages.map(({ serial }) => serial).sort(), 'the serials');
        for (const { id, serial } of entries) {
          const sent = messages.find((message) => message.serial === serial);
          const byName = (x: { name: string }, y: { name: string }) => (x.name < y.name ? -1 : 1);
          const got = await contentOf((await context.fetch(id, side)).files);
          same(got.sort(byName), (await contentOf(sent?.parts ?? [])).sort(byName), 'the files');
        }
      }
    },
  },
];

export const closing: readonly CaseSpec[] = [
  {
    name: 'closing twice is no error, and every later call says that it is closed',
    async run(context) {
      const message = await context.message();
      const { a } = context;
      await a.close();
      await a.close();
      const calls = [
        () => a.send(message, attempt()),
        () => a.lookup(refOf(message), attempt()),
        () => a.list({}, attempt()),
        () => a.fetch({ id: message.id }, attempt()),
        () => a.acknowledge({ id: message.id }, { kind: 'read' }, attempt()),
      ];
      for (const call of calls) await refusal(call(), { code: 'closed', outcome: 'not-sent', retry: 'never' });
    },
  },
  {
    name: 'a call that is pending ends as closed within a second',
    async run(context) {
      const message = await context.message();
      let reached = () => {};
      const stalled = new Promise<void>((resolve) => {
        reached = resolve;
      });
      const parts = message.parts.map((part) => ({
        ...part,
        async *open() {
          reached();
          await new Promise<never>(() => {});
        },
      }));
      const call = context.send({ ...message, parts });
      await stalled;
      await context.a.close();
      await soon(refusal(call, { code: 'closed' }), 1000, 'the end of the call');
    },
  },
  {
    name: 'the bytes of a message end with the transport that fetched it',
    async run(context) {
      const message = await context.message();
      await context.deliver(message);
      const { id } = await context.entry(message);
      const [first, second] = (await context.fetch(id)).files;
      ensure(first !== undefined && second !== undefined, 'a slip has files');
      const reading = first.open()[Symbol.asyncIterator]();
      await reading.next();
      await context.b.close();
      for (const next of [reading.next(), second.open()[Symbol.asyncIterator]().next()]) {
        const end = refusal(next, { code: 'closed', outcome: 'not-sent', retry: 'never' });
        await soon(end, 1000, 'the end of the reading');
      }
    },
  },
];

/** One call of a verb, whatever it takes to make it. */
async function calling(
  context: Context,
  verb: TransportVerb,
  inject: () => Promise<void> | void,
): Promise<() => Promise<unknown>> {
  const message = await context.message({ bytes: [ascii(SECRET_TEXT)] });
  if (verb !== 'send') await context.deliver(message);
  const entry = verb === 'fetch' || verb === 'acknowledge' ? await context.entry(message) : { id: '' };
  await inject();
  const { a, b } = context;
  const calls: Readonly<Record<TransportVerb, () => Promise<unknown>>> = {
    send: () => a.send(message, attempt()),
    lookup: () => a.lookup(refOf(message), attempt()),
    listSent: () => a.listSent?.({}, attempt()) ?? Promise.resolve(),
    recall: () => a.recall?.(refOf(message), attempt()) ?? Promise.resolve(),
    list: () => b.list({}, attempt()),
    fetch: () => b.fetch(entry, attempt()),
    acknowledge: () => b.acknowledge(entry, { kind: 'delivered' }, attempt()),
  };
  return calls[verb];
}

/** The cases of the faults that a harness brings; names are known only once there is a harness. */
export const faultCases = ({ faults = [] }: ContractHarness): readonly CaseSpec[] =>
  faults.length === 0
    ? [{ name: 'each fault has its code', skip: () => 'the harness brings no faults', run: async () => {} }]
    : faults.map(({ name, verb, expect }) => ({
        name: `${name}: ${verb} ends as ${expect.code}, ${expect.outcome}, ${expect.retry}`,
        async run(context) {
          const fault = context.harness.faults?.find((one) => one.name === name && one.verb === verb);
          ensure(fault !== undefined, 'the harness brings the fault only at times');
          const call = await calling(context, verb, fault.inject);
          const error = await refusal(call(), expect);
          const said = everythingSaid(error);
          for (const secret of [SECRET_TEXT, ...(context.harness.secrets ?? [])]) {
            ensure(!said.includes(secret), 'a secret or a payload stands in the error');
          }
          await fault.heal?.();
          const message = await context.message();
          await context.deliver(message);
          await context.entry(message);
        },
      }));

export const secrecy: readonly CaseSpec[] = [
  {
    name: 'no error quotes a name or a text that it was given',
    async run(context) {
      const message = await context.message();
      const [first] = message.parts;
      ensure(first !== undefined, 'a slip has files');
      const broken = () => {
        throw new TypeError(`cannot read ${CANARY}`);
      };
      const calls = [
        () => context.send({ ...message, parts: [{ ...first, name: `../${CANARY}.CSV` }] }),
        () => context.send({ ...message, id: CANARY }),
        () => context.send({ ...message, parts: [{ ...first, open: broken }] }),
        () => context.fetch(CANARY),
        () => context.list({ cursor: CANARY }),
        () => context.b.acknowledge({ id: message.id }, { kind: 'rejected', reasons: [CANARY] }, attempt()),
      ];
      for (const call of calls) {
        const error = await call().then(
          () => undefined,
          (reason: unknown) => reason,
        );
        ensure(error instanceof TransportError, 'it was not refused with a TransportError');
        ensure(!everythingSaid(error).includes(CANARY), `the error ${error.code} quotes what it was given`);
      }
    },
  },
];

/** The cases of the crashes that a harness brings. */
export const crashCases = ({ crashes = [] }: ContractHarness): readonly CaseSpec[] =>
  crashes.length === 0
    ? [{ name: 'exactly once', skip: () => 'the harness brings no crashes', run: async () => {} }]
    : crashes.map(({ name }) => ({
        name: `${name}: sent again after the restart, the message is there once and whole, or a person is asked`,
        needs: ['reopen'],
        async run(context) {
          const message = await context.message();
          const crash = context.harness.crashes?.find((one) => one.name === name);
          ensure(crash !== undefined, 'the harness brings the crash only at times');
          await crash.crash(message);
          context.a = (await context.harness.reopen?.('a')) ?? context.a;
          const { idempotentSend, lookup } = context.a.capabilities;
          const retry = { timeLimitMs: 1000, attemptTimeoutMs: Number.POSITIVE_INFINITY };
          if (idempotentSend) await transportClient(context.a, { retry }).send(message);
          else if (lookup === 'exact') {
            const found = await context.a.lookup(refOf(message), attempt());
            if (!found) await context.send(message);
          }
          await context.carry();
          const times = (await context.list()).filter(({ serial }) => serial === message.serial);
          ensure(times.length <= 1, 'it is there more than once');
          if (idempotentSend || lookup === 'exact') same(times.length, 1, 'how often it is there');
          for (const { id } of times) same((await context.fetch(id)).files.length, message.parts.length, 'its files');
        },
      }));

const logsIn = unless((c) => c.interactiveLogin, 'the manifest does not claim interactiveLogin');

export const login: readonly CaseSpec[] = [
  {
    name: 'when a person must log in, nothing is sent and the error says so; afterwards all goes on',
    skip: logsIn,
    needs: ['endLogin', 'logIn'],
    async run(context) {
      const message = await context.message();
      await context.harness.endLogin?.();
      const expected = { code: 'auth.interaction-required', outcome: 'not-sent', retry: 'after-person' } as const;
      const error = await refusal(transportClient(context.a).send(message), expected);
      const said = everythingSaid(error);
      for (const secret of context.harness.secrets ?? [])
        ensure(!said.includes(secret), 'a secret stands in the error');
      await context.harness.logIn?.();
      await context.deliver(message);
      await context.entry(message);
    },
  },
];

export const sealing: readonly CaseSpec[] = [
  {
    name: 'receipts are signed, and the signature holds',
    skip: unless((c) => c.signedReceipts, 'the manifest does not claim signedReceipts'),
    needs: ['verify'],
    async run(context) {
      const { receipt } = await context.send(await context.message());
      same(await context.harness.verify?.(receipt.signed ?? ''), true, 'whether the signature holds');
    },
  },
  {
    name: 'whoever carries the messages sees nothing of their content',
    skip: (c, harness) =>
      c.endToEndEncryption === 'required' || harness.seen
        ? undefined
        : 'the manifest does not want every message sealed',
    needs: ['seen'],
    async run(context) {
      await context.deliver(await context.message({ bytes: [ascii(SECRET_TEXT)] }));
      for (const bytes of (await context.harness.seen?.()) ?? []) {
        const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
        ensure(!text.includes(SECRET_TEXT), 'content is seen on the way');
      }
    },
  },
];
