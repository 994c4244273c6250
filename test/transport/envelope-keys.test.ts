import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  privateDecrypt,
  sign,
} from 'node:crypto';
import { inspect } from 'node:util';
import { compactDecrypt, decodeProtectedHeader, type JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  encryptionKeys,
  endorseKey,
  expiryWarnings,
  exportKeys,
  generateOfficeKeys,
  importKeys,
  type OfficeKeys,
  officeKeys,
  openMessage,
  type PrivateJwk,
  type PublicKey,
  rawSigner,
  rotateKeys,
  type SignatureAlgorithm,
  type Signer,
  unwrappingDecrypter,
  type WrappedKey,
} from '../../src/transport/envelope/index.js';
import { bareKeys, DAY, FAMILIES, keysOf, NOW, plainMessage, sealFor } from '../support/envelope.js';

const PASSPHRASE = 'さくら咲く2026';
const jwksOf = async (keys: OfficeKeys): Promise<PrivateJwk[]> => JSON.parse(await exportKeys(keys)).keys;
const opens = (sealed: Parameters<typeof openMessage>[0], keys: OfficeKeys, sender: OfficeKeys) =>
  openMessage(sealed, { keys, sender: sender.publicKeys, now: NOW });

/** Signs as a module does that knows bytes alone. */
function moduleSigner(jwk: PrivateJwk): Signer {
  const key = createPrivateKey({ key: jwk as never, format: 'jwk' });
  const { kid, alg } = jwk as { kid: string; alg: SignatureAlgorithm };
  const digest = alg === 'EdDSA' ? null : 'sha256';
  return rawSigner({ kid, alg, sign: async (bytes) => sign(digest, bytes, { key, dsaEncoding: 'ieee-p1363' }) });
}

/** Unwraps as a module does: RSA-OAEP, or key agreement, Concat KDF and AES key wrap. */
function unwrap(jwk: PrivateJwk) {
  const key = createPrivateKey({ key: jwk as never, format: 'jwk' });
  return async ({ alg, encryptedKey, epk }: WrappedKey): Promise<Uint8Array> => {
    if (alg === 'RSA-OAEP-256') return privateDecrypt({ key, oaepHash: 'sha256' }, encryptedKey);
    const secret = diffieHellman({ privateKey: key, publicKey: createPublicKey({ key: epk as never, format: 'jwk' }) });
    const uint32 = (value: number) => Buffer.from([0, 0, value >> 8, value & 0xff]);
    const info = [uint32(alg.length), Buffer.from(alg), uint32(0), uint32(0), uint32(256)];
    const kek = createHash('sha256')
      .update(Buffer.concat([uint32(1), secret, ...info]))
      .digest();
    const aes = createDecipheriv('aes256-wrap', kek, Buffer.alloc(8, 0xa6));
    return Buffer.concat([aes.update(encryptedKey), aes.final()]);
  };
}

describe.each(Object.entries(FAMILIES))('keys of a module, %s', (_, family) => {
  let ann: OfficeKeys;
  let bob: OfficeKeys;
  beforeAll(async () => {
    [ann, bob] = await Promise.all([keysOf(family), keysOf(family)]);
  });

  it('sign what others open, and open what others sealed', async () => {
    const [signing] = (await jwksOf(ann)) as [PrivateJwk];
    const [, opening] = (await jwksOf(bob)) as [PrivateJwk, PrivateJwk];
    const sealed = await sealFor({ ...ann, signer: moduleSigner(signing) }, bob);
    const decrypter = unwrappingDecrypter({ kids: [opening.kid], unwrap: unwrap(opening) });
    const { files } = await opens(sealed, { ...bob, decrypter }, ann);
    expect(files.map(({ name }) => name)).toEqual(plainMessage().files.map(({ name }) => name));
    expect(Buffer.compare(files[0]?.bytes ?? Buffer.of(), plainMessage().files[0]?.bytes ?? Buffer.of())).toBe(0);
  });

  it('that give no key, or another, open nothing', async () => {
    const sealed = await sealFor(ann, bob);
    const kids = bob.decrypter.kids;
    for (const wrong of [
      () => Promise.reject(new Error('PIN 1234')),
      async () => new Uint8Array(32),
      async () => new Uint8Array(16),
      async () => new Uint8Array(0),
    ]) {
      const decrypter = unwrappingDecrypter({ kids, unwrap: wrong });
      const error = await opens(sealed, { ...bob, decrypter }, ann).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'TransportError', code: 'decrypt' });
      expect(inspect(error, { depth: 9 })).not.toContain('1234');
    }
  });
});

describe('a signer of a module', () => {
  it('that gives DER, or nothing, is told so', async () => {
    const { jwks } = bareKeys();
    const [jwk] = jwks as [PrivateJwk];
    const key = createPrivateKey({ key: jwk as never, format: 'jwk' });
    const named = { kid: jwk.kid, alg: 'ES256' } as const;
    const der = rawSigner({ ...named, sign: async (bytes) => sign('sha256', bytes, key) });
    await expect(der.sign(Buffer.of(1), 'x')).rejects.toMatchObject({ code: 'config' });
    const none = rawSigner({ ...named, alg: 'RS256', sign: async () => Buffer.of() });
    await expect(none.sign(Buffer.of(1), 'x')).rejects.toMatchObject({ code: 'config' });
  });
});

describe('keys of an office', () => {
  it('are named by their thumbprints, last a year, and show no private half however they are shown', async () => {
    const keys = await generateOfficeKeys({ now: NOW });
    const [signing, sealing] = keys.publicKeys as [PublicKey, PublicKey];
    expect([signing.use, signing.alg, sealing.use, sealing.alg]).toEqual(['sig', 'ES256', 'enc', 'ECDH-ES+A256KW']);
    expect([signing.kid.length, signing.notBefore, signing.notAfter]).toEqual([43, NOW, NOW + 365 * DAY]);
    const [secret] = await jwksOf(keys);
    expect(String(secret?.d)).toHaveLength(43);
    const shown = inspect(keys, { depth: 9, showHidden: true }) + JSON.stringify(keys);
    expect(shown).not.toContain(secret?.d);
    expect(Object.keys(signing.jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
  });

  it('sign with the first private key for it, and want one', () => {
    const { jwks } = bareKeys();
    const [signing, opening] = jwks as [PrivateJwk, PrivateJwk];
    const { d, ...open } = signing as PrivateJwk & { d?: string };
    const old = { ...open, kid: 'old' } as PrivateJwk;
    expect(officeKeys([old, ...jwks]).signer.kid).toBe(signing.kid);
    for (const wrong of [
      [],
      [opening],
      [old],
      [signing, signing],
      [{ ...signing, alg: 'RS256' }],
      [{ ...signing, alg: 'HS256', kty: 'oct', k: 'AAAA' }],
      [{ ...signing, use: 'enc' }],
      [{ ...signing, kid: '' }],
      [{ ...signing, kid: '日' }],
      [{ ...signing, notAfter: 'tomorrow' }],
      [{ ...signing, crv: 'P-384' }],
    ]) {
      expect(() => officeKeys(wrong as PrivateJwk[])).toThrow('config');
    }
  });

  it('warn 90, 30 and 7 days before they end', () => {
    const ending = (days: number) => ({ kid: String(days), notAfter: NOW + days * DAY });
    const warned = expiryWarnings(
      [ending(91), ending(90), ending(31), ending(30), ending(7), ending(0), ending(-1), { kid: 'x' }],
      { now: NOW },
    );
    expect(warned.map(({ kid, withinDays }) => [kid, withinDays])).toEqual([
      ['-1', 0],
      ['0', 7],
      ['7', 7],
      ['30', 30],
      ['31', 90],
      ['90', 90],
    ]);
    expect(expiryWarnings([ending(3)], { now: NOW, days: [1] })).toEqual([]);
  });
});

describe('a key file', () => {
  let keys: OfficeKeys;
  let locked: string;
  beforeAll(async () => {
    keys = await generateOfficeKeys({ now: NOW });
    locked = await exportKeys(keys, { passphrase: PASSPHRASE });
  });

  it('holds the keys, with a passphrase that any keyboard writes or without', async () => {
    const [plain, unlocked] = await Promise.all([
      importKeys(await exportKeys(keys)),
      importKeys(`${locked}\n`, { passphrase: PASSPHRASE.normalize('NFD') }),
    ]);
    const bob = await keysOf();
    for (const read of [plain, unlocked]) {
      expect(read.publicKeys).toEqual(keys.publicKeys);
      const sealed = await sealFor(read, bob, plainMessage());
      expect((await opens(sealed, read, keys)).kid).toBe(keys.signer.kid);
    }
  });

  it('with a passphrase shows nothing and takes 210,000 rounds', async () => {
    expect(decodeProtectedHeader(locked)).toMatchObject({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 210_000 });
    expect(
      locked
        .split('.')
        .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
        .join(),
    ).not.toContain('"d"');
    const options = { keyManagementAlgorithms: ['PBES2-HS512+A256KW'], maxPBES2Count: 210_000 };
    const { plaintext } = await compactDecrypt(locked, Buffer.from(PASSPHRASE), options);
    expect(JSON.parse(Buffer.from(plaintext).toString()).keys).toHaveLength(2);
  });

  const rounds = (p2c: number) => {
    const [header = '', ...rest] = locked.split('.');
    const said = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), p2c };
    return [Buffer.from(JSON.stringify(said)).toString('base64url'), ...rest].join('.');
  };
  it.each([
    ['another passphrase', 'decrypt', () => [locked, '違う'] as const],
    ['no passphrase where there is one', 'config', () => [locked, undefined] as const],
    ['an empty passphrase', 'config', () => [locked, ''] as const],
    ['a changed byte', 'decrypt', () => [`${locked.slice(0, -30)}AAAA${locked.slice(-26)}`, PASSPHRASE] as const],
    ['rounds without end', 'decrypt', () => [rounds(2_000_000_000), PASSPHRASE] as const],
    ['what is no key file', 'config', () => ['{"keys":[{"d":"SECRET"}]}', undefined] as const],
    ['what is no JSON', 'config', () => ['{"d":"SECRET"', undefined] as const],
    ['what is no list', 'config', () => ['{"keys":{}}', undefined] as const],
    ['nothing', 'config', () => ['', PASSPHRASE] as const],
    ['a text of a megabyte', 'config', () => [' '.repeat(1_000_000), PASSPHRASE] as const],
  ])('is refused with %s: %s', async (_, code, given) => {
    const [text, passphrase] = given();
    const started = performance.now();
    const error = await importKeys(text, passphrase === undefined ? {} : { passphrase }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'TransportError', code });
    expect(inspect(error, { depth: 9 })).not.toMatch(/SECRET|違う|さくら/);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('is not made of keys that are not in memory, nor with an empty passphrase', async () => {
    await expect(exportKeys({ ...keys })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(rotateKeys({ ...keys })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(exportKeys(keys, { passphrase: '' })).rejects.toMatchObject({ code: 'config' });
  });
});

describe('keys that take the place of others', () => {
  it('open what was sealed before and after, and are vouched for by the old signing key', async () => {
    const [ann, bob] = await Promise.all([keysOf(), keysOf()]);
    const before = await sealFor(ann, bob);
    const rotated = await rotateKeys(bob, { now: NOW });
    const again = await importKeys(await exportKeys(await rotateKeys(rotated, { now: NOW + DAY })));
    const after = await sealFor(ann, rotated, plainMessage(), { recipients: encryptionKeys(rotated.publicKeys, NOW) });
    for (const sealed of [before, after]) expect((await opens(sealed, again, ann)).files).toHaveLength(2);
    const [signing, sealing, oldSigning, oldSealing] = rotated.publicKeys;
    expect(rotated.signer.kid).toBe(signing?.kid);
    expect(oldSigning).toEqual({ ...bob.publicKeys[0], notAfter: NOW });
    expect(oldSealing).toEqual(bob.publicKeys[1]);
    for (const key of [signing, sealing]) {
      expect(decodeProtectedHeader(key?.endorsement ?? '')).toEqual({
        alg: 'ES256',
        kid: bob.signer.kid,
        typ: 'careplan-key+jws',
      });
    }
  });

  it('sign no more with the old key, though what it signed is still opened', async () => {
    const [ann, bob] = await Promise.all([keysOf(), keysOf()]);
    const sealed = await sealFor(ann, bob);
    const rotated = await rotateKeys(ann, { now: NOW });
    expect((await opens(sealed, bob, rotated)).kid).toBe(ann.signer.kid);
    const old = (await jwksOf(rotated)).find(({ kid }) => kid === ann.signer.kid) as JWK;
    expect(old.d).toBeUndefined();
    const late = await sealFor(ann, bob, plainMessage(), { createdAt: NOW + 1 });
    await expect(openMessage(late, { keys: bob, sender: rotated.publicKeys, now: NOW + 1 })).rejects.toMatchObject({
      code: 'key.expired',
    });
  });

  it('may be of another algorithm', async () => {
    const rotated = await rotateKeys(await keysOf(), { now: NOW, alg: 'EdDSA', curve: 'X25519' });
    expect(rotated.signer.alg).toBe('EdDSA');
    expect(rotated.publicKeys[1]?.jwk.crv).toBe('X25519');
  });

  it('are not endorsed where they are malformed', async () => {
    const { keys } = bareKeys();
    const [key] = keys.publicKeys as [PublicKey];
    await expect(endorseKey({ ...key, alg: 'RS256' }, keys.signer)).rejects.toMatchObject({ code: 'key.untrusted' });
  });
});
