import type { TransportErrorCode, TransportLimits, TransportVerb } from '../../src/transport/index.js';
import { memoryNetwork, TRANSPORT_ERRORS } from '../../src/transport/index.js';
import { type ContractFault, type ContractHarness, manualClock } from '../../src/transport/testing/index.js';

/** An office of care management with two post boxes, and a service office with two. */
export const OFFICES = {
  a: [
    { officeNumber: '0370100105', serviceType: '43' },
    { officeNumber: '0370100105', serviceType: '46' },
  ],
  b: [
    { officeNumber: '0370200210', serviceType: '11' },
    { officeNumber: '03A0200210', serviceType: '17' },
  ],
} as const;

const FAULTS: readonly [TransportVerb, TransportErrorCode, 'before' | 'after'][] = [
  ['send', 'unavailable', 'before'],
  ['send', 'network.reset', 'after'],
  ['lookup', 'rate-limited', 'before'],
  ['list', 'network.unreachable', 'before'],
  ['fetch', 'network.truncated', 'before'],
  ['acknowledge', 'timeout.response', 'after'],
  ['listSent', 'protocol', 'before'],
  ['recall', 'internal', 'before'],
];

/** Longer than a clock is turned, in milliseconds. */
const RETENTION = 24 * 3_600_000;

/** Two ends of a network in memory, with a clock of its own. */
export async function memoryHarness(limits: Partial<TransportLimits> = {}): Promise<ContractHarness> {
  const clock = manualClock();
  const network = memoryNetwork({ clock, retentionMs: RETENTION, limits });
  const connect = (side: 'a' | 'b') => network.connect(...OFFICES[side]);
  const [a, b] = [connect('a'), connect('b')];
  return {
    a: { transport: a, addresses: OFFICES.a },
    b: { transport: b, addresses: OFFICES.b },
    reopen: async (side) => {
      await (side === 'a' ? a : b).close();
      return connect(side);
    },
    expire: () => clock.advance(RETENTION),
    turnClock: (ms) => clock.advance(ms),
    faults: FAULTS.map(([verb, code, when]): ContractFault => {
      const [outcome, retry] = TRANSPORT_ERRORS[code];
      return {
        name: `${code} ${when}`,
        verb,
        expect: { code, outcome, retry },
        inject: () => network.fault({ verb, code, when }),
      };
    }),
    crashes: [
      {
        name: 'killed while the answer was on its way',
        async crash(message) {
          network.fault({ verb: 'send', code: 'network.reset', when: 'after' });
          const options = { signal: new AbortController().signal, deadline: clock.now() + 1000, attempt: 1 };
          await a.send(message, options).catch(() => {});
        },
      },
    ],
    dispose: async () => {
      await Promise.all([a.close(), b.close()]);
    },
  };
}
