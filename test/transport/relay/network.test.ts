import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import {
  type Outcome,
  type PartSource,
  type Retry,
  readPart,
  type TransportErrorCode,
} from '../../../src/transport/index.js';
import {
  ALL_VERBS,
  acceptance,
  CANARY,
  MESSAGE,
  messageFirst,
  options,
  refused,
  roadTo,
  VERBS,
} from '../../support/raw-relay.js';
import {
  type Exchange,
  ends,
  JSON_TYPE,
  OCTETS,
  rawServer,
  rawServers,
  says,
  wire,
  write,
} from '../../support/raw-server.js';

const serve = rawServers();

const HTML = { 'Content-Type': 'text/html' };
const html = `<html><body>${CANARY}</body></html>`;
const problem = (status: number, slug: string, retry: string, more: Readonly<Record<string, string>> = {}) =>
  wire(status, JSON.stringify({ type: `urn:careplan:problem:${slug}`, title: CANARY, detail: CANARY }), {
    ...{ 'Content-Type': 'application/problem+json', 'Careplan-Retry': retry },
    ...more,
  });

type Ending = readonly [code: TransportErrorCode, outcome: Outcome, retry: Retry];
const RESET: Ending = ['network.reset', 'unknown', 'backoff'];
const TRUNCATED: Ending = ['network.truncated', 'unknown', 'backoff'];
const PROTOCOL: Ending = ['protocol', 'unknown', 'backoff'];
const PROXY: Ending = ['unavailable', 'unknown', 'backoff'];
const DENIED: Ending = ['auth.denied', 'not-sent', 'never'];
const chunked = (text: string, type: Readonly<Record<string, string>>) =>
  wire(200, text, { 'Transfer-Encoding': 'chunked', ...type }).replace(/Content-Length.*\r\n/, '');

type Row = readonly [name: string, answer: (exchange: Exchange) => void, ending: Ending, more?: object];

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const HINT = 'HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n';

/** What is done with a request that has arrived, and what the caller is told. */
const ANSWERS: readonly Row[] = [
  ['the connection is reset after the request', ({ socket }) => void socket.resetAndDestroy(), RESET],
  ['the connection ends without an answer', ({ socket }) => void socket.end(), RESET],
  ['the connection ends within the head', ends('HTTP/1.1 200 OK\r\nContent-Ty'), RESET],
  ['garbage', ends(`\x16\x03\x01${CANARY}\r\n\r\n`), PROTOCOL],
  // What nobody expects is no answer to fetch, which lets go of the connection.
  ['100 and nothing more', says(CONTINUE), RESET],
  ['100 before the answer', says(CONTINUE + wire(200, '{}', JSON_TYPE)), RESET],
  ['100, again and again, before the answer', says(CONTINUE.repeat(5) + wire(200, '{}', JSON_TYPE)), RESET],
  [
    'another protocol that nobody asked for',
    says('HTTP/1.1 101 Said\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    RESET,
  ],
  ['a hint and no answer', ends(HINT), RESET],
  ['502 of a proxy', says(wire(502, html, HTML)), PROXY, { status: 502 }],
  ['503 of a proxy', says(wire(503, html, HTML)), PROXY, { status: 503 }],
  ['504 of a proxy', says(wire(504, html, HTML)), PROXY, { status: 504 }],
  ['500 of a proxy', says(wire(500, html, HTML)), PROTOCOL, { status: 500 }],
  ['404 of a proxy, which is not that there is no message', says(wire(404, html, HTML)), PROTOCOL, { status: 404 }],
  ['401 of a proxy', says(wire(401, html, HTML)), DENIED, { status: 401 }],
  [
    '407 of a proxy, which fetch shows to nobody',
    says(wire(407, html, { ...HTML, 'Proxy-Authenticate': 'Basic' })),
    RESET,
  ],
  ['413 of a proxy', says(wire(413, html, HTML)), ['too-large', 'rejected', 'never'], { status: 413 }],
  ['a problem that is not of the protocol', says(problem(418, 'teapot', 'now')), PROTOCOL, { status: 418 }],
  ['a problem that is no JSON', says(wire(503, `{${CANARY}`, { 'Content-Type': 'application/problem+json' })), PROXY],
  ['a token that has expired', says(problem(401, 'token-expired', 'now')), ['auth.expired', 'not-sent', 'now']],
  ['a token that was used', says(problem(401, 'token-replayed', 'now')), ['auth.expired', 'not-sent', 'now']],
  ['a clock that is wrong', says(problem(401, 'clock-skew', 'now')), ['clock-skew', 'not-sent', 'now']],
  ['503 of the relay', says(problem(503, 'unavailable', 'later')), ['unavailable', 'not-sent', 'backoff']],
  [
    '500 of the relay, which says that nobody need try again',
    says(problem(500, 'internal', 'no')),
    ['internal', 'unknown', 'never'],
  ],
  ['200 with HTML', says(wire(200, html, HTML)), PROTOCOL],
  ['204 without anything', says('HTTP/1.1 204 No Content\r\n\r\n'), PROTOCOL],
  ['200 without anything', says(wire(200, '')), PROTOCOL],
];

/** Answers that JSON is wanted of. */
const JSON_ANSWERS: readonly Row[] = [
  [
    'the body ends before its length',
    ends(wire(200, `{"id":"${CANARY}`, { ...JSON_TYPE, 'Content-Length': '900' })),
    TRUNCATED,
  ],
  ['a chunked body ends before its last chunk', ends(chunked('5\r\n{"id"\r\n', JSON_TYPE)), TRUNCATED],
  ['bytes that are no chunks', ends(chunked(`${'z'.repeat(9)}\r\n`, JSON_TYPE)), TRUNCATED],
  ['JSON of another media type', says(wire(200, '{}', { 'Content-Type': 'application/jsonp' })), PROTOCOL],
  ['JSON that ends early', says(wire(200, `{"id":"${CANARY}`, JSON_TYPE)), PROTOCOL],
  ...[
    'null',
    '[]',
    '7',
    `"${CANARY}"`,
    '{}',
    '{"id":null,"state":"available","items":{}}',
    '{"items":[null],"more":false,"id":5}',
    '{"items":[],"more":true,"id":"a","state":"available","missing":"all"}',
    '{"items":[],"more":true,"next":"on"}',
    `{"id":"${MESSAGE.id}","kind":"read","state":"available","items":0,"now":"soon"}`,
  ].map(
    (json) =>
      [`JSON of another shape: ${json.replace(CANARY, 'text')}`, says(wire(200, json, JSON_TYPE)), PROTOCOL] as const,
  ),
];

const CHANGED: Ending = ['integrity.wire', 'not-sent', 'now'];
const { size = 0 } = MESSAGE.parts[0] ?? {};
/** Answers that the bytes of a part are wanted of. */
const PART_ANSWERS: readonly Row[] = [
  [
    'the body ends before its length',
    ends(wire(200, CANARY, { ...OCTETS, 'Content-Length': String(size) })),
    TRUNCATED,
  ],
  ['a chunked body ends before its last chunk', ends(chunked('5\r\nbytes\r\n', OCTETS)), TRUNCATED],
  ['bytes that are no chunks', ends(chunked(`${'z'.repeat(9)}\r\n`, OCTETS)), TRUNCATED],
  ['bytes of another media type', says(wire(200, 'x'.repeat(size), { 'Content-Type': 'text/plain' })), PROTOCOL],
  ['JSON', says(wire(200, '{}', JSON_TYPE)), PROTOCOL],
  ['206, though all was asked for', says(wire(206, 'x'.repeat(size), OCTETS)), PROTOCOL],
  ['fewer bytes than the header says', says(wire(200, 'x'.repeat(size - 1), OCTETS)), CHANGED, { part: 1 }],
  ['no bytes', says(wire(200, '', OCTETS)), CHANGED, { part: 1 }],
  ['more bytes than the header says', says(wire(200, 'x'.repeat(size + 1), OCTETS)), CHANGED, { part: 1 }],
];

const WAITS: readonly (readonly [
  name: string,
  fields: Readonly<Record<string, string>>,
  retryAfterMs: number | undefined,
])[] = [
  ['in seconds', { 'Retry-After': '7' }, 7000],
  [
    'as a date, which counts from the date of the answer',
    { 'Retry-After': 'Wed, 25 Nov 2026 01:02:00 GMT', Date: 'Wed, 25 Nov 2026 01:00:00 GMT' },
    120_000,
  ],
  [
    'as a date that is over',
    { 'Retry-After': 'Wed, 25 Nov 2026 00:00:00 GMT', Date: 'Wed, 25 Nov 2026 01:00:00 GMT' },
    0,
  ],
  ['as a date, by the own clock where the answer has none', { 'Retry-After': 'Wed, 25 Nov 2026 01:00:30 GMT' }, 30_000],
  ['negative', { 'Retry-After': '-5', Date: 'Wed, 25 Nov 2026 01:00:00 GMT' }, undefined],
  ['ten days', { 'Retry-After': '864000' }, 864_000_000],
  ['no number at all', { 'Retry-After': 'soon' }, undefined],
];
const CLOCK = { now: () => Date.UTC(2026, 10, 25, 1), sleep: () => Promise.resolve() };

describe('what becomes of a request', () => {
  describe.each(ALL_VERBS)('%s', (verb) => {
    const isPart = verb === 'part';
    const rows = [...ANSWERS, ...(isPart ? PART_ANSWERS : JSON_ANSWERS)];
    it.each(rows.map(([name, answer, ending, more = {}]) => [name, answer, ending, more] as const))(
      '%s',
      async (_, answer, [code, outcome, retry], more) => {
        const server = await serve(isPart ? messageFirst(answer) : answer);
        const error = await refused(VERBS[verb](roadTo(server.origin)), server);
        expect(error).toMatchObject({ code, outcome, retry, ...more });
        expect(server.requests).toHaveLength(isPart ? 2 : 1);
      },
    );

    it('is refused', async () => {
      const server = await rawServer(() => {});
      await server.close();
      const error = await refused(VERBS[verb](roadTo(server.origin)));
      expect(error).toMatchObject({ code: 'network.unreachable', outcome: 'not-sent', retry: 'backoff' });
    });
  });

  it('garbage, which undici 7 gives no code', async () => {
    const dispatcher = new Agent();
    const server = await serve(ends(`\x16\x03\x01${CANARY}\r\n\r\n`));
    const error = await refused(VERBS.send(roadTo(server.origin, { dispatcher })), server);
    expect(error).toMatchObject({ code: 'protocol', outcome: 'unknown', retry: 'backoff' });
    await dispatcher.destroy();
  });

  it('part: is refused when the message is there already', async () => {
    const server = await serve(messageFirst(() => {}));
    const { files } = await roadTo(server.origin).fetch(MESSAGE, options());
    await server.close();
    const error = await refused(readPart(files[0] as PartSource));
    expect(error).toMatchObject({ code: 'network.unreachable', outcome: 'not-sent', retry: 'backoff' });
  });

  it.each([
    ['a hint', HINT],
    ['several', `${HINT}HTTP/1.1 102 Processing\r\n\r\n${HINT}`],
  ])('%s before the answer is no answer', async (_, before) => {
    const server = await serve(async ({ socket }) => {
      write(socket, before + wire(200, await acceptance(server.origin), JSON_TYPE));
    });
    expect(await roadTo(server.origin).send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
    expect(server.requests).toHaveLength(1);
  });

  it('no request waits to be told to continue: there is nothing for a server to ignore', async () => {
    const server = await serve(messageFirst(says(wire(502, html, HTML))));
    for (const verb of ALL_VERBS) await VERBS[verb](roadTo(server.origin)).catch(() => {});
    expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(['PUT', 'GET', 'DELETE']));
    for (const { head } of server.requests) expect(head).not.toMatch(/^expect:/im);
  });

  it.each(WAITS)('429 of a proxy with Retry-After: %s', async (_, fields, retryAfterMs) => {
    const server = await serve(says(wire(429, html, { ...HTML, ...fields })));
    const error = await refused(VERBS.send(roadTo(server.origin, { clock: CLOCK })));
    expect(error).toMatchObject({ code: 'rate-limited', outcome: 'not-sent', retry: 'backoff', status: 429 });
    expect(error.retryAfterMs).toBe(retryAfterMs);
  });

  it.each([301, 302, 303, 307, 308])(
    '%i to another host is not followed, and no credential goes there',
    async (status) => {
      const there = await serve(says(wire(200, '{}', JSON_TYPE)));
      const server = await serve(
        says(wire(status, html, { ...HTML, Location: `${there.origin}/v1/x?y=${CANARY.length}` })),
      );
      for (const verb of ALL_VERBS) {
        const error = await refused(VERBS[verb](roadTo(server.origin)), server);
        expect(error).toMatchObject({ code: 'protocol', outcome: 'unknown', retry: 'backoff', status });
      }
      expect(server.requests).toHaveLength(ALL_VERBS.length);
      expect(there.connections()).toBe(0);
    },
  );
});

const pem = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../relay/test/fixtures/tls/${name}`, import.meta.url)));

describe('the time of a token', () => {
  const iat = ({ head }: Exchange): number => {
    const [, payload = ''] = /^authorization: Careplan [^.]+\.([^.]+)/im.exec(head) ?? [];
    return JSON.parse(Buffer.from(payload, 'base64url').toString()).iat;
  };

  it.each(['token-expired', 'clock-skew'])('after %s it is that of the relay', async (slug) => {
    const date = { Date: 'Wed, 25 Nov 2026 05:00:00 GMT' };
    const server = await serve(says(problem(401, slug, 'now', date)));
    const road = roadTo(server.origin, { clock: CLOCK });
    for (let i = 0; i < 2; i++) await refused(VERBS.send(road), server);
    expect(server.requests.map(iat)).toEqual(
      [Date.UTC(2026, 10, 25, 1), Date.UTC(2026, 10, 25, 5)].map((ms) => ms / 1000),
    );
  });
});

describe('TLS', () => {
  const tls = { key: pem('server.key'), cert: pem('server.pem') };

  it('an authority that nobody knows', async () => {
    const server = await serve(says(wire(200, '{}', JSON_TYPE)), { tls });
    const error = await refused(VERBS.send(roadTo(server.origin)));
    expect(error).toMatchObject({ code: 'network.tls', outcome: 'not-sent', retry: 'after-person' });
    expect(server.requests).toHaveLength(0);
  });

  it('TLS spoken to a server of HTTP', async () => {
    const server = await serve(() => {}, { onConnect: (socket) => socket.end(wire(400, html, HTML)) });
    const error = await refused(VERBS.send(roadTo(server.origin.replace('http:', 'https:'))));
    expect(error).toMatchObject({ code: 'network.tls', outcome: 'not-sent', retry: 'after-person' });
  });

  it('HTTP spoken to a server of TLS', async () => {
    const server = await serve(() => {}, { tls });
    const error = await refused(VERBS.send(roadTo(server.origin.replace('https:', 'http:'))));
    expect(['network.reset', 'protocol']).toContain(error.code);
    expect(error).toMatchObject({ outcome: 'unknown', retry: 'backoff' });
    expect(server.requests).toHaveLength(0);
  });
});
