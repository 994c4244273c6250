import { randomBytes } from 'node:crypto';
import { messageId } from 'careplan-renkei/transport';
import { type Case, ensure, equal, refused, type Stage } from './case.js';
import { fakeMessage, type Told, told } from './client.js';

/** An answer without what differs from one request to the next. */
const shape = ({ status, json, headers }: Told): unknown => {
  const { requestId, ...rest } = json ?? {};
  return [status, rest, headers.get('Careplan-Retry'), headers.get('Content-Type')];
};

/** Every request of a stranger about a message, as the office that it does not concern. */
function requests({ a, b }: Stage, id: string): readonly (readonly [string, string, object | undefined])[] {
  const bodyOf = fakeMessage(a.office.address, b.office.address, { id });
  return [
    ['GET', `${a.mailbox}/outbox/${id}`, undefined],
    ['DELETE', `${a.mailbox}/outbox/${id}`, undefined],
    ['POST', `${a.mailbox}/outbox/${id}/commit`, undefined],
    ['PUT', `${a.mailbox}/outbox/${id}`, { header: bodyOf.header }],
    ['GET', `${a.mailbox}/outbox`, undefined],
    ['GET', `${a.mailbox}/inbox`, undefined],
    ['GET', `${b.mailbox}/outbox/${id}`, undefined],
    ['DELETE', `${b.mailbox}/outbox/${id}`, undefined],
  ];
}

export const trust: readonly Case[] = [
  {
    name: 'a request without a right credential is refused',
    section: 3,
    async run({ a, fetch, origin }) {
      const path = `${a.mailbox}/inbox`;
      refused(await told(await fetch(new Request(origin + path))), 'token-missing', 401);
      const basic = { Authorization: 'Basic eDp5' };
      refused(await told(await fetch(new Request(origin + path, { headers: basic }))), 'token-missing', 401);
      refused(await a.ask('GET', path, { token: 'x' }), 'token-invalid', 401);
      const token = await a.token('GET', path, undefined);
      const [head, payload] = token.split('.');
      refused(await a.ask('GET', path, { token: `${head}.${payload}.${'A'.repeat(86)}` }), 'token-invalid', 401);
      const none = Buffer.from(
        JSON.stringify({ alg: 'none', kid: a.office.signingKey.kid, typ: 'careplan-token+jwt' }),
      );
      refused(await a.ask('GET', path, { token: `${none.toString('base64url')}.${payload}.` }), 'token-invalid', 401);
      refused(await a.ask('GET', path, { tokenHeader: { typ: 'JWT' } }), 'token-invalid', 401);
    },
  },
  {
    name: 'a token is good for one request only',
    section: 3,
    async run({ a }) {
      const path = `${a.mailbox}/inbox`;
      const first = await a.ask('GET', path);
      equal(first.status, 200, 'the first use');
      refused(await a.ask('GET', path, { token: first.token }), 'token-replayed', 401);
    },
  },
  {
    name: 'a token for another relay, method, path, query, body or office is refused',
    section: 3,
    async run({ a, b, message }) {
      const path = `${a.mailbox}/inbox?limit=10`;
      const wrong: readonly Record<string, unknown>[] = [
        { aud: 'https://elsewhere.example' },
        { htm: 'DELETE' },
        { htu: `${a.mailbox}/outbox` },
        { htu: `${a.mailbox}/inbox` },
        { htu: `${a.mailbox}/inbox?limit=11` },
        { cd: `sha-256=:${'A'.repeat(43)}=:` },
        { iss: b.office.address },
        { jti: 'short' },
        { admin: true },
      ];
      for (const claims of wrong) refused(await a.ask('GET', path, { claims }), 'token-invalid', 401);
      const { id, header } = message();
      const body = { header };
      const other = { cd: `sha-256=:${'A'.repeat(43)}=:` };
      refused(await a.ask('PUT', `${a.mailbox}/outbox/${id}`, { body, claims: other }), 'token-invalid', 401);
    },
  },
  {
    name: 'a token that is too long, too old or of a wrong clock is refused, and told apart',
    section: 3,
    async run({ a }) {
      const now = Math.floor(Date.now() / 1000);
      const path = `${a.mailbox}/inbox`;
      refused(await a.ask('GET', path, { claims: { iat: now, exp: now + 61 } }), 'token-invalid', 401);
      refused(await a.ask('GET', path, { claims: { iat: now, exp: now } }), 'token-invalid', 401);
      refused(await a.ask('GET', path, { claims: { iat: now - 70, exp: now - 10 } }), 'token-expired', 401);
      for (const skew of [-7200, 7200]) {
        const answer = await a.ask('GET', path, { claims: { iat: now + skew, exp: now + skew + 60 } });
        refused(answer, 'clock-skew', 401);
        const date = Date.parse(answer.headers.get('Date') ?? '') / 1000;
        ensure(Math.abs(date - now) < 60, 'Date is missing, or far from the time of this machine');
      }
    },
  },
  {
    name: 'what is not of the asking office is answered as if it were not there',
    section: 3,
    async run(stage) {
      const { a, b, send } = stage;
      const { id } = await send();
      const nothing = messageId();
      const there = requests(stage, id);
      const absent = requests(stage, nothing);
      for (const [i, [method, path, body]] of there.entries()) {
        const [, otherPath = '', otherBody] = absent[i] ?? [];
        const one = await b.ask(method, path, body ? { body } : {});
        const other = await b.ask(method, otherPath, otherBody ? { body: otherBody } : {});
        refused(one, 'not-found', 404);
        equal(shape(one), shape(other), `${method}, a message of others and none`);
      }
      const nobody = await b.ask('GET', '/v1/mailboxes/9999999999-43/inbox');
      equal(shape(nobody), shape(await b.ask('GET', `${a.mailbox}/inbox`)), 'a mailbox of others and none');
    },
  },
  {
    name: 'the directory gives entries that were signed, with a tag, and knows no others',
    section: 8,
    async run({ a, b }) {
      const found = await a.ask('GET', `/v1/offices/${b.office.address}`);
      equal([found.status, found.json.address], [200, b.office.address], 'the entry');
      ensure(found.json.entry.split('.').length === 3, 'the entry is no JWS');
      const headers = { 'If-None-Match': found.headers.get('ETag') ?? '' };
      equal((await a.ask('GET', `/v1/offices/${b.office.address}`, { headers })).status, 304, 'If-None-Match');
      refused(await a.ask('GET', '/v1/offices/9999999999-43'), 'office-unknown', 404);
      refused(
        await a.ask('PUT', `/v1/offices/${b.office.address}/keys/k`, { body: { rotation: 'a.b.c' } }),
        'not-found',
        404,
      );
      refused(
        await a.ask('PUT', `/v1/offices/${a.office.address}/keys/k`, { body: { rotation: 'a.b.c' } }),
        'key-untrusted',
        403,
      );
    },
  },
  {
    name: 'every refusal is a problem: unknown paths, other methods, media types, bodies that are too long',
    section: 9,
    async run({ a, message }) {
      refused(await a.ask('GET', '/v1/nowhere'), 'not-found', 404);
      const other = await a.ask('PATCH', `${a.mailbox}/inbox`);
      refused(other, 'method-not-allowed', 405);
      equal(other.headers.get('Allow'), 'GET', 'Allow');
      const { id, header } = message();
      const path = `${a.mailbox}/outbox/${id}`;
      const plain = { 'Content-Type': 'text/plain' };
      refused(await a.ask('PUT', path, { body: { header }, headers: plain }), 'unsupported-media-type', 415);
      const parts = [randomBytes(800_000).toString('base64'), 'x'];
      refused(await a.ask('PUT', path, { body: { header, parts } }), 'content-too-large', 413);
      refused(await a.ask('GET', `/v1/${'x'.repeat(2100)}`), 'uri-too-long', 414);
      refused(await a.ask('GET', `${a.mailbox}/outbox/not-an-id`), 'not-found', 404);
    },
  },
  {
    name: 'the relay says what it is, and what it speaks',
    section: 8,
    async run({ origin, fetch }) {
      const ask = async (path: string) => told(await fetch(new Request(origin + path)));
      const { json } = await ask('/v1/relay');
      equal([json.protocol, json.origin], [1, origin], 'the relay');
      ensure(json.keys.length > 0 && json.limits.maxPartBytes > 0, 'keys or limits are missing');
      ensure(
        Math.abs((await ask('/v1/time')).json.now - Date.now()) < 60_000,
        'the time is far from that of this machine',
      );
      equal((await ask('/v1/openapi.json')).json.openapi, '3.1.0', 'openapi.json');
      for (const path of ['/healthz', '/readyz']) equal((await ask(path)).json, { ok: true }, path);
    },
  },
];
