import { describe, expect, it } from 'vitest';
import {
  defineTransport,
  memoryNetwork,
  type SendResult,
  type SentStatus,
  type Transport,
  TransportError,
  type TransportErrorCode,
  type TransportEvent,
  transportClient,
} from '../../src/transport/index.js';
import { type ManualClock, manualClock } from '../../src/transport/testing/index.js';
import { OFFICES } from '../support/memory-harness.js';
import { attempt, slip } from '../support/slips.js';

const OFF = { attemptTimeoutMs: Number.POSITIVE_INFINITY };
const HOUR = 3_600_000;

/** A network, a client of it whose jitter is always the whole wait, and what the client tells. */
function setUp(options: { random?: () => number; timeLimitMs?: number } = {}) {
  const clock = manualClock();
  const network = memoryNetwork({ clock });
  const events: TransportEvent[] = [];
  const { random = () => 0.999999, timeLimitMs = Number.POSITIVE_INFINITY } = options;
  const client = transportClient(network.connect(...OFFICES.a), {
    clock,
    random,
    retry: { ...OFF, timeLimitMs },
    onEvent: (event) => events.push(event),
  });
  return { clock, network, client, events, waits: () => events.flatMap(({ waitMs }) => waitMs ?? []) };
}

/** Lets time pass until a call ends; where events are given, only between its attempts. */
async function whileTimePasses<T>(clock: ManualClock, call: Promise<T>, events?: TransportEvent[]): Promise<T> {
  let pending = true;
  const done = () => {
    pending = false;
  };
  call.then(done, done);
  while (pending) {
    const isWaiting = !events || events.at(-1)?.type === 'retry';
    await clock.advance(isWaiting ? Math.max(0, (clock.waiting[0] ?? clock.now()) - clock.now()) : 0);
  }
  return call;
}
const errorOf = (call: Promise<unknown>): Promise<TransportError> =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    (error: TransportError) => error,
  );

/** A transport whose send gives these in turn. */
function scripted(
  steps: (SendResult | TransportError)[],
  lookup: Transport['capabilities']['lookup'],
  found?: SentStatus,
) {
  const calls: string[] = [];
  const memory = memoryNetwork().connect(...OFFICES.a);
  const make = defineTransport((_: undefined) => ({
    ...memory,
    capabilities: { ...memory.capabilities, idempotentSend: false, lookup },
    async send(): Promise<SendResult> {
      calls.push('send');
      const step = steps.shift();
      if (!step || step instanceof TransportError) throw step ?? new Error('no more steps');
      return step;
    },
    async lookup() {
      calls.push('lookup');
      return found;
    },
  }));
  return { transport: make(undefined), calls };
}

describe('the client', () => {
  it('waits longer after each failure, at most 15 minutes, with jitter over the whole of it', async () => {
    const { clock, network, client, waits } = setUp();
    network.fault({ verb: 'send', code: 'unavailable', times: 14 });
    const { attempts } = await whileTimePasses(clock, client.send(await slip()));
    expect(attempts).toBe(15);
    const seconds = waits().map((ms) => Math.round(ms / 500) / 2);
    expect(seconds).toEqual([0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
    const half = setUp({ random: () => 0.5 });
    half.network.fault({ verb: 'send', code: 'unavailable', times: 3 });
    await whileTimePasses(half.clock, half.client.send(await slip()));
    expect(half.waits()).toEqual([250, 500, 1000]);
  });

  it('waits as long as the far side asks, and an hour at most', async () => {
    const { clock, network, client, waits } = setUp({ random: () => 0 });
    for (const retryAfterMs of [7000, 10 * 24 * HOUR]) {
      network.fault({ verb: 'send', code: 'rate-limited', details: { retryAfterMs } });
    }
    await whileTimePasses(clock, client.send(await slip()));
    expect(waits()).toEqual([7000, HOUR]);
  });

  it('tries again at once three times where the far side says so, and then after a while', async () => {
    const { clock, network, client, waits } = setUp({ random: () => 0.5 });
    network.fault({ verb: 'send', code: 'unavailable', details: { retry: 'now' }, times: 5 });
    await whileTimePasses(clock, client.send(await slip()));
    expect(waits()).toEqual([0, 0, 0, 2000, 4000]);
  });

  it('gives up before the deadline, with the last error and the number of attempts', async () => {
    const { clock, network, client, events } = setUp({ timeLimitMs: 10_000 });
    const start = clock.now();
    network.fault({ verb: 'send', code: 'unavailable', times: 100 });
    const error = await errorOf(whileTimePasses(clock, client.send(await slip()), events));
    expect(error).toMatchObject({ code: 'unavailable', outcome: 'not-sent', attempts: 5 });
    expect(clock.now() - start).toBeLessThan(10_000);
    const call = client.send(await slip(), { deadline: clock.now() + 1000 });
    expect(await errorOf(whileTimePasses(clock, call, events))).toMatchObject({ attempts: 2 });
  });

  it.each<[string, TransportError | undefined, string]>([
    ['it may have arrived, where the driver does not know better', undefined, 'unknown'],
    ['it did not leave, where the driver knows', new TransportError('aborted', { outcome: 'not-sent' }), 'not-sent'],
  ])('ends an attempt that hangs at the deadline: %s', async (_, word, outcome) => {
    const clock = manualClock();
    const memory = memoryNetwork({ clock }).connect(...OFFICES.a);
    const signals: AbortSignal[] = [];
    const make = defineTransport((_: undefined) => ({
      ...memory,
      send: (_, { signal }) =>
        new Promise<never>((_, reject) => {
          signals.push(signal);
          signal.addEventListener('abort', () => reject(word ?? signal.reason));
        }),
    }));
    const client = transportClient(make(undefined), { clock });
    const call = errorOf(client.send(await slip(), { deadline: clock.now() + 5000 }));
    while (signals.length === 0) await clock.advance(0);
    await clock.advance(4999);
    expect(signals[0]?.aborted).toBe(false);
    await clock.advance(1);
    expect(await call).toMatchObject({ code: 'timeout.response', outcome, attempts: 1 });
    expect(clock.waiting).toEqual([]);
  });

  it('waits as long as it was asked to, beside its own patience, and not beyond a deadline that was given', async () => {
    const { clock, client } = setUp({ timeLimitMs: 10_000 });
    const start = clock.now();
    const first = (options: { deadline?: number }) => client.list({ waitMs: 60_000 }, options).next();
    expect(await whileTimePasses(clock, first({ deadline: start + 90_000 }))).toMatchObject({ done: true });
    expect(clock.now() - start).toBe(60_000);
    expect(await whileTimePasses(clock, first({}))).toMatchObject({ done: true });
    const late = await errorOf(whileTimePasses(clock, first({ deadline: clock.now() + 5000 })));
    expect([late.code, clock.now() - start]).toEqual(['timeout.response', 125_000]);
  });

  it('begins no attempt when the deadline has passed', async () => {
    const { clock, client, events } = setUp();
    const error = await errorOf(client.send(await slip(), { deadline: clock.now() }));
    expect(error).toMatchObject({ code: 'timeout.response', outcome: 'not-sent', attempts: 0 });
    expect(events.map(({ type }) => type)).toEqual(['failed']);
  });

  it.each<[TransportErrorCode, number]>([
    ['auth.expired', 2],
    ['clock-skew', 2],
    ['integrity.wire', 4],
    ['protocol', 4],
    ['internal', 4],
    ['auth.denied', 1],
    ['serial.conflict', 1],
    ['auth.interaction-required', 1],
    ['network.tls', 1],
  ])('tries %s so often: %i attempts in all', async (code, attempts) => {
    const { clock, network, client } = setUp();
    network.fault({ verb: 'send', code, times: 10 });
    expect(await errorOf(whileTimePasses(clock, client.send(await slip())))).toMatchObject({ code, attempts });
  });

  it('stops knocking for all messages when the far side fails again and again', async () => {
    const { clock, network, client } = setUp({ random: () => 0 });
    network.fault({ verb: 'send', code: 'unavailable', times: 1000 });
    const attempts: number[] = [];
    for (let n = 0; n < 3; n++)
      attempts.push((await errorOf(whileTimePasses(clock, client.send(await slip(n))))).attempts);
    expect(attempts).toEqual([101, 1, 1]);
  });

  it('says of an earlier attempt whose answer was lost that it may have arrived, whatever the last one says', async () => {
    const { clock, network, client, events } = setUp({ timeLimitMs: 1200 });
    network.fault({ verb: 'send', code: 'network.reset', when: 'after' });
    const call = errorOf(client.send(await slip()));
    while (!events.some(({ type }) => type === 'retry')) await clock.advance(0);
    network.fault({ verb: 'send', code: 'unavailable', times: 10 });
    const error = await whileTimePasses(clock, call, events);
    expect(error).toMatchObject({ code: 'unavailable', outcome: 'unknown', attempts: 2 });
  });

  it('ends an attempt that takes too long, and begins another', async () => {
    const clock = manualClock();
    const network = memoryNetwork({ clock });
    const memory = network.connect(...OFFICES.a);
    let hangs = 1;
    const make = defineTransport((_: undefined) => ({
      ...memory,
      send: (message, options) =>
        hangs-- > 0
          ? new Promise<never>((_, reject) =>
              options.signal.addEventListener('abort', () => reject(options.signal.reason)),
            )
          : memory.send(message, options),
    }));
    const events: TransportEvent[] = [];
    const client = transportClient(make(undefined), { clock, random: () => 0, onEvent: (event) => events.push(event) });
    const call = client.send(await slip());
    while (hangs > 0) await clock.advance(0);
    await clock.advance(120_000);
    expect((await call).attempts).toBe(2);
    expect(events.find(({ type }) => type === 'retry')).toMatchObject({ code: 'timeout.response', outcome: 'unknown' });
  });

  it('does not take being let in no more for a refusal of what may have arrived before', async () => {
    const { clock, network, client, events } = setUp();
    network.fault({ verb: 'send', code: 'network.reset', when: 'after' });
    const call = errorOf(client.send(await slip()));
    while (!events.some(({ type }) => type === 'retry')) await clock.advance(0);
    network.fault({ verb: 'send', code: 'auth.denied' });
    expect(await whileTimePasses(clock, call)).toMatchObject({ code: 'auth.denied', outcome: 'unknown', attempts: 2 });
  });

  it.each([Number.NaN, -5000])(
    'takes a far side that asks to wait %d for one that asks nothing',
    async (retryAfterMs) => {
      const { clock, network, client, waits } = setUp();
      network.fault({ verb: 'send', code: 'rate-limited', details: { retryAfterMs } });
      await whileTimePasses(clock, client.send(await slip()));
      expect(waits()).toEqual([499]);
    },
  );

  it('lets a list wait longer than an attempt may take', async () => {
    const clock = manualClock();
    const network = memoryNetwork({ clock });
    const client = transportClient(network.connect(...OFFICES.b), { clock });
    const first = client.list({ waitMs: 300_000 }).next();
    await clock.advance(200_000);
    const sent = await slip();
    await transportClient(network.connect(...OFFICES.a), { clock }).send(sent);
    expect((await first).value).toMatchObject({ id: sent.id });
  });

  it('is cancelled while it waits for the next attempt', async () => {
    const { clock, network, client } = setUp();
    network.fault({ verb: 'send', code: 'unavailable', times: 5 });
    const controller = new AbortController();
    const call = errorOf(client.send(await slip(), { signal: controller.signal }));
    while (clock.waiting.length === 0) await clock.advance(0);
    controller.abort(new Error('enough'));
    expect(await call).toMatchObject({ code: 'aborted', outcome: 'not-sent', attempts: 1 });
    expect(clock.waiting).toEqual([]);
  });

  it('fetches a message whole, and again where its bytes changed on the way', async () => {
    const { clock, network, client } = setUp();
    const message = await slip(1, 'text');
    await client.send(message);
    const memory = network.connect(...OFFICES.b);
    let broken = 2;
    const make = defineTransport((_: undefined) => ({
      ...memory,
      async fetch(ref, options) {
        const found = await memory.fetch(ref, options);
        if (broken-- <= 0) return found;
        return { ...found, files: found.files.map((file) => ({ ...file, sha256: '0'.repeat(64) })) };
      },
    }));
    const receiver = transportClient(make(undefined), { clock, retry: OFF });
    const seen: number[] = [];
    const onProgress = ({ bytes }: { bytes: number }) => seen.push(bytes);
    const { files } = await receiver.fetch({ id: message.id }, { onProgress });
    expect(files.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      'UPPLAN,text\r\n',
      'UPSIKYU,text\r\n',
      'UPHOSOKU,text\r\n',
    ]);
    expect(broken).toBe(-1);
    expect(seen.at(-1)).toBe(files.reduce((sum, { bytes }) => sum + bytes.length, 0));
  });

  it('lists all pages', async () => {
    const { network, client } = setUp();
    for (let n = 0; n < 5; n++) await client.send(await slip(n));
    const receiver = transportClient(network.connect(...OFFICES.b), { retry: OFF });
    const serials: string[] = [];
    for await (const { serial } of receiver.list({ limit: 2 })) serials.push(serial);
    expect(serials).toHaveLength(5);
    const sent: string[] = [];
    for await (const { serial } of client.listSent({ limit: 2 })) sent.push(serial);
    expect(sent).toEqual(serials);
  });
});

describe('where sending twice would be two messages, the client', () => {
  const lost = () => new TransportError('network.reset');
  const accepted = (id: string): SendResult => ({
    state: 'accepted',
    receipt: { messageId: id, acceptedAt: 0, digest: '' },
    duplicate: false,
  });
  const sendBy = async (transport: Transport) => {
    const clock = manualClock();
    const client = transportClient(transport, { clock, random: () => 0, retry: OFF });
    return whileTimePasses(clock, client.send(await slip()));
  };

  it('asks after a lost answer, and takes what is found for sent', async () => {
    const { id, from, to, serial } = await slip();
    const { transport, calls } = scripted([lost()], 'exact', { id, from, to, serial, state: 'available' });
    expect((await sendBy(transport)).result.state).toBe('available');
    expect(calls).toEqual(['send', 'lookup']);
  });

  it('sends again what is provably not there', async () => {
    const { transport, calls } = scripted([lost(), accepted('1')], 'exact');
    expect((await sendBy(transport)).result.state).toBe('accepted');
    expect(calls).toEqual(['send', 'lookup', 'send']);
  });

  it('never sends again where nothing can be asked', async () => {
    const { transport, calls } = scripted([lost(), accepted('1')], 'none');
    const error = await errorOf(sendBy(transport));
    expect(error).toMatchObject({ code: 'network.reset', outcome: 'unknown', retry: 'after-person', attempts: 1 });
    expect(calls).toEqual(['send']);
  });

  it('never sends again because a listener of the progress throws', async () => {
    const { transport, calls } = scripted([accepted('1'), accepted('2')], 'none');
    const client = transportClient(transport, { clock: manualClock(), random: () => 0, retry: OFF });
    const onProgress = () => {
      throw new Error('the window is gone');
    };
    expect((await client.send(await slip(), { onProgress })).attempts).toBe(1);
    expect(calls).toEqual(['send']);
  });

  it('never sends again after a foreign error of a transport that was not made by defineTransport', async () => {
    const { transport, calls } = scripted([], 'none');
    const send = async () => {
      calls.push('send');
      throw new Error('socket hang up');
    };
    const error = await errorOf(sendBy({ ...transport, send }));
    expect(error).toMatchObject({ code: 'internal', outcome: 'unknown', retry: 'after-person', attempts: 1 });
    expect(calls).toEqual(['send']);
  });

  it('never sends again what a search that proves nothing did not find', async () => {
    const { transport, calls } = scripted([lost(), accepted('1')], 'best-effort');
    const error = await errorOf(sendBy(transport));
    expect(error).toMatchObject({ code: 'network.reset', outcome: 'unknown', retry: 'after-person', attempts: 2 });
    expect(calls).toEqual(['send', 'lookup']);
  });

  it('calls an attempt that took too long by its name, and leaves it to a person where nothing can be asked', async () => {
    const { transport, calls } = scripted([], 'none');
    const clock = manualClock();
    const make = defineTransport((_: undefined) => ({
      ...transport,
      send(_: unknown, { signal }) {
        calls.push('send');
        return new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    }));
    const call = errorOf(transportClient(make(undefined), { clock }).send(await slip()));
    while (calls.length === 0) await clock.advance(0);
    await clock.advance(120_000);
    expect(await call).toMatchObject({
      code: 'timeout.response',
      outcome: 'unknown',
      retry: 'after-person',
      attempts: 1,
    });
    expect(calls).toEqual(['send']);
  });

  it('says that nothing was sent where that was proved, and the next attempt did not leave', async () => {
    const denied = new TransportError('unavailable', { retry: 'after-person' });
    const { transport } = scripted([lost(), denied], 'exact');
    expect(await errorOf(sendBy(transport))).toMatchObject({ code: 'unavailable', outcome: 'not-sent' });
  });

  it('does send again what did not leave', async () => {
    const { transport, calls } = scripted([new TransportError('unavailable'), accepted('1')], 'none');
    expect((await sendBy(transport)).attempts).toBe(2);
    expect(calls).toEqual(['send', 'send']);
  });
});

describe('a transport', () => {
  it('of a later contract is not used', () => {
    const transport = { ...memoryNetwork().connect(), contract: 2 } as unknown as Transport;
    expect(() => transportClient(transport)).toThrow(TransportError);
  });

  it('whose manifest claims a verb that it lacks, or hides one that it has, cannot be defined', () => {
    const memory = memoryNetwork().connect();
    const make = defineTransport((capabilities: Partial<Transport['capabilities']>) => ({
      ...memory,
      capabilities: { ...memory.capabilities, ...capabilities },
    }));
    expect(() => make({ recall: false })).toThrow(TransportError);
    expect(() => make({})).not.toThrow();
  });

  it('whose driver is deaf to the signal ends all the same, with an outcome that is not known', async () => {
    const memory = memoryNetwork().connect(...OFFICES.a);
    const deaf = () => new Promise<never>(() => {});
    const make = defineTransport((_: undefined) => ({
      ...memory,
      send: deaf,
      acknowledge: deaf,
      recall: deaf,
      list: deaf,
    }));
    const transport = make(undefined);
    const controller = new AbortController();
    const options = attempt({ signal: controller.signal });
    const message = await slip();
    const calls = [
      transport.send(message, options),
      transport.acknowledge(message, { kind: 'delivered' }, options),
      transport.recall?.(message, options) ?? Promise.resolve(),
      transport.list({}, options),
    ].map(errorOf);
    controller.abort();
    // Only a question changes nothing.
    const outcomes = (await Promise.all(calls)).map(({ code, outcome }) => [code, outcome]);
    expect(outcomes).toEqual(['unknown', 'unknown', 'unknown', 'not-sent'].map((outcome) => ['aborted', outcome]));
  });
});
