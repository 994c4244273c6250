import { X509Certificate } from 'node:crypto';
import { BasicConstraintsExtension, Extension, KeyUsageFlags } from '@peculiar/x509';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { certificateCheck, certificateExpiryWarnings } from '../../src/transport/certificates/index.js';
import {
  encryptionKeys,
  type OfficeKeys,
  officeKeys,
  openMessage,
  type PrivateJwk,
} from '../../src/transport/envelope/index.js';
import { TransportError } from '../../src/transport/index.js';
import {
  ca,
  generateKeys,
  hierarchy,
  ISSUES,
  type Made,
  make,
  privateJwkOf,
  publicJwkOf,
  SIGNS,
  usage,
} from '../support/certificates.js';
import { bareKeys, DAY, keysOf, NOW, sealFor } from '../support/envelope.js';

let root: Made;
let middle: Made;
let office: Made;
beforeAll(async () => {
  ({ root, middle, office } = await hierarchy());
});

const TIMES = { signedAt: NOW, now: NOW };
/** What the check says of a chain whose first certificate has the key of the signature. */
async function judged(
  chain: readonly Made[],
  {
    times = TIMES,
    signer = chain[0] as Made,
    ...options
  }: { times?: typeof TIMES; signer?: Made; [option: string]: unknown } = {},
): Promise<string> {
  const check = certificateCheck({ roots: [root.pem], ...options });
  try {
    await check.check(
      chain.map(({ der }) => der),
      await publicJwkOf(signer),
      times,
    );
    return 'accepted';
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return error.code;
  }
}

describe('a chain of certificates', () => {
  it('is accepted that leads to a pinned root, which may come with it, in PEM or DER', async () => {
    expect(await judged([office, middle])).toBe('accepted');
    expect(await judged([office, middle, root])).toBe('accepted');
    expect(await judged([office, middle], { roots: [new Uint8Array(root.certificate.rawData)] })).toBe('accepted');
    expect(await judged([office, middle], { roots: [root.der] })).toBe('accepted');
    const direct = await make({ name: 'Direct', issuer: root, extensions: [SIGNS] });
    expect(await judged([direct])).toBe('accepted');
  });

  it('is accepted whose first certificate does not say what its key is for', async () => {
    expect(await judged([await make({ name: 'Any', issuer: middle }), middle])).toBe('accepted');
  });

  it('is refused whose root is not pinned, is another of the same name, or is missing', async () => {
    const twin = await make({ name: 'Root', extensions: [ca(), ISSUES] });
    expect(await judged([office, middle], { roots: [twin.pem] })).toBe('key.untrusted');
    expect(await judged([office, middle, root], { roots: [twin.pem] })).toBe('key.untrusted');
    expect(await judged([office])).toBe('key.untrusted');
    expect(await judged([], { signer: office })).toBe('key.untrusted');
  });

  it('is refused in another order, with a gap, with a stranger within, and longer than four', async () => {
    const stranger = await make({ name: 'Middle', extensions: [ca(0), ISSUES] });
    expect(await judged([middle, office])).toBe('key.untrusted');
    expect(await judged([office, root])).toBe('key.untrusted');
    expect(await judged([office, stranger, root])).toBe('key.untrusted');
    let last = root;
    const path: Made[] = [];
    for (let i = 0; i < 4; i++) {
      last = await make({ name: `CA ${i}`, issuer: last, extensions: [ca(), ISSUES] });
      path.unshift(last);
    }
    const deep = await make({ name: 'Deep', issuer: last, extensions: [SIGNS] });
    expect(await judged([deep, ...path.slice(0, 3)], { roots: [path[3]?.pem] })).toBe('accepted');
    expect(await judged([deep, ...path])).toBe('key.untrusted');
  });

  it('is refused where the signer has another key than the first certificate', async () => {
    expect(await judged([office, middle], { signer: middle })).toBe('key.untrusted');
  });

  it('is refused where one issues that may not: no CA, no key usage for it, a path that is too long', async () => {
    const leaf = (issuer: Made) => make({ name: 'Leaf', issuer, extensions: [SIGNS] });
    const under = (extensions: readonly Extension[]) => make({ name: 'Under', issuer: root, extensions });
    for (const extensions of [
      [],
      [SIGNS],
      [ISSUES],
      [new BasicConstraintsExtension(false, undefined, true), ISSUES],
      [ca(), usage(KeyUsageFlags.digitalSignature)],
    ]) {
      const issuer = await under(extensions);
      expect(await judged([await leaf(issuer), issuer])).toBe('key.untrusted');
    }
    const open = await under([ca()]);
    expect(await judged([await leaf(open), open])).toBe('accepted');
    // Middle may have none below it but those that sign.
    const below = await make({ name: 'Below', issuer: middle, extensions: [ca(), ISSUES] });
    expect(await judged([await leaf(below), below, middle])).toBe('key.untrusted');
  });

  it('is refused where the first may issue, or may not sign', async () => {
    expect(await judged([middle])).toBe('key.untrusted');
    const wrapping = await make({ name: 'Wraps', issuer: middle, extensions: [usage(KeyUsageFlags.keyEncipherment)] });
    expect(await judged([wrapping, middle])).toBe('key.untrusted');
    expect(await judged([root])).toBe('key.untrusted');
  });

  it('is refused with a critical restriction that is not understood, and passes over what is not critical', async () => {
    const value = Uint8Array.of(0x30, 0);
    const restricted = await make({
      name: 'R',
      issuer: middle,
      extensions: [SIGNS, new Extension('2.5.29.30', true, value)],
    });
    expect(await judged([restricted, middle])).toBe('key.untrusted');
    const informed = await make({
      name: 'I',
      issuer: middle,
      extensions: [SIGNS, new Extension('2.5.29.30', false, value)],
    });
    expect(await judged([informed, middle])).toBe('accepted');
  });

  it('is refused with an extension twice', async () => {
    const twice = await make({ name: 'T', issuer: middle, extensions: [SIGNS, usage(KeyUsageFlags.digitalSignature)] });
    expect(await judged([twice, middle])).toBe('key.untrusted');
  });

  it('is refused that is signed by SHA-1', async () => {
    const weak = await make({ name: 'Weak', issuer: middle, hash: 'SHA-1', extensions: [SIGNS] });
    expect(await judged([weak, middle])).toBe('key.untrusted');
  });

  it('is refused outside its dates, when it was signed and now', async () => {
    const times = (signedAt: number, now = signedAt) => ({ times: { signedAt, now } });
    expect(await judged([office, middle], times(NOW - 31 * DAY, NOW))).toBe('key.expired');
    expect(await judged([office, middle], times(NOW + 366 * DAY))).toBe('key.expired');
    expect(await judged([office, middle], times(NOW, NOW + 366 * DAY))).toBe('key.expired');
    expect(await judged([office, middle], { ...times(NOW, NOW + 366 * DAY), graceMs: 2 * DAY })).toBe('accepted');
    expect(await judged([office, middle], { ...times(NOW + 366 * DAY), graceMs: 2 * DAY })).toBe('key.expired');
    const short = await make({
      name: 'Middle',
      issuer: root,
      keys: middle.keys,
      notAfter: NOW - 1,
      extensions: [ca(0), ISSUES],
    });
    expect(await judged([office, short])).toBe('key.expired');
  });

  it('is refused where one of it is revoked, whatever the zeros and letters of its number', async () => {
    const { issuer, serialNumber } = new X509Certificate(office.pem);
    const revoked = (one: { issuer: string; serialNumber: string }) => judged([office, middle], { revoked: [one] });
    expect(await revoked({ issuer, serialNumber })).toBe('key.revoked');
    expect(await revoked({ issuer, serialNumber: `00${serialNumber.toLowerCase()}` })).toBe('key.revoked');
    expect(await revoked({ issuer, serialNumber: '0301' })).toBe('accepted');
    expect(await revoked({ issuer: 'CN=Other', serialNumber })).toBe('accepted');
    const asked: string[] = [];
    const knows = async (one: { serialNumber: string }) => asked.push(one.serialNumber) === 2;
    expect(await judged([office, middle], { revoked: knows })).toBe('key.revoked');
    expect(asked).toEqual(['0300', '0200']);
  });

  it('is refused with any byte of its first certificate changed', async () => {
    const bytes = Buffer.from(office.der, 'base64');
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ change;
        const broken = { ...office, der: changed.toString('base64') };
        expect(await judged([broken, middle], { signer: office })).toBe('key.untrusted');
      }),
      { seed: 20261125, numRuns: 250 },
    );
  });

  it('is refused that is no certificate', async () => {
    const longer = Buffer.concat([Buffer.from(office.der, 'base64'), Buffer.of(0)]).toString('base64');
    for (const der of ['', 'AAAA', office.der.slice(0, 100), office.pem, longer]) {
      expect(await judged([{ ...office, der }, middle], { signer: office })).toBe('key.untrusted');
    }
  });
});

describe('a check', () => {
  it('wants roots that are some', () => {
    for (const roots of [[], [office.pem], ['x'], [middle.pem, 'x']]) {
      expect(() => certificateCheck({ roots })).toThrow('config');
    }
  });

  it('of another root accepts what that one issued', async () => {
    expect(await judged([office], { roots: [root.pem, middle.pem] })).toBe('accepted');
  });
});

describe('a message signed with a certificate', () => {
  let ann: OfficeKeys;
  let bob: OfficeKeys;
  beforeAll(async () => {
    const jwk = {
      ...(await privateJwkOf(office)),
      kid: 'office',
      use: 'sig',
      alg: 'ES256',
      x5c: [office.der, middle.der],
    };
    ann = officeKeys([jwk as PrivateJwk]);
    bob = await keysOf();
  });
  const open = async (sender: OfficeKeys, certificates = certificateCheck({ roots: [root.pem] })) =>
    openMessage(await sealFor(sender, bob), { keys: bob, sender: sender.publicKeys, now: NOW, certificates });

  it('is opened where its certificates are accepted', async () => {
    expect((await open(ann)).kid).toBe('office');
  });

  it('is refused where they are not, or are missing', async () => {
    const other = await make({ name: 'Root', extensions: [ca(), ISSUES] });
    await expect(open(ann, certificateCheck({ roots: [other.pem] }))).rejects.toMatchObject({ code: 'key.untrusted' });
    await expect(open(await keysOf())).rejects.toMatchObject({ code: 'key.untrusted' });
  });

  it('is refused with the certificates of another office', async () => {
    const theirs = await make({ name: 'Theirs', issuer: middle, extensions: [SIGNS] });
    const [jwk] = bareKeys().jwks;
    const thief = officeKeys([{ ...(jwk as PrivateJwk), x5c: [theirs.der, middle.der] }]);
    await expect(open(thief)).rejects.toMatchObject({ code: 'key.untrusted' });
  });

  it('is refused where the directory knows other certificates of its key', async () => {
    const sender = ann.publicKeys.map((key) => ({ ...key, x5c: [office.der] }));
    const opened = openMessage(await sealFor(ann, bob), { keys: bob, sender, now: NOW });
    await expect(opened).rejects.toMatchObject({ code: 'key.untrusted' });
  });

  it('is refused after the certificate was revoked', async () => {
    const { issuer, serialNumber } = new X509Certificate(office.pem);
    const check = certificateCheck({ roots: [root.pem], revoked: [{ issuer, serialNumber }] });
    await expect(open(ann, check)).rejects.toMatchObject({ code: 'key.revoked' });
  });

  it('says 90, 30 and 7 days before that keys and certificates end', async () => {
    const at = (days: number) => NOW + days * DAY;
    const ending = await make({
      name: 'E',
      issuer: middle,
      keys: await generateKeys(),
      notAfter: at(20),
      extensions: [SIGNS],
    });
    const key = { ...(ann.publicKeys[0] as OfficeKeys['publicKeys'][number]), x5c: [ending.der], notAfter: at(5) };
    const old = { ...key, kid: 'old', x5c: [], notAfter: at(-1) };
    const later = { ...key, kid: 'later', x5c: [office.der], notAfter: at(91) };
    expect(certificateExpiryWarnings([later, key, old], { now: NOW })).toEqual([
      { kid: 'old', endsAt: at(-1), withinDays: 0 },
      { kid: 'office', endsAt: at(5), withinDays: 7 },
      { kid: 'office', certificate: 0, endsAt: at(20), withinDays: 30 },
    ]);
    expect(certificateExpiryWarnings([later], { now: at(1) })).toEqual([
      { kid: 'later', endsAt: at(91), withinDays: 90 },
    ]);
    expect(encryptionKeys(bob.publicKeys, NOW)).toHaveLength(1);
  });
});
