import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TransportErrorCode } from '../../../src/transport/index.js';
import { memoryStore, openOutbox } from '../../../src/transport/outbox/index.js';
import { addressOf, delivery, FROM, lesser, message, received, states } from '../../support/outbox.js';

type Step =
  | { readonly do: 'enqueue'; readonly lane: number; readonly key: number }
  | {
      readonly do: 'fault';
      readonly code: TransportErrorCode;
      readonly when: 'before' | 'after';
      readonly times: number;
    }
  | { readonly do: 'flush' }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'die' };

const CODES: readonly TransportErrorCode[] = [
  'unavailable',
  'network.reset',
  'timeout.response',
  'network.unreachable',
  'rate-limited',
  'auth.interaction-required',
  'internal',
  'protocol',
];

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('enqueue' as const), lane: fc.nat(1), key: fc.nat(15) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('fault' as const),
        code: fc.constantFrom(...CODES),
        when: fc.constantFrom('before' as const, 'after' as const),
        times: fc.integer({ min: 1, max: 3 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('flush' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 30 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const) }) },
  ),
  { minLength: 5, maxLength: 40 },
);

describe('whatever fails, and whenever the process begins anew, an outbox', () => {
  it.each([true, false])(
    'sends each message once, in the order in which it came (sending twice is harmless: %s)',
    async (idempotentSend) => {
      await fc.assert(
        fc.asyncProperty(steps, async (script) => {
          const twice: string[] = [];
          const parts = delivery({ wrap: lesser({ idempotentSend }, twice), concurrency: 2 });
          const { clock, network, transport } = parts;
          let { store, outbox } = parts;
          const expected: string[][] = [[], []];
          const known = new Set<number>();
          for (const step of script) {
            if (step.do === 'enqueue') {
              const to = addressOf(step.lane);
              const serial = await outbox.nextSerial(FROM, to);
              const { id } = await outbox.enqueue(message(serial, { to, text: `${step.key}` }), {
                key: `key ${step.key}`,
              });
              if (!known.has(step.key)) expected[step.lane]?.push(`${step.key}`);
              known.add(step.key);
              expect(id).toBeDefined();
            }
            if (step.do === 'fault') {
              // A transport is honest: of what may be done it does not say that it is not.
              const details = step.when === 'after' ? { details: { outcome: 'unknown' as const } } : {};
              network.fault({ verb: 'send', code: step.code, when: step.when, times: step.times, ...details });
            }
            if (step.do === 'flush') await outbox.flush();
            if (step.do === 'wait') await clock.advance(step.minutes * 60_000);
            if (step.do === 'die') {
              store = memoryStore(store.snapshot());
              outbox = openOutbox({ store, transport, clock, random: () => 0.5 });
            }
          }
          // All faults end; a person answers where one is asked.
          for (let n = 0; (await states(outbox)).some((state) => state !== 'accepted'); n++) {
            expect(n).toBeLessThan(500);
            for await (const { id, state } of outbox.list(['needs-person'])) {
              expect(state).toBe('needs-person');
              await outbox.retry(id);
            }
            await outbox.flush();
            await clock.advance(15 * 60_000);
          }
          const texts = await received(network);
          const of = (lane: number) => texts.filter((text) => expected[lane]?.includes(text));
          expect(twice).toEqual([]);
          expect(texts).toHaveLength(known.size);
          expect([of(0), of(1)]).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    },
  );
});
