import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  encryptionKeys,
  type OfficeKeys,
  openMessage,
  outboundOf,
  type PlainFile,
  sealedOf,
  sealMessage,
} from '../../src/transport/envelope/index.js';
import { checkMessage, memoryNetwork, parseHeader, transportClient } from '../../src/transport/index.js';
import { ANN, BOB, DAY, EVE, FAMILIES, file, keysOf, NOW, plainMessage, sealFor } from '../support/envelope.js';

const KINDS = ['UPPLAN', 'UPSIKYU', 'UPHOSOKU', 'UPKIHON_IMAGE'];

/** Files of any content and name: none of their names the same on some file system. */
const files: fc.Arbitrary<PlainFile[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      stem: fc.constantFrom('a', '計画', 'ケアプラン_第６表', '㈱髙﨑', '𠮷野'),
      bytes: fc.oneof(
        fc.constantFrom(new Uint8Array(0), Uint8Array.of(0), new Uint8Array(300_000), new Uint8Array(300_000).fill(44)),
        fc.uint8Array({ maxLength: 3000 }),
        fc.string({ maxLength: 400 }).map((text) => new Uint8Array(Buffer.from(text.repeat(9)))),
      ),
      image: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) =>
    list.map(({ kind, stem, bytes, image }, i) =>
      image
        ? file(`${stem}_${i}.jpg`, bytes, { kind, mediaType: 'image/jpeg' })
        : file(`${stem}_${i}.CSV`, bytes, { kind }),
    ),
  );

const same = (a: readonly PlainFile[], b: readonly PlainFile[]) =>
  a.length === b.length &&
  a.every((one, i) => {
    const { bytes, ...rest } = b[i] as PlainFile;
    return (
      Buffer.compare(one.bytes, bytes) === 0 &&
      JSON.stringify({ ...one, bytes: 0 }) === JSON.stringify({ ...rest, bytes: 0 })
    );
  });

describe.each(Object.entries(FAMILIES))('sealed with %s', (_, family) => {
  let ann: OfficeKeys;
  let bob: OfficeKeys;
  let terminal: OfficeKeys;
  beforeAll(async () => {
    [ann, bob, terminal] = await Promise.all([keysOf(family), keysOf(family), keysOf(family)]);
  });

  it('any files are opened as they were by each of the receiver’s keys, and by the sender', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (list, two) => {
        const message = plainMessage({ files: list });
        const recipients = [bob, ...(two ? [terminal] : [])].flatMap((keys) => encryptionKeys(keys.publicKeys, NOW));
        const previous = two ? { id: '019ab000-0000-7000-8000-000000000000', serial: '20261125095959' } : null;
        const sealed = await sealFor(ann, bob, message, { recipients, previous });
        for (const keys of [bob, ann, ...(two ? [terminal] : [])]) {
          const opened = await openMessage(sealed, { keys, sender: ann.publicKeys, now: NOW });
          const { files: _files, manifestSha256, kid, ...rest } = opened;
          const { files: _plain, ...routing } = message;
          expect(rest).toEqual({ ...routing, createdAt: NOW, previous });
          expect(kid).toBe(ann.signer.kid);
          expect(manifestSha256).toBe(parseHeader(sealed.header).parts[0]?.sha256);
          expect(same(opened.files, list)).toBe(true);
        }
      }),
      { seed: 20261125, numRuns: 15 },
    );
  });

  it('it is for those alone whose keys were named', async () => {
    const sealed = await sealFor(ann, bob);
    const opened = openMessage(sealed, { keys: terminal, sender: ann.publicKeys, now: NOW });
    await expect(opened).rejects.toMatchObject({ code: 'key.unknown' });
  });
});

describe('a sealed message', () => {
  let ann: OfficeKeys;
  let bob: OfficeKeys;
  beforeAll(async () => {
    [ann, bob] = await Promise.all([keysOf(), keysOf()]);
  });

  it('shows who sends to whom and how much, and no name, no content and no month', async () => {
    const sealed = await sealFor(ann, bob);
    expect(Object.keys(JSON.parse(sealed.header)).sort()).toEqual(
      ['createdAt', 'expiresAt', 'from', 'id', 'kinds', 'parts', 'serial', 'standard', 'to', 'v'].sort(),
    );
    const all = [sealed.header, ...sealed.parts].flatMap((text) => [
      text,
      ...text.split(/[^A-Za-z0-9_-]+/).map((segment) => Buffer.from(segment, 'base64url').toString('latin1')),
    ]);
    expect(all.filter((text) => /202511|0001267459|UPPLAN_|\.CSV|text\/csv/.test(text))).toEqual([]);
  });

  it('is carried by any transport, and opened from what arrived', async () => {
    const outbound = await outboundOf(await sealFor(ann, bob));
    expect(outbound.parts.map(({ name, kind, mediaType }) => [name, kind, mediaType])).toEqual([
      ['0.json', 'sealed', 'application/jose+json'],
      ['1.jwe', 'sealed', 'application/jose'],
      ['2.jwe', 'sealed', 'application/jose'],
    ]);
    const network = memoryNetwork();
    const sender = transportClient(network.connect(ANN));
    checkMessage(outbound, sender.transport.capabilities);
    await sender.send(outbound);
    const receiver = transportClient(network.connect(BOB));
    const arrived = await receiver.fetch(outbound);
    const shuffled = { ...arrived, files: [...arrived.files].reverse() };
    const options = { keys: bob, sender: ann.publicKeys, self: [BOB], now: NOW };
    const opened = await openMessage(sealedOf(shuffled), options);
    expect(same(opened.files, plainMessage().files)).toBe(true);
  });

  it('is refused in another mailbox', async () => {
    const sealed = await sealFor(ann, bob);
    const opened = openMessage(sealed, { keys: bob, sender: ann.publicKeys, self: [EVE], now: NOW });
    await expect(opened).rejects.toMatchObject({ code: 'manifest.mismatch' });
  });

  it('is sealed once for each key, though sender and receiver name the same', async () => {
    const recipients = [...encryptionKeys(bob.publicKeys, NOW), ...encryptionKeys(bob.publicKeys, NOW)];
    const sealed = await sealFor(ann, bob, plainMessage(), { recipients });
    const kids = (JSON.parse(sealed.parts[0] ?? '') as { recipients: { header: { kid: string } }[] }).recipients.map(
      ({ header }) => header.kid,
    );
    expect(kids).toEqual([bob.decrypter.kids[0], ann.decrypter.kids[0]]);
  });

  it('names how its key is wrapped with each recipient, also where there is one', async () => {
    const signing = { ...ann, publicKeys: ann.publicKeys.filter(({ use }) => use === 'sig') };
    const sealed = await sealFor(signing, bob);
    const { recipients, protected: header } = JSON.parse(sealed.parts[0] ?? '');
    expect(recipients).toHaveLength(1);
    expect(Object.keys(recipients[0].header)).toEqual(['alg', 'epk', 'kid']);
    expect(Object.keys(JSON.parse(Buffer.from(header, 'base64url').toString()))).toEqual(['enc', 'rcp', 'typ']);
  });

  it('compresses text where that shortens it, and nothing else', async () => {
    const text = new Uint8Array(3000).fill(65);
    const list = [
      file('a.CSV', text),
      file('b.CSV', text.subarray(0, 50)),
      file('c.jpg', text, { mediaType: 'image/jpeg' }),
    ];
    const sealed = await sealFor(ann, bob, plainMessage({ files: list }));
    const headers = sealed.parts.slice(1).map((jwe) => Buffer.from(jwe.split('.')[0] ?? '', 'base64url').toString());
    const stored = '{"alg":"dir","enc":"A256GCM"}';
    expect(headers).toEqual(['{"alg":"dir","enc":"A256GCM","zip":"DEF"}', stored, stored]);
    expect(sealed.parts[1]?.length).toBeLessThan(300);
  });
});

describe('sealing refuses', () => {
  let ann: OfficeKeys;
  let bob: OfficeKeys;
  beforeAll(async () => {
    [ann, bob] = await Promise.all([keysOf(), keysOf()]);
  });
  const encryption = () => encryptionKeys(bob.publicKeys, NOW);
  const changed = (more: object) => encryption().map((key) => ({ ...key, ...more }));
  const big = new Uint8Array(16 * 1024 * 1024 + 1);

  it.each([
    ['a receiver without keys', 'key.unknown', {}, () => ({ recipients: [] })],
    ['a key whose time is over', 'key.expired', {}, () => ({ recipients: changed({ notAfter: NOW - 1 }) })],
    ['a key whose time has not come', 'key.expired', {}, () => ({ recipients: changed({ notBefore: NOW + 1 }) })],
    ['a revoked key', 'key.revoked', {}, () => ({ recipients: changed({ revokedAt: NOW }) })],
    [
      'a revoked key beside one that holds',
      'key.revoked',
      {},
      () => ({ recipients: [...encryption(), ...changed({ kid: 'b', revokedAt: NOW - DAY })] }),
    ],
    [
      'a key of a kind that does not fit',
      'key.untrusted',
      {},
      () => ({ recipients: changed({ alg: 'RSA-OAEP-256' }) }),
    ],
    [
      'two keys with one kid',
      'key.untrusted',
      {},
      () => ({ recipients: [...encryption(), ...changed({ jwk: ann.publicKeys[0]?.jwk })] }),
    ],
    [
      'an own signing key whose time is over',
      'key.expired',
      {},
      () => ({ keys: { ...ann, publicKeys: ann.publicKeys.map((key) => ({ ...key, notAfter: NOW - 1 })) } }),
    ],
    ['a signing key that its owner does not show', 'key.unknown', {}, () => ({ keys: { ...ann, publicKeys: [] } })],
    ['a message to oneself', 'address.self', { to: ANN }, () => ({})],
    ['a serial that is none', 'message.invalid', { serial: '1' }, () => ({})],
    ['an id that is none', 'message.invalid', { id: 'カナリア花子' }, () => ({})],
    ['kinds that are not those of the files', 'message.invalid', { kinds: ['UPPLAN'] }, () => ({})],
    ['no file', 'message.invalid', { files: [] }, () => ({})],
    ['a name that leaves its folder', 'message.invalid', { files: [file('../a.CSV', big.subarray(0, 1))] }, () => ({})],
    [
      'two names that are one on some file systems',
      'message.invalid',
      { files: [file('a.CSV', big.subarray(0, 1)), file('A.csv', big.subarray(0, 1))] },
      () => ({}),
    ],
    ['a time that runs backwards', 'message.invalid', {}, () => ({ expiresAt: NOW })],
    ['a message before that is none', 'message.invalid', {}, () => ({ previous: { id: 'x', serial: '1' } })],
    ['a file that is too large', 'too-large', { files: [file('a.CSV', big)] }, () => ({})],
    [
      'too many files',
      'too-large',
      { files: Array.from({ length: 501 }, (_, i) => file(`${i}.CSV`, big.subarray(0, 1))) },
      () => ({}),
    ],
    [
      'too many bytes',
      'too-large',
      { files: Array.from({ length: 5 }, (_, i) => file(`${i}.CSV`, big.subarray(1))) },
      () => ({}),
    ],
    [
      'too many recipients',
      'too-large',
      {},
      () => ({ recipients: Array.from({ length: 32 }, (_, i) => changed({ kid: `k${i}` })).flat() }),
    ],
  ] as const)('%s: %s', async (_, code, message, options) => {
    const sealed = sealFor(ann, bob, plainMessage(message as never), options() as never);
    await expect(sealed).rejects.toMatchObject({ name: 'TransportError', code });
  });

  it('to name keys for sealing where the last one has ended', () => {
    expect(() => encryptionKeys([], NOW)).toThrow('key.unknown');
    expect(() => encryptionKeys(bob.publicKeys, NOW + 400 * DAY)).toThrow('key.expired');
    expect(() => encryptionKeys(changed({ revokedAt: 0 }), NOW)).toThrow('key.revoked');
    expect(encryptionKeys([...changed({ revokedAt: 0 }), ...encryption()], NOW)).toEqual(encryption());
  });

  it('and signs nothing where the signer fails', async () => {
    const signer = { ...ann.signer, sign: () => Promise.reject(new Error('PIN')) };
    const options = {
      keys: { ...ann, signer },
      recipients: encryption(),
      previous: null,
      createdAt: NOW,
      expiresAt: NOW + 1,
    };
    await expect(sealMessage(plainMessage(), options)).rejects.toThrow('PIN');
  });
});
