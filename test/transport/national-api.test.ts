import { describe, expect, it } from 'vitest';
import { TransportError, type TransportErrorCode, transportClient } from '../../src/transport/index.js';
import { type ContractFault, type ContractHarness, manualClock } from '../../src/transport/testing/index.js';
import { contract } from '../support/contract.js';
import { OFFICES } from '../support/memory-harness.js';
import { type ApiAnswer, FakeNationalApi, SECRETS } from '../support/national-api.js';
import { nationalTransport } from '../support/national-driver.js';
import { slip } from '../support/slips.js';

const HTML = '<html><body>Bad Gateway 山田花子</body></html>';
const FAULTS: readonly [
  string,
  ContractFault['verb'],
  string,
  ApiAnswer | 'reset',
  TransportErrorCode,
  string,
  string,
][] = [
  ['HTML from a proxy', 'send', '/v1/send', { status: 502, text: HTML }, 'protocol', 'unknown', 'backoff'],
  ['an empty answer', 'send', '/v1/send', { status: 204, text: '' }, 'protocol', 'unknown', 'backoff'],
  [
    'an answer that breaks off',
    'fetch',
    '/v1/received/',
    { status: 200, text: undefined },
    'network.truncated',
    'unknown',
    'backoff',
  ],
  [
    'an error in HTTP 200',
    'send',
    '/v1/send',
    { status: 200, text: '{"result":"NG","errorCode":"E2107","message":"山田花子"}' },
    'business',
    'rejected',
    'never',
  ],
  [
    'too many requests',
    'list',
    '/v1/received',
    { status: 429, retryAfterMs: 5000, text: '' },
    'rate-limited',
    'not-sent',
    'backoff',
  ],
  ['maintenance', 'listSent', '/v1/sent', { status: 503, text: HTML }, 'unavailable', 'not-sent', 'backoff'],
  ['a broken connection', 'acknowledge', '/v1/received/', 'reset', 'network.reset', 'unknown', 'backoff'],
];

function setUp() {
  const clock = manualClock();
  const api = new FakeNationalApi(clock);
  let present = true;
  const person = async () => (present ? SECRETS : undefined);
  const connect = (side: 'a' | 'b') => nationalTransport({ api, addresses: OFFICES[side], person });
  const leave = () => {
    present = false;
  };
  const come = () => {
    present = true;
  };
  return { clock, api, connect, leave, come };
}

async function harness(): Promise<ContractHarness> {
  const { clock, api, connect, leave, come } = setUp();
  const [a, b] = [connect('a'), connect('b')];
  return {
    a: { transport: a, addresses: OFFICES.a },
    b: { transport: b, addresses: OFFICES.b },
    reopen: async (side) => connect(side),
    turnClock: (ms) => clock.advance(ms),
    endLogin() {
      api.endSessions();
      leave();
    },
    logIn: come,
    secrets: [...Object.values(SECRETS), 'access-secret', 'refresh-secret', '山田花子'],
    faults: FAULTS.map(
      ([name, verb, path, answer, code, outcome, retry]) =>
        ({ name, verb, expect: { code, outcome, retry }, inject: () => api.fault(path, answer) }) as ContractFault,
    ),
    dispose: async () => {
      await Promise.all([a.close(), b.close()]);
    },
  };
}

await contract('the national service, as far as it is known', harness, {
  expect: { idempotentSend: false, lookup: 'best-effort', interactiveLogin: true, listSent: true },
});

describe('the client on such a service', () => {
  const retry = { attemptTimeoutMs: Number.POSITIVE_INFINITY, timeLimitMs: Number.POSITIVE_INFINITY };
  const random = () => 0;

  it('goes on after 60 minutes with a new token, in the second attempt', async () => {
    const { clock, api, connect } = setUp();
    const client = transportClient(connect('a'), { clock, retry, random });
    await client.send(await slip(1));
    await clock.advance(61 * 60_000);
    expect(await client.send(await slip(2))).toMatchObject({ attempts: 2, result: { state: 'accepted' } });
    expect(api.calls.filter((path) => path === '/v1/refresh')).toHaveLength(1);
    expect(api.messages).toHaveLength(2);
  });

  it('renews the token once for fifty calls that find it expired', async () => {
    const { clock, api, connect } = setUp();
    const client = transportClient(connect('a'), { clock, retry, random });
    await client.send(await slip(0));
    await clock.advance(61 * 60_000);
    const messages = await Promise.all(Array.from({ length: 50 }, (_, n) => slip(n + 1)));
    await Promise.all(messages.map((message) => client.send(message)));
    expect(api.calls.filter((path) => path === '/v1/refresh')).toHaveLength(1);
    expect(api.calls.filter((path) => path === '/v1/login')).toHaveLength(1);
    expect(api.messages).toHaveLength(51);
  });

  it('asks for a person after 8 hours, and has sent nothing', async () => {
    const { clock, api, connect, leave } = setUp();
    const client = transportClient(connect('a'), { clock, retry, random });
    await client.send(await slip(1));
    leave();
    await clock.advance(8 * 60 * 60_000);
    const error: unknown = await client.send(await slip(2)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'auth.interaction-required',
      outcome: 'not-sent',
      retry: 'after-person',
      attempts: 1,
    });
    expect(api.messages).toHaveLength(1);
  });

  it('finds a message whose answer was lost, and does not send it twice', async () => {
    const { clock, api, connect } = setUp();
    const client = transportClient(connect('a'), { clock, retry, random });
    api.fault('/v1/send', 'reset', 'after');
    const { result, attempts } = await client.send(await slip(1));
    expect([result.state, attempts]).toEqual(['available', 2]);
    expect(api.messages).toHaveLength(1);
  });

  it('does not send again what may have arrived: a person decides', async () => {
    const { clock, api, connect } = setUp();
    const client = transportClient(connect('a'), { clock, retry, random });
    api.fault('/v1/send', 'reset', 'before');
    const error: unknown = await client.send(await slip(1)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({ code: 'network.reset', outcome: 'unknown', retry: 'after-person', attempts: 2 });
    expect(api.messages).toHaveLength(0);
  });

  it('sends one call for each receiver', async () => {
    const { clock, api, connect } = setUp();
    const client = transportClient(connect('a'), { clock, retry, random });
    for (const to of OFFICES.b) await client.send(await slip(1, 'x', { to }));
    expect(api.messages.map(({ to }) => to)).toEqual(['0370200210-11', '03A0200210-17']);
  });
});
