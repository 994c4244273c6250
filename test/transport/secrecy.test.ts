import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { SENTENCES } from '../../src/transport/error-sentences.js';
import {
  memoryNetwork,
  messageId,
  type OutboundMessage,
  partOf,
  TRANSPORT_ERRORS,
  type Transport,
  TransportError,
  type TransportErrorCode,
  type TransportEvent,
  transportClient,
} from '../../src/transport/index.js';
import { manualClock } from '../../src/transport/testing/index.js';
import { type FolderHarness, folderHarness } from '../support/folder-harness.js';
import { OFFICES } from '../support/memory-harness.js';
import { FakeNationalApi, SECRETS } from '../support/national-api.js';
import { nationalTransport } from '../support/national-driver.js';
import { slip } from '../support/slips.js';

/** A person's name, an insured number and secrets, in every place where a caller or another's software may put them. */
const CANARIES = [
  'カナリア花子',
  '0009876543',
  'CANARY-TEXT',
  ...Object.values(SECRETS),
  'access-secret',
  'refresh-secret',
];
const NAME = 'カナリア花子_0009876543.CSV';

async function poisoned(n: number): Promise<OutboundMessage> {
  const message = await slip(n, 'CANARY-TEXT,0009876543');
  const memo = await partOf({ name: NAME, kind: 'UPPLAN', bytes: Buffer.from('CANARY-TEXT カナリア花子') });
  return { ...message, parts: [...message.parts, memo] };
}

/** Everything that an error, or an event, gives away when it is printed in any way. */
const print = (value: unknown) =>
  [
    String(value),
    inspect(value, { depth: 10, showHidden: true }),
    JSON.stringify(value),
    value instanceof Error ? value.stack : '',
  ].join('\n');

/** Sends and receives in ways that fail, and gives all that was said. */
async function talk(transport: Transport, breaks: readonly (() => void)[]): Promise<string> {
  const said: unknown[] = [];
  const client = transportClient(transport, {
    clock: { now: () => 0, sleep: async () => {} },
    retry: { attemptTimeoutMs: Number.POSITIVE_INFINITY, timeLimitMs: Number.POSITIVE_INFINITY },
    random: () => 0,
    onEvent: (event: TransportEvent) => said.push(event),
  });
  const run = (call: Promise<unknown>) =>
    call.then(
      () => {},
      (error: unknown) => said.push(error),
    );
  const message = await poisoned(1);
  const throws = () => {
    throw Object.assign(new Error('cannot open /home/カナリア花子/0009876543'), { code: 'EIO', path: NAME });
  };
  for (const breakIt of [() => {}, ...breaks]) {
    breakIt();
    await run(client.send(await poisoned(2)));
  }
  const [first] = message.parts;
  if (!first) throw new Error('a slip has files');
  await run(client.send({ ...message, parts: [{ ...first, open: throws }] }));
  await run(client.send({ ...message, parts: [{ ...first, name: `../${NAME}` }] }));
  await run(client.send({ ...message, parts: [{ ...first, sha256: '0'.repeat(64) }] }));
  await run(client.send({ ...message, id: NAME, from: { officeNumber: NAME, serviceType: '11' } }));
  await run(client.lookup({ id: NAME, from: message.from, to: message.to, serial: NAME }));
  await run(client.fetch({ id: NAME }));
  await run(client.acknowledge({ id: NAME }, { kind: 'rejected', reasons: [NAME] }));
  await run(client.list({ cursor: NAME }).next());
  await run(client.send(await poisoned(3), { signal: AbortSignal.abort() }));
  expect(said.filter((one) => one instanceof TransportError).length).toBeGreaterThan(6);
  expect(said.length).toBeGreaterThan(20);
  return said.map(print).join('\n');
}

const expectSilent = (text: string) => {
  for (const canary of CANARIES) expect(text.includes(canary), `"${canary}" was said`).toBe(false);
};

/** The names and contents of the files that a folder keeps for itself. */
function kept(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => `${path}\n${readFileSync(path, 'utf8')}`)
    .join('\n');
}

describe('no error, event or log says a name, a number or a secret', () => {
  it('in memory', async () => {
    const network = memoryNetwork();
    const codes = Object.keys(TRANSPORT_ERRORS) as TransportErrorCode[];
    const details = { requestId: NAME, officialCode: NAME, cause: new Error(NAME) };
    const breaks = codes.map((code) => () => network.fault({ verb: 'send', code, details }));
    expectSilent(await talk(network.connect(...OFFICES.a), breaks));
  });

  it.each(['person', 'program', 'zip'] as const)('by a folder (%s); its records hold no content', async (road) => {
    const harness: FolderHarness = await folderHarness(road);
    const breaks = ['ENOSPC', 'EIO', 'EROFS', 'EACCES'].flatMap((code) =>
      [1, 5, 9, 14, 18].map((n) => () => harness.faulty.a.failAt(n, code)),
    );
    expectSilent(await talk(harness.a.transport, breaks));
    await harness.carry?.();
    // The manifest names the files, as their folder does; it holds nothing of them.
    const manifests = kept(join(harness.roots.a, 'manifests'));
    for (const canary of ['CANARY-TEXT', ...Object.values(SECRETS)]) expect(manifests.includes(canary)).toBe(false);
    await harness.dispose();
  });

  it('by a service with passwords and tokens, whose errors quote what they were given', async () => {
    const api = new FakeNationalApi(manualClock());
    const text = JSON.stringify({ result: 'NG', errorCode: NAME, message: NAME });
    const breaks = [
      () => api.fault('/v1/send', { status: 200, text }),
      () => api.fault('/v1/send', { status: 502, text: `<html>${NAME} ${SECRETS.password}` }),
      () => api.fault('/v1/send', 'reset'),
      () => api.endSessions(),
    ];
    expectSilent(await talk(nationalTransport({ api, addresses: OFFICES.a, person: async () => SECRETS }), breaks));
  });
});

describe('every error code', () => {
  it('has an outcome, a retry and a sentence in Japanese and English', () => {
    expect(Object.keys(SENTENCES)).toEqual(Object.keys(TRANSPORT_ERRORS));
    for (const { ja, en } of Object.values(SENTENCES)) {
      expect(ja).toMatch(/[ぁ-ん].*。$/);
      expect(en).toMatch(/^[ -~]{10,}$/);
    }
  });

  it('keeps what a log may hold, and not the text of its cause', () => {
    const cause = Object.assign(new Error(`no such file ${NAME}`), { code: 'ENOENT', syscall: 'open', path: NAME });
    const details = { cause, messageId: messageId(), retryAfterMs: 5, requestId: 'req-1', status: 503 } as const;
    const error = new TransportError('unavailable', details);
    const { cause: _, ...loggable } = details;
    expect(error.toJSON()).toEqual({
      code: 'unavailable',
      outcome: 'not-sent',
      retry: 'backoff',
      attempts: 1,
      ...loggable,
    });
    expect((error.cause as Error).message).toBe('Error ENOENT open');
    expectSilent(print(error));
  });

  it.each([
    ['a text', NAME],
    ['an answer', { status: 500, body: NAME, headers: { authorization: NAME } }],
    ['an error of another realm', runInNewContext(`Object.assign(new Error('${NAME}'), { code: 'EIO' })`)],
  ])('keeps nothing of a cause that is %s', (_, cause) => {
    expectSilent(print(new TransportError('internal', { cause })));
    expectSilent(print(new TransportError('internal', { cause }).with({ attempts: 2 })));
  });
});
