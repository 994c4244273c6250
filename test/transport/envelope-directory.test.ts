import { EventEmitter, once } from 'node:events';
import { CompactSign } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Directory,
  endorseKey,
  type KeyReset,
  memoryPins,
  type OfficeEntry,
  type OfficeKeys,
  type PublicKey,
  type RegistrarDirectoryOptions,
  registrarDirectory,
  rotateKeys,
  signEntry,
  staticDirectory,
} from '../../src/transport/envelope/index.js';
import { TransportError } from '../../src/transport/index.js';
import { ANN, BOB, bareKeys, DAY, EVE, keysOf, NOW } from '../support/envelope.js';
import { canonical } from '../support/forge.js';

const { jwks: registrarJwks, keys: registrar } = bareKeys(NOW - 100 * DAY);
const bob = await keysOf();
const relay = await keysOf();

let served: string | undefined;
let time: number;
let pins: ReturnType<typeof memoryPins>;
let resets: KeyReset[];
let directory: Directory;
const connect = (more: Partial<RegistrarDirectoryOptions> = {}) =>
  registrarDirectory({
    source: async () => served,
    registrars: registrar.publicKeys,
    pins,
    now: () => time,
    onReset: (reset) => void resets.push(reset),
    ...more,
  });
beforeEach(() => {
  served = undefined;
  time = NOW + 10 * DAY;
  pins = memoryPins();
  resets = [];
  directory = connect();
});

const serve = async (keys: OfficeKeys | readonly PublicKey[], days: number, more: Partial<OfficeEntry> = {}) => {
  const entry = { address: BOB, issuedAt: NOW + days * DAY, keys: 'signer' in keys ? keys.publicKeys : keys, ...more };
  served = await signEntry(entry, registrar.signer);
};
/** How a look into the directory ends: the kids of the keys it gives, or the code of its error. */
const find = async (from = directory): Promise<readonly string[] | string | undefined> => {
  try {
    return (await from.find(BOB))?.keys.map(({ kid }) => kid);
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return error.code;
  }
};
const kidsOf = ({ publicKeys }: OfficeKeys) => publicKeys.map(({ kid }) => kid);
const sign = (payload: string, typ = 'careplan-entry+jws') => {
  const { kty, crv, x, y, d } = registrarJwks[0] as never as Record<string, string>;
  return new CompactSign(Buffer.from(payload))
    .setProtectedHeader({ alg: 'ES256', kid: 'sig-1', typ })
    .sign({ kty, crv, x, y, d } as never);
};

const entryOf = (keys: readonly unknown[], issuedAt = NOW): Promise<string> =>
  sign(canonical({ v: 1, address: BOB, issuedAt, keys }));

const REFUSED: readonly (readonly [says: string, make: () => string | Promise<string>])[] = [
  [
    'signed as another type',
    () => sign(canonical({ v: 1, address: BOB, issuedAt: NOW, keys: [] }), 'careplan-key+jws'),
  ],
  ['with a member more', () => sign(canonical({ v: 1, address: BOB, issuedAt: NOW, keys: [], x: 1 }))],
  [
    'that says a thing twice',
    () => sign(canonical({ v: 1, address: BOB, issuedAt: NOW, keys: [] }).replace('{', '{"v":2,')),
  ],
  ['of another version', () => sign(canonical({ v: 2, address: BOB, issuedAt: NOW, keys: [] }))],
  ['that is no JSON', () => sign('x')],
  ['that is null', () => sign('null')],
  [
    'of an address that is none',
    () => sign(canonical({ v: 1, address: { ...BOB, officeNumber: '1' }, issuedAt: NOW, keys: [] })),
  ],
  ['of another office', () => signEntry({ address: EVE, issuedAt: NOW, keys: bob.publicKeys }, registrar.signer)],
  ['with a private key', () => entryOf([{ ...bob.publicKeys[0], d: 'AAAA' }])],
  ['with one kid twice', () => entryOf([bob.publicKeys[0], bob.publicKeys[0]])],
  ['with a key whose algorithm does not fit', () => entryOf([{ ...bob.publicKeys[0], alg: 'RS256' }])],
  ['with a key for signing that is said to be for sealing', () => entryOf([{ ...bob.publicKeys[0], use: 'enc' }])],
  ['with 33 keys', () => entryOf(Array.from({ length: 33 }, (_, i) => ({ ...bob.publicKeys[0], kid: String(i) })))],
  ['from the future', () => entryOf(bob.publicKeys, NOW + 12 * DAY)],
  ['that is none', async () => 'x'],
  ['without end', async () => `${'A'.repeat(600_000)}.A.A`],
];

describe('a directory of entries that a registrar signed', () => {
  it('gives what the registrar signed, and nothing where there is nothing', async () => {
    expect(await find()).toBeUndefined();
    await serve(bob, 0);
    expect(await directory.find(BOB)).toEqual({ address: BOB, issuedAt: NOW, keys: bob.publicKeys });
  });

  it('writes entries canonically, as another hand writes them', async () => {
    await serve(bob, 0, { resetAt: NOW - 1, expiresAt: NOW + 99 * DAY });
    const payload = Buffer.from(served?.split('.')[1] ?? '', 'base64url').toString();
    expect(payload).toBe(canonical(JSON.parse(payload)));
    served = await sign(canonical({ v: 1, address: BOB, issuedAt: NOW, keys: bob.publicKeys }));
    expect(await find()).toEqual(kidsOf(bob));
  });

  it('a relay that puts its own key there is found, and nothing is sealed', async () => {
    served = await signEntry({ address: BOB, issuedAt: NOW, keys: relay.publicKeys }, relay.signer);
    expect(await find()).toBe('key.untrusted');
    await serve(bob, 0);
    const [header, payload, signature] = (served ?? '').split('.') as [string, string, string];
    const text = Buffer.from(payload, 'base64url').toString();
    const swapped = text.replace(bob.publicKeys[1]?.jwk.x ?? '', relay.publicKeys[1]?.jwk.x ?? '');
    served = [header, Buffer.from(swapped).toString('base64url'), signature].join('.');
    expect(await find()).toBe('key.untrusted');
  });

  it.each(REFUSED)('an entry %s is refused', async (_, make) => {
    served = await make();
    expect(await find()).toBe('key.untrusted');
    expect(await pins.get('0370200210-11')).toBeUndefined();
  });

  it('a registrar whose key was revoked, or had ended when it signed, is believed no more', async () => {
    await serve(bob, 0);
    const with_ = (more: object) => connect({ registrars: registrar.publicKeys.map((key) => ({ ...key, ...more })) });
    expect(await find(with_({ revokedAt: NOW + DAY }))).toBe('key.untrusted');
    expect(await find(with_({ notAfter: NOW - 1 }))).toBe('key.untrusted');
    expect(await find(with_({ notAfter: NOW + 1 }))).toEqual(kidsOf(bob));
  });

  it('an entry is relied on until it ends', async () => {
    await serve(bob, 0, { expiresAt: NOW + 10 * DAY });
    expect(await find()).toEqual(kidsOf(bob));
    time += 1;
    expect(await find()).toBe('key.expired');
  });

  it('an older entry is refused, and another of the same time (rollback)', async () => {
    const rotated = await rotateKeys(bob, { now: NOW });
    await serve(rotated, 1);
    expect(await find()).toEqual(kidsOf(rotated));
    expect(await find()).toEqual(kidsOf(rotated));
    await serve(bob, 0);
    expect(await find()).toBe('key.untrusted');
    await serve(bob, 1);
    expect(await find()).toBe('key.untrusted');
    await serve(rotated, 2);
    expect(await find()).toEqual(kidsOf(rotated));
  });

  it('what it saw outlives it, where its pins do', async () => {
    await serve(bob, 1);
    await find();
    await serve(bob, 0);
    expect(await find(connect())).toBe('key.untrusted');
    expect(await find(connect({ pins: memoryPins() }))).toEqual(kidsOf(bob));
  });

  it('damaged pins are not taken for none', async () => {
    await serve(bob, 0);
    for (const damaged of ['', 'x', '{}', '{"issuedAt":0,"keys":[{}]}']) {
      await pins.set('0370200210-11', damaged);
      expect(await find()).toBe('storage.damaged');
    }
  });

  it('new keys are taken that a key seen before vouches for, also after two changes', async () => {
    await serve(bob, 0);
    await find();
    const once = await rotateKeys(bob, { now: NOW });
    const twice = await rotateKeys(once, { now: NOW + DAY });
    await serve(twice, 2);
    expect(await find()).toEqual(kidsOf(twice));
    expect(resets).toEqual([]);
  });

  it('new keys that nobody vouches for are refused, though the registrar signed them', async () => {
    await serve(bob, 0);
    await find();
    const other = await keysOf();
    await serve([...bob.publicKeys, ...other.publicKeys], 1);
    expect(await find()).toBe('key.untrusted');
    await serve([...bob.publicKeys, other.publicKeys[1] as PublicKey], 1);
    expect(await find()).toBe('key.untrusted');
    await serve([...bob.publicKeys, await endorseKey(other.publicKeys[1] as PublicKey, other.signer)], 1);
    expect(await find()).toBe('key.untrusted');
    const taken = await endorseKey(other.publicKeys[0] as PublicKey, bob.signer);
    await serve(
      [...bob.publicKeys, { ...(other.publicKeys[1] as PublicKey), endorsement: taken.endorsement ?? '' }],
      1,
    );
    expect(await find()).toBe('key.untrusted');
    await serve([...bob.publicKeys, await endorseKey(other.publicKeys[1] as PublicKey, bob.signer)], 1);
    expect(await find()).toHaveLength(3);
  });

  it('a kid never comes to name another key', async () => {
    await serve(bob, 0);
    await find();
    const [signing, sealing] = bob.publicKeys as [PublicKey, PublicKey];
    const renamed = { ...(relay.publicKeys[1] as PublicKey), kid: sealing.kid };
    await serve([signing, await endorseKey(renamed, bob.signer)], 1);
    expect(await find()).toBe('key.untrusted');
  });

  it('a revoked key vouches for no other, and stays revoked, also when it was gone in between', async () => {
    await serve(bob, 0);
    await find();
    const [signing, sealing] = bob.publicKeys as [PublicKey, PublicKey];
    const rotated = await rotateKeys(bob, { now: NOW });
    const revoked = { ...signing, revokedAt: NOW };
    await serve([...rotated.publicKeys.slice(0, 2), revoked, sealing], 1);
    expect(await find()).toBe('key.untrusted');
    await serve([revoked, sealing], 1);
    expect(await find()).toEqual([signing.kid, sealing.kid]);
    await serve(bob, 2);
    expect(await find()).toBe('key.untrusted');
    await serve([sealing], 3);
    expect(await find()).toEqual([sealing.kid]);
    await serve(bob, 4);
    expect(await find()).toBe('key.untrusted');
  });

  it('keys that the registrar puts in the place of lost ones are taken when a person was told', async () => {
    await serve(bob, 0);
    await find();
    const fresh = await keysOf();
    await serve(fresh, 2, { resetAt: NOW + 2 * DAY });
    expect(await find(connect({ onReset: undefined as never }))).toBe('key.untrusted');
    const refusing = connect({ onReset: () => Promise.reject(new Error('they did not lose it')) });
    expect(await find(refusing)).toBe('key.untrusted');
    expect(await find()).toEqual(kidsOf(fresh));
    expect(resets).toEqual([{ address: BOB, resetAt: NOW + 2 * DAY, before: kidsOf(bob), after: kidsOf(fresh) }]);
    await serve(fresh, 3, { resetAt: NOW + 2 * DAY });
    expect(await find()).toEqual(kidsOf(fresh));
    expect(resets).toHaveLength(1);
  });

  it('who gives up does not wait until a person has answered another, whose answer counts all the same', async () => {
    await serve(bob, 0);
    await find();
    const fresh = await keysOf();
    await serve(fresh, 2, { resetAt: NOW + 2 * DAY });
    const person = new EventEmitter();
    const slow = connect({
      async onReset() {
        const answered = once(person, 'answered');
        person.emit('asked');
        await answered;
      },
    });
    const asked = once(person, 'asked');
    const first = find(slow);
    await asked;
    const caller = new AbortController();
    const second = slow.find(BOB, caller.signal);
    caller.abort(new Error('enough'));
    await expect(second).rejects.toBe(caller.signal.reason);
    person.emit('answered');
    expect(await first).toEqual(kidsOf(fresh));
    expect(await find(slow)).toEqual(kidsOf(fresh));
  });

  it('a mark of a reset that was seen vouches for no later keys, and one that was missed still counts', async () => {
    await serve(bob, 0);
    await find();
    const missed = connect({ pins: { ...pins, get: pins.get, set: async () => {} } });
    const fresh = await keysOf();
    await serve(fresh, 2, { resetAt: NOW + 2 * DAY });
    await find();
    const other = await keysOf();
    await serve(other, 3, { resetAt: NOW + 2 * DAY });
    expect(await find()).toBe('key.untrusted');
    const later = await rotateKeys(fresh, { now: NOW });
    await serve(later, 4, { resetAt: NOW + 2 * DAY });
    expect(await find(missed)).toEqual(kidsOf(later));
  });

  it('looks that run side by side leave the latest entry', async () => {
    const rotated = await rotateKeys(bob, { now: NOW });
    const old = await signEntry({ address: BOB, issuedAt: NOW, keys: bob.publicKeys }, registrar.signer);
    const late = await signEntry({ address: BOB, issuedAt: NOW + DAY, keys: rotated.publicKeys }, registrar.signer);
    const answers = [old, late, old, late, old];
    const slow = {
      get: pins.get,
      set: (...pin: [string, string]) => new Promise(setImmediate).then(() => pins.set(...pin)),
    };
    const racing = connect({ source: async () => answers.pop(), pins: slow });
    const ends = await Promise.all(Array.from({ length: 5 }, () => find(racing)));
    expect(JSON.parse((await pins.get('0370200210-11')) ?? '')).toMatchObject({ issuedAt: NOW + DAY });
    expect(ends.filter((end) => JSON.stringify(end) === JSON.stringify(kidsOf(rotated)))).toHaveLength(2);
  });

  it('what the road to it throws comes through, and a signal ends it', async () => {
    const down = connect({ source: () => Promise.reject(new TransportError('unavailable')) });
    expect(await find(down)).toBe('unavailable');
    await serve(bob, 0);
    await expect(directory.find(BOB, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    await expect(directory.find({ ...BOB, officeNumber: '1' })).rejects.toMatchObject({ code: 'config' });
  });

  it('an entry that is malformed is not signed', async () => {
    const wrong = signEntry({ address: BOB, issuedAt: -1, keys: [] }, registrar.signer);
    await expect(wrong).rejects.toMatchObject({ code: 'config' });
    await expect(
      signEntry({ address: BOB, issuedAt: 0, resetAt: 1, keys: [] }, registrar.signer),
    ).rejects.toMatchObject({
      code: 'config',
    });
  });
});

describe('a directory of keys that were exchanged by hand', () => {
  const entry = { address: BOB, issuedAt: NOW, keys: bob.publicKeys };

  it('gives them', async () => {
    const known = staticDirectory([entry, { ...entry, address: ANN }]);
    expect(await known.find({ ...BOB })).toBe(entry);
    expect(await known.find(EVE)).toBeUndefined();
    await expect(known.find(BOB, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('is not made of an office twice, nor of malformed keys', () => {
    expect(() => staticDirectory([entry, { ...entry }])).toThrow('config');
    expect(() =>
      staticDirectory([{ ...entry, keys: [{ ...(bob.publicKeys[0] as PublicKey), alg: 'RS256' }] }]),
    ).toThrow('config');
  });
});
