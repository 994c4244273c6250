import { parseAddress } from 'careplan-renkei/transport';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeMessage, fakeMessage, type KnownOffice, relayClient } from '../src/conformance/client.js';
import { EntryRefused, insertKey, putOffice, setStatus } from '../src/core/directory.js';
import { publicHalf, sign } from '../src/sandbox/offices.js';
import { ORIGIN, type TestRelay, testRelay } from './support/sandbox.js';

let test: TestRelay;
beforeEach(async () => {
  test = await testRelay();
});
afterEach(() => test.close());

async function newKey(alg: 'ES256' | 'EdDSA' | 'RS256' = 'ES256') {
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const member = { kid, use: 'sig', alg, jwk: await exportJWK(pair.publicKey) };
  return { key: { ...jwk, kid, alg }, member };
}

const inbox = () => `${test.a.mailbox}/inbox`;
const as = (signingKey: KnownOffice['signingKey']) =>
  relayClient(ORIGIN, { address: test.a.office.address, signingKey }, test.fetch);
const rotation = async (payload: object, key = test.a.office.signingKey) => ({
  rotation: await sign(key, 'careplan-key-rotation+jws', {
    address: parseAddress(test.a.office.address),
    issuedAt: Date.now() + 1,
    ...payload,
  }),
});
const put = (kid: string, body: object) =>
  test.a.ask('PUT', `/v1/offices/${test.a.office.address}/keys/${kid}`, { body });

describe('a rotation', () => {
  it.each(['ES256', 'EdDSA', 'RS256'] as const)(
    'signed by the old key brings a new one (%s), good for tokens at once',
    async (alg) => {
      const { key, member } = await newKey(alg);
      expect((await as(key).ask('GET', inbox())).problem).toBe('token-invalid');
      const body = await rotation({ add: member });
      const first = await put(member.kid, body);
      expect([first.status, first.json.rotations]).toEqual([201, [body.rotation]]);
      expect((await put(member.kid, body)).status).toBe(200);
      expect((await as(key).ask('GET', inbox())).status).toBe(200);
      expect((await test.b.ask('GET', `/v1/offices/${test.a.office.address}`)).json.rotations).toEqual([body.rotation]);
    },
  );

  it('that revokes the old key ends it', async () => {
    const { key, member } = await newKey();
    await put(member.kid, await rotation({ add: member, revoke: [test.a.office.signingKey.kid] }));
    expect((await test.a.ask('GET', inbox())).problem).toBe('token-invalid');
    expect((await as(key).ask('GET', inbox())).status).toBe(200);
  });

  it('that revokes the key that signed it can be sent again where its answer was lost', async () => {
    const { key, member } = await newKey();
    const body = await rotation({ add: member, revoke: [test.a.office.signingKey.kid] });
    expect((await put(member.kid, body)).status).toBe(201);
    const again = (kid: string) => as(key).ask('PUT', `/v1/offices/${test.a.office.address}/keys/${kid}`, { body });
    const answer = await again(member.kid);
    expect([answer.status, answer.json.rotations]).toEqual([200, [body.rotation]]);
    expect((await again('other')).problem).toBe('bad-request');
  });

  it('by a key that another rotation revokes at the same time: one of the two is taken', async () => {
    const { address } = test.a.office;
    const take = async (kid: string, body: object) =>
      (await test.demo(address, 'PUT', `/v1/offices/${address}/keys/${kid}`, body)).status;
    let issuedAt = Date.now();
    for (let i = 0; i < 3; i++) {
      const [second, third, fourth] = [await newKey(), await newKey(), await newKey()];
      expect(await take(second.member.kid, await rotation({ add: second.member, issuedAt: ++issuedAt }))).toBe(201);
      const revoke = [second.member.kid];
      const revoking = await rotation({ add: third.member, revoke, issuedAt: ++issuedAt });
      const revoked = await rotation({ add: fourth.member, issuedAt: ++issuedAt }, second.key as never);
      const statuses = await Promise.all([take(third.member.kid, revoking), take(fourth.member.kid, revoked)]);
      expect(statuses.sort()).toEqual([201, 403]);
    }
  });

  it('is one of at most twenty since the entry, and of at most fifty keys', async () => {
    const office = `/v1/offices/${test.a.office.address}`;
    const add = async (issuedAt: number) => {
      const { member } = await newKey();
      return put(member.kid, await rotation({ add: member, issuedAt }));
    };
    const now = Date.now();
    for (let i = 1; i <= 20; i++) expect((await add(now + i)).status).toBe(201);
    expect((await add(now + 21)).problem).toBe('content-too-large');
    expect((await test.a.ask('GET', office)).json.rotations).toHaveLength(20);
    await test.relay.database.run('DELETE FROM rotation');
    const { member } = await newKey();
    for (let i = 23; i <= 50; i++) {
      await insertKey(test.relay.database, test.a.office.address, { ...member, kid: `k${i}` } as never);
    }
    expect((await add(now + 22)).problem).toBe('content-too-large');
    await test.relay.database.run("DELETE FROM office_key WHERE kid = 'k50'");
    expect((await add(now + 23)).status).toBe(201);
  });

  it('of a time that is far ahead is refused, and those of now go on', async () => {
    const [early, now] = [await newKey(), await newKey()];
    for (const issuedAt of [Number.MAX_SAFE_INTEGER, Date.now() + 600_000]) {
      expect((await put(early.member.kid, await rotation({ add: early.member, issuedAt }))).problem).toBe(
        'bad-request',
      );
    }
    expect((await put(now.member.kid, await rotation({ add: now.member }))).status).toBe(201);
  });

  it.each([
    ['a member that no such key has', { junk: 'x' }],
    ['a private member', { d: 'AQAB' }],
    ['another curve', { crv: 'P-384' }],
    ['coordinates of another length', { x: 'x'.repeat(86) }],
    ['a kind without keys of ours', { kty: 'oct', k: 'AQAB' }],
  ])('whose key has %s is refused', async (_, more) => {
    const { member } = await newKey();
    const body = await rotation({ add: { ...member, jwk: { ...member.jwk, ...more } } });
    expect((await put(member.kid, body)).problem).toBe('bad-request');
  });

  it('may carry all that the directory says of a key: its names, its certificates, an endorsement', async () => {
    const { member } = await newKey();
    const { kid, alg } = member;
    const add = { ...member, jwk: { ...member.jwk, kid, alg, use: 'sig' }, x5c: ['AAAA'], endorsement: 'a.b.c' };
    expect((await put(kid, await rotation({ add }))).status).toBe(201);
    expect((await as({ ...(await newKey()).key, kid } as never).ask('GET', inbox())).problem).toBe('token-invalid');
  });

  it.each([
    ['signed by another office', async (m: object) => rotation({ add: m }, test.b.office.signingKey)],
    ['signed by a key that nobody knows', async (m: object) => rotation({ add: m }, (await newKey()).key)],
    ['for another address', async (m: object) => rotation({ add: m, address: parseAddress(test.b.office.address) })],
    ['older than what is there', async (m: object) => rotation({ add: m, issuedAt: 1 })],
  ])('%s is not trusted', async (_, make) => {
    const { member } = await newKey();
    expect((await put(member.kid, await make(member))).problem).toBe('key-untrusted');
  });

  it('does not put a key in the place of another, nor under another name than the path says', async () => {
    const { member } = await newKey();
    const { kid } = test.a.office.signingKey;
    expect((await put(kid, await rotation({ add: { ...member, kid } }))).problem).toBe('key-conflict');
    expect((await put('other', await rotation({ add: member }))).problem).toBe('bad-request');
  });

  it('with a private key in it is refused', async () => {
    const { key, member } = await newKey();
    expect((await put(member.kid, await rotation({ add: { ...member, jwk: key } }))).problem).toBe('bad-request');
  });
});

describe('a key', () => {
  it.each([
    ['not yet valid', { notBefore: Date.now() + 3_600_000 }],
    ['no longer valid', { notAfter: Date.now() - 1000 }],
    ['revoked', { revokedAt: Date.now() - 1000 }],
    ['for sealing', { use: 'enc' }],
  ])('that is %s signs no token', async (_, more) => {
    const { key, member } = await newKey();
    await put(member.kid, await rotation({ add: { ...member, ...more } }));
    expect((await as(key).ask('GET', inbox())).problem).toBe('token-invalid');
  });

  it('signs with its own algorithm only', async () => {
    const { key, member } = await newKey('RS256');
    await put(member.kid, await rotation({ add: member }));
    const token = await as({ ...key, alg: 'PS256' } as never).token('GET', inbox(), undefined);
    expect((await as(key).ask('GET', inbox(), { token })).problem).toBe('token-invalid');
  });
});

describe('the directory', () => {
  const entry = async (payload: object, key = test.directory.registrar) =>
    sign(key as KnownOffice['signingKey'], 'careplan-entry+jws', { v: 1, ...payload });
  const registrar = () => publicHalf(test.directory.registrar);
  const address = { officeNumber: '0370100303', serviceType: '15' };

  it('takes an entry that the registrar signed, a later one in its place, and drops the rotations before', async () => {
    const [old, fresh] = [await newKey(), await newKey()];
    const first = { address, issuedAt: 1000, keys: [old.member] };
    expect(await putOffice(test.relay, registrar(), await entry(first))).toBe('0370100303-15');
    const jws = await entry({ ...first, issuedAt: 2000, keys: [fresh.member] });
    await putOffice(test.relay, registrar(), jws);
    await putOffice(test.relay, registrar(), jws);
    const { json } = await test.a.ask('GET', '/v1/offices/0370100303-15');
    expect(json).toEqual({ address: '0370100303-15', entry: jws, rotations: [] });
  });

  it('refuses one that is older, signed by another, or none', async () => {
    const { member, key } = await newKey();
    const payload = { address, issuedAt: 1000, keys: [member] };
    await putOffice(test.relay, registrar(), await entry(payload));
    for (const jws of [
      await entry({ ...payload, issuedAt: 999 }),
      await entry({ ...payload, issuedAt: 3000 }, key as never),
      await entry({ ...payload, issuedAt: 3000, keys: [] }),
      await sign(test.directory.registrar as never, 'careplan-token+jwt', { ...payload, issuedAt: 3000 }),
      'no JWS',
    ]) {
      await expect(putOffice(test.relay, registrar(), jws)).rejects.toBeInstanceOf(EntryRefused);
    }
  });
});

describe('an address that is suspended', () => {
  it('can neither ask nor be sent to, until it is resumed', async () => {
    const { a, b } = test;
    await setStatus(test.relay, b.office.address, 'suspended');
    expect((await b.ask('GET', `${b.mailbox}/inbox`)).problem).toBe('office-suspended');
    const { id, header } = fakeMessage(a.office.address, b.office.address);
    expect((await a.ask('PUT', `${a.mailbox}/outbox/${id}`, { body: { header } })).problem).toBe('office-inactive');
    await setStatus(test.relay, b.office.address, 'active');
    expect((await a.ask('PUT', `${a.mailbox}/outbox/${id}`, { body: { header } })).status).toBe(201);
  });

  it('is committed nothing that was declared before, and keeps what was committed', async () => {
    const { a, b } = test;
    const path = (message: FakeMessage) => `${a.mailbox}/outbox/${message.id}`;
    const demo = (method: string, at: string, body?: object) => test.demo(a.office.address, method, at, body);
    const [sent, begun] = [0, 1].map(() => fakeMessage(a.office.address, b.office.address)) as [
      FakeMessage,
      FakeMessage,
    ];
    const { receipt } = (await demo('PUT', path(sent), { header: sent.header, parts: sent.parts })).json;
    await demo('PUT', path(begun), { header: begun.header });
    for (const [n, part] of begun.parts.entries()) {
      await demo('PUT', `${path(begun)}/parts/${n}`, new Uint8Array(Buffer.from(part)));
    }
    await setStatus(test.relay, b.office.address, 'suspended');
    expect((await demo('POST', `${path(begun)}/commit`)).problem).toBe('office-inactive');
    const { header, parts } = begun;
    expect((await demo('PUT', path(begun), { header, parts })).problem).toBe('office-inactive');
    expect((await demo('POST', `${path(sent)}/commit`)).json).toMatchObject({ receipt, duplicate: true });
    await setStatus(test.relay, b.office.address, 'active');
    expect((await demo('POST', `${path(begun)}/commit`)).json).toMatchObject({ duplicate: false });
    const { items } = (await b.ask('GET', `${b.mailbox}/inbox`)).json;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([sent.id, begun.id]);
  });
});
