import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  type AttemptOptions,
  defineTransport,
  memoryNetwork,
  type PartSource,
  type Transport,
  type TransportError,
} from '../../src/transport/index.js';
import { OFFICES } from '../support/memory-harness.js';
import { attempt, slip } from '../support/slips.js';

/** A part that gives one byte and then none, and says what becomes of who reads it. */
async function stalling() {
  const [file] = (await slip()).parts as [PartSource];
  const told = new EventTarget();
  let asked = 0;
  let released = false;
  const part: PartSource = {
    ...file,
    open: () => ({
      [Symbol.asyncIterator]: () => ({
        next() {
          if (++asked === 1) return Promise.resolve({ done: false, value: new Uint8Array(1) });
          told.dispatchEvent(new Event('stalled'));
          return new Promise<never>(() => {});
        },
        async return() {
          released = true;
          return { done: true, value: undefined };
        },
      }),
    }),
  };
  return { part, stalled: once(told, 'stalled'), isReleased: () => released };
}

/** A transport whose messages have this part, and which reads those that it sends. */
function roadOf(part: PartSource): Transport {
  const memory = memoryNetwork().connect(...OFFICES.b);
  return defineTransport((_: undefined) => ({
    ...memory,
    async fetch({ id }) {
      const { from, to, serial, standard, kinds } = await slip();
      const entry = { id, from, to, serial, standard, kinds, parts: 1, size: part.size, state: 'available' as const };
      return { ...entry, files: [part] };
    },
    async send({ parts }) {
      for (const one of parts) for await (const _ of one.open());
      throw new Error('it came to an end');
    },
  }))(undefined);
}

const readerOf = async (road: Transport, options: AttemptOptions) => {
  const { files } = await road.fetch({ id: (await slip()).id }, options);
  return (files[0] as PartSource).open()[Symbol.asyncIterator]();
};
const errorOf = (call: Promise<unknown>): Promise<TransportError> =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    (error: TransportError) => error,
  );

const HOW = [
  ['the transport is closed', 'closed'],
  ['the caller gives up', 'aborted'],
] as const;

describe.each([
  ['', undefined],
  ['with progress, ', () => {}],
] as const)('%swhen', (_, onProgress) => {
  const listening = (signal: AbortSignal) => attempt({ signal, ...(onProgress && { onProgress }) });

  it.each(HOW)('%s, a reader for whom no byte comes is told so, and the part is let go of', async (_, code) => {
    const { part, stalled, isReleased } = await stalling();
    const caller = new AbortController();
    const road = roadOf(part);
    const reader = await readerOf(road, listening(caller.signal));
    await reader.next();
    const pending = errorOf(reader.next());
    await stalled;
    if (code === 'closed') await road.close();
    else caller.abort(new Error('enough'));
    expect(await pending).toMatchObject({ code, outcome: 'not-sent', retry: 'never' });
    expect(isReleased()).toBe(true);
  });

  it.each(HOW)('%s, a part that nobody reads on is let go of, and its reader is told', async (_, code) => {
    const { part, isReleased } = await stalling();
    const caller = new AbortController();
    const road = roadOf(part);
    const reader = await readerOf(road, listening(caller.signal));
    await reader.next();
    if (code === 'closed') await road.close();
    else caller.abort();
    expect(isReleased()).toBe(true);
    expect(await errorOf(reader.next())).toMatchObject({ code, outcome: 'not-sent', retry: 'never' });
    expect(isReleased()).toBe(true);
  });

  it.each(HOW)('%s, a part that is being sent is let go of', async (_, code) => {
    const { part, stalled, isReleased } = await stalling();
    const caller = new AbortController();
    const road = roadOf(part);
    const message = await slip();
    const call = errorOf(road.send({ ...message, parts: [part] }, listening(caller.signal)));
    await stalled;
    if (code === 'closed') await road.close();
    else caller.abort();
    expect(await call).toMatchObject({ code, outcome: 'unknown', retry: 'never', messageId: message.id });
    expect(isReleased()).toBe(true);
  });
});

it('a message that was fetched before the transport was closed gives no bytes afterwards', async () => {
  const [part] = (await slip()).parts as [PartSource];
  const road = roadOf(part);
  const { files } = await road.fetch({ id: (await slip()).id }, attempt());
  await road.close();
  const [file] = files as [PartSource];
  expect(await errorOf(file.open()[Symbol.asyncIterator]().next())).toMatchObject({ code: 'closed' });
});
