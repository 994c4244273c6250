import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  memoryNetwork,
  type OutboundMessage,
  readPart,
  type Transport,
  TransportError,
} from '../../src/transport/index.js';
import { manualClock } from '../../src/transport/testing/index.js';
import { folderHarness, type Road } from '../support/folder-harness.js';
import { OFFICES } from '../support/memory-harness.js';
import { attempt, slip } from '../support/slips.js';

type Side = 'a' | 'b';
/** What goes wrong in a send: an error at the nth step, or the death of the process there. */
interface Trouble {
  readonly kind: 'none' | 'error' | 'death';
  readonly step: number;
}

/** A road under test, and ways to make it fail. */
interface Real {
  readonly ends: Record<Side, Transport>;
  carry(): Promise<void>;
  restart(side: Side): Promise<void>;
  /** Begins trouble for the next send; what it gives resolves when the process is dead. */
  trouble(side: Side, trouble: Trouble): Promise<void>;
  heal(side: Side): void;
  dispose(): Promise<void>;
}

const NEVER = new Promise<never>(() => {});
const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');

function memory(): Real {
  const network = memoryNetwork({ clock: manualClock() });
  const ends = { a: network.connect(...OFFICES.a), b: network.connect(...OFFICES.b) };
  return {
    ends,
    carry: async () => {},
    async restart(side) {
      await ends[side].close();
      ends[side] = network.connect(...OFFICES[side]);
    },
    trouble(_, { kind, step }) {
      const when = step % 2 === 0 ? 'before' : 'after';
      if (kind !== 'none')
        network.fault({ verb: 'send', code: when === 'before' ? 'unavailable' : 'network.reset', when });
      return NEVER;
    },
    heal() {},
    dispose: async () => {},
  };
}

async function folder(road: Road): Promise<Real> {
  const harness = await folderHarness(road);
  const ends = { a: harness.a.transport, b: harness.b.transport };
  return {
    ends,
    carry: async () => harness.carry?.(),
    async restart(side) {
      ends[side] = (await harness.reopen?.(side)) ?? ends[side];
    },
    trouble(side, { kind, step }) {
      const faulty = harness.faulty[side];
      if (kind === 'error') faulty.failAt(step, step % 2 === 0 ? 'EIO' : 'ENOSPC');
      return kind === 'death' ? faulty.dieAfter(step) : NEVER;
    },
    heal: (side) => harness.faulty[side].heal(),
    dispose: harness.dispose,
  };
}

/** What must hold: who has what, as far as it is known. */
interface Model {
  readonly messages: {
    readonly message: OutboundMessage;
    readonly from: Side;
    state: 'there' | 'absent' | 'maybe' | 'received';
  }[];
}

const textsOf = (message: { readonly files: OutboundMessage['parts'] }) =>
  Promise.all(message.files.map(async (part) => Buffer.from(await readPart(part)).toString()));

async function mailbox(real: Real, side: Side): Promise<Map<string, string[]>> {
  await real.carry();
  const { items } = await real.ends[side].list({}, attempt());
  const found = new Map<string, string[]>();
  for (const { id, serial } of items) {
    expect(found.has(serial)).toBe(false);
    found.set(serial, (await textsOf(await real.ends[side].fetch({ id }, attempt()))).sort());
  }
  return found;
}

/** Finds in a mailbox what the model says is there, whole; nothing that it says is not. */
async function check(model: Model, real: Real, side: Side): Promise<void> {
  const found = await mailbox(real, side);
  for (const { message, state } of model.messages.filter(({ from }) => from === other(side))) {
    const texts = found.get(message.serial);
    if (state === 'there') expect(texts).toBeDefined();
    if (state === 'absent' || state === 'received') expect(texts).toBeUndefined();
    if (texts) expect(texts).toEqual((await textsOf({ files: message.parts })).sort());
    found.delete(message.serial);
  }
  expect([...found.keys()]).toEqual([]);
}

async function sendAgain(model: Model, real: Real, index: number): Promise<void> {
  const entry = model.messages[index];
  if (!entry) return;
  const { duplicate } = await real.ends[entry.from].send(entry.message, attempt());
  if (entry.state === 'there' || entry.state === 'received') expect(duplicate).toBe(true);
  if (entry.state === 'absent') expect(duplicate).toBe(false);
  if (entry.state !== 'received') entry.state = 'there';
}

class Send implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly from: Side,
    readonly text: string,
    readonly trouble: Trouble,
  ) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const { from, trouble } = this;
    const lane = { from: OFFICES[from][0], to: OFFICES[other(from)][0] };
    const message = await slip(model.messages.length, this.text, lane);
    const dead = real.trouble(from, trouble);
    const ended = await Promise.race([
      real.ends[from].send(message, attempt()).then(
        () => 'there' as const,
        (error: unknown) => {
          expect(error).toBeInstanceOf(TransportError);
          return (error as TransportError).outcome === 'not-sent' ? ('absent' as const) : ('maybe' as const);
        },
      ),
      dead.then(() => 'maybe' as const),
    ]);
    real.heal(from);
    if (trouble.kind === 'death') await real.restart(from);
    if (trouble.kind === 'none') expect(ended).toBe('there');
    model.messages.push({ message, from, state: ended });
    await check(model, real, other(from));
  }
  toString = () => `send(${this.from}, ${JSON.stringify(this.text)}, ${this.trouble.kind} at ${this.trouble.step})`;
}

class Again implements fc.AsyncCommand<Model, Real> {
  constructor(readonly index: number) {}
  check = ({ messages }: Readonly<Model>) => messages.length > 0;
  run = (model: Model, real: Real) => sendAgain(model, real, this.index % model.messages.length);
  toString = () => `again(${this.index})`;
}

class Receive implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly index: number,
    readonly refuse: boolean,
  ) {}
  // Only what every road is sure of is received, so that the roads stay alike.
  check = ({ messages }: Readonly<Model>) => messages.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const entry = model.messages[this.index % model.messages.length];
    if (!entry || entry.state === 'received') return;
    // What is not sure is made so: a receiver that waits for it sees it come.
    await sendAgain(model, real, model.messages.indexOf(entry));
    const side = other(entry.from);
    await real.carry();
    const { items } = await real.ends[side].list({}, attempt());
    const found = items.find(({ serial }) => serial === entry.message.serial);
    expect(found).toBeDefined();
    const receipt = this.refuse
      ? ({ kind: 'rejected', reasons: ['file.refused'] } as const)
      : ({ kind: 'delivered' } as const);
    await real.ends[side].acknowledge({ id: found?.id ?? '' }, receipt, attempt());
    entry.state = 'received';
    await check(model, real, side);
  }
  toString = () => `receive(${this.index}, ${this.refuse ? 'refused' : 'delivered'})`;
}

class Restart implements fc.AsyncCommand<Model, Real> {
  constructor(readonly side: Side) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    await real.restart(this.side);
    await check(model, real, this.side);
  }
  toString = () => `restart(${this.side})`;
}

const side = fc.constantFrom<Side>('a', 'b');
const trouble = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Trouble>({ kind: 'none', step: 0 }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom<Trouble['kind']>('error', 'death'), step: fc.nat(26) }) },
);
const text = fc.string({ unit: fc.constantFrom('x', 'y', '0', ','), maxLength: 6 });
const commands = fc.commands(
  [
    fc.tuple(side, text, trouble).map((given) => new Send(...given)),
    fc.nat(20).map((index) => new Again(index)),
    fc.tuple(fc.nat(20), fc.boolean()).map((given) => new Receive(...given)),
    side.map((one) => new Restart(one)),
  ],
  { maxCommands: 14, size: 'max' },
);

/** Runs commands against a road, sends again what is not sure, and gives what lies in the mailboxes then. */
async function mailboxesAfter(run: Iterable<fc.AsyncCommand<Model, Real>>, real: Real): Promise<unknown> {
  const model: Model = { messages: [] };
  try {
    await fc.asyncModelRun(async () => ({ model, real }), run);
    for (const index of model.messages.keys()) await sendAgain(model, real, index);
    for (const one of ['a', 'b'] as const) await check(model, real, one);
    return [[...(await mailbox(real, 'a'))].sort(), [...(await mailbox(real, 'b'))].sort()];
  } finally {
    await real.dispose();
  }
}

describe('the same sends, faults, deaths and receipts', () => {
  it.each(['program', 'person', 'zip'] as const)(
    'leave the same mailboxes in memory and by a folder (%s)',
    async (road) => {
      await fc.assert(
        fc.asyncProperty(commands, async (run) => {
          const expected = await mailboxesAfter(run, memory());
          expect(await mailboxesAfter(run, await folder(road))).toEqual(expected);
        }),
        { numRuns: 40 },
      );
    },
  );
});
