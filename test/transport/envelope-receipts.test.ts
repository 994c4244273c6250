import { inspect } from 'node:util';
import fc from 'fast-check';
import { CompactSign } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type OfficeKeys,
  openMessage,
  outboundOf,
  type ReceiptContent,
  type ReceiptExpectation,
  signReceipt,
  verifyReceipt,
} from '../../src/transport/envelope/index.js';
import { memoryNetwork, parseHeader, transportClient } from '../../src/transport/index.js';
import { ANN, BOB, bareKeys, DAY, EVE, keysOf, NOW, plainMessage, sealFor } from '../support/envelope.js';
import { canonical, hash } from '../support/forge.js';

const { jwks, keys: bob } = bareKeys();
const [signing] = jwks;
let eve: OfficeKeys;
let receipt: ReceiptContent;
let jws: string;
beforeAll(async () => {
  eve = await keysOf();
  const ann = await keysOf();
  const sealed = await sealFor(ann, bob);
  const { id, manifestSha256 } = await openMessage(sealed, { keys: bob, sender: ann.publicKeys, now: NOW });
  expect(manifestSha256).toBe(parseHeader(sealed.header).parts[0]?.sha256);
  receipt = { messageId: id, manifestSha256, from: ANN, to: BOB, kind: 'delivered', at: NOW };
  jws = await signReceipt(receipt, bob.signer);
});
const expected = (more: Partial<ReceiptExpectation> = {}): ReceiptExpectation => ({
  messageId: receipt.messageId,
  manifestSha256: receipt.manifestSha256,
  from: ANN,
  to: BOB,
  keys: bob.publicKeys,
  now: NOW,
  ...more,
});
const sign = (payload: unknown, typ = 'careplan-receipt+jws', more: object = {}) => {
  const { kty, crv, x, y, d } = signing as never as Record<string, string>;
  const text = typeof payload === 'string' ? payload : canonical(payload);
  return new CompactSign(Buffer.from(text))
    .setProtectedHeader({ alg: 'ES256', kid: 'sig-1', typ, ...more })
    .sign({ kty, crv, x, y, d } as never);
};
const bobs = (more: object) => ({ keys: bob.publicKeys.map((key) => ({ ...key, ...more })) });

const changed = (from: string, to: string): string => {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const text = Buffer.from(payload, 'base64url').toString().replace(from, to);
  return [header, Buffer.from(text).toString('base64url'), signature].join('.');
};

const REFUSED: readonly (readonly [
  says: string,
  code: string,
  text: () => string | Promise<string>,
  more: () => Partial<ReceiptExpectation>,
])[] = [
  ['of another message', 'manifest.mismatch', () => jws, () => ({ messageId: '019ab000-0000-7000-8000-000000000002' })],
  ['of other bytes of the message', 'manifest.mismatch', () => jws, () => ({ manifestSha256: hash('') })],
  ['of a message to another', 'manifest.mismatch', () => jws, () => ({ to: EVE })],
  ['of a message by another', 'manifest.mismatch', () => jws, () => ({ from: EVE })],
  ['by another office', 'key.unknown', () => signReceipt(receipt, eve.signer), () => ({})],
  [
    'by another under the kid of the receiver',
    'signature',
    () => signReceipt(receipt, bareKeys().keys.signer),
    () => ({}),
  ],
  ['whose signature is stripped', 'signature', () => jws.replace(/[^.]+$/, ''), () => ({})],
  ['whose text was changed', 'signature', () => changed('delivered', 'rejected!'), () => ({})],
  ['of another type', 'signature', () => sign({ ...receipt, v: 1 }, 'careplan-manifest+jws'), () => ({})],
  ['with a key in its header', 'signature', () => sign({ ...receipt, v: 1 }, undefined, { jwk: {} }), () => ({})],
  ['without end', 'signature', () => `${'A'.repeat(70_000)}.A.A`, () => ({})],
  ['that is none', 'signature', () => 'x', () => ({})],
  ['that says a thing more', 'manifest.mismatch', () => sign({ ...receipt, v: 1, note: 'イワテ' }), () => ({})],
  [
    'that says a thing twice',
    'manifest.mismatch',
    () => sign(canonical({ ...receipt, v: 1 }).replace('{', '{"at":1,')),
    () => ({}),
  ],
  ['of another version', 'manifest.mismatch', () => sign({ ...receipt, v: 2 }), () => ({})],
  ['of a kind that is none', 'manifest.mismatch', () => sign({ ...receipt, v: 1, kind: 'lost' }), () => ({})],
  ['that refuses without reasons', 'manifest.mismatch', () => sign({ ...receipt, v: 1, kind: 'rejected' }), () => ({})],
  ['that is delivered for reasons', 'manifest.mismatch', () => sign({ ...receipt, v: 1, reasons: ['x'] }), () => ({})],
  [
    'whose reason is words',
    'manifest.mismatch',
    () => sign({ ...receipt, v: 1, kind: 'rejected', reasons: ['イワテ タロウ'] }),
    () => ({}),
  ],
  ['that is no JSON', 'manifest.mismatch', () => sign('x'), () => ({})],
  ['by a key whose time was over', 'key.expired', () => jws, () => bobs({ notAfter: NOW - 1 })],
  [
    'by a key that was revoked since',
    'key.revoked',
    () => jws,
    () => ({ ...bobs({ revokedAt: NOW + DAY }), now: NOW + DAY }),
  ],
  ['by a key that is not of its algorithm', 'key.untrusted', () => jws, () => bobs({ alg: 'RS256' })],
  [
    'without certificates where they are wanted',
    'key.untrusted',
    () => jws,
    () => ({ certificates: { check: async () => {} } }),
  ],
];

describe('a receipt', () => {
  it.each([
    { kind: 'delivered' },
    { kind: 'read' },
    { kind: 'rejected', reasons: ['manifest.mismatch', 'file.unreadable'] },
  ] as const)('that it is $kind proves it to the sender', async (said) => {
    const text = await signReceipt({ ...receipt, ...said }, bob.signer);
    expect(await verifyReceipt(text, expected())).toEqual({ ...receipt, ...said, kid: 'sig-1' });
  });

  it('is written canonically, as another hand writes it', async () => {
    expect(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()).toBe(canonical({ ...receipt, v: 1 }));
    expect(await verifyReceipt(await sign({ ...receipt, v: 1 }), expected())).toMatchObject({ kind: 'delivered' });
  });

  it('is carried to the sender', async () => {
    const network = memoryNetwork();
    const [ann, receiver] = [transportClient(network.connect(ANN)), transportClient(network.connect(BOB))];
    const own = await keysOf();
    const outbound = await outboundOf(await sealFor(own, bob, plainMessage()));
    await ann.send(outbound);
    const signed = await signReceipt({ ...receipt, manifestSha256: outbound.parts[0]?.sha256 ?? '' }, bob.signer);
    await receiver.acknowledge(outbound, { kind: 'delivered', signed });
    const status = await ann.lookup(outbound);
    expect(status?.signedReceipts).toEqual([signed]);
    const proof = expected({ manifestSha256: outbound.parts[0]?.sha256 ?? '' });
    expect((await verifyReceipt(status?.signedReceipts?.[0] ?? '', proof)).messageId).toBe(outbound.id);
  });

  it.each(REFUSED)('%s is refused: %s', async (_, code, text, more) => {
    const error = await verifyReceipt(await text(), expected(more())).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'TransportError', code });
    expect(inspect(error, { depth: 9 })).not.toContain('イワテ');
  });

  it('with any character changed is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(jws.length - 1), fc.constantFrom(...'AQgwB-_.='), async (at, other) => {
        fc.pre(jws[at] !== other);
        const text = jws.slice(0, at) + other + jws.slice(at + 1);
        // A kid that is another is one that nobody has.
        const code = expect.stringMatching(/^(signature|key\.unknown)$/);
        await expect(verifyReceipt(text, expected())).rejects.toMatchObject({ name: 'TransportError', code });
      }),
      { seed: 20261125, numRuns: 200 },
    );
  });

  it.each([
    { kind: 'lost' },
    { kind: 'rejected' },
    { kind: 'rejected', reasons: ['イワテ タロウ'] },
    { kind: 'rejected', reasons: Array(21).fill('x') },
    { reasons: ['x'] },
    { messageId: 'x' },
    { manifestSha256: 'x' },
    { at: -1 },
    { to: { officeNumber: '1', serviceType: '1' } },
  ])('is not signed malformed: %j', async (wrong) => {
    const signed = signReceipt({ ...receipt, ...wrong } as ReceiptContent, bob.signer);
    await expect(signed).rejects.toMatchObject({ code: 'config' });
  });
});
