import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import {
  exportKeys,
  importKeys,
  officeKeys,
  openMessage,
  type PrivateJwk,
  rotateKeys,
  sealMessage,
  signReceipt,
  verifyReceipt,
} from '../../src/transport/envelope/index.js';
import { TransportError } from '../../src/transport/index.js';
import { ANN, BOB, bareKeys, file, NOW, plainMessage, sealFor } from '../support/envelope.js';
import { forge } from '../support/forge.js';

const PASSPHRASE = 'CANARY-PASSPHRASE';
const NAME = 'カナリア花子_0009876543';
const { jwks, keys: ann } = bareKeys();
const bobJwks = bareKeys().jwks.map((jwk) => ({ ...jwk, kid: `bob-${jwk.kid}` }));
const bob = officeKeys(bobJwks);
const secrets = [...jwks, ...bobJwks].map((jwk) => (jwk as { d?: string }).d ?? '');

it('no name, number, passphrase or key stands in any error of sealing, opening and reading keys', async () => {
  const files = [file(`${NAME}.CSV`, Buffer.from('CANARY-TEXT 0009876543'))];
  const message = plainMessage({ files });
  const sealed = await sealFor(ann, bob, message);
  const locked = await exportKeys(ann, { passphrase: PASSPHRASE });
  const plain = await exportKeys(ann);
  const open = (parts: readonly string[], sender = ann.publicKeys) =>
    openMessage({ header: sealed.header, parts }, { keys: bob, sender, now: NOW });
  const bobKey = bob.publicKeys.filter(({ use }) => use === 'enc');
  const forged = await Promise.all(
    [
      { manifest: (text: object) => ({ ...text, note: NAME }) },
      { manifest: () => `{"${NAME}` },
      { fileBytes: () => Buffer.from('CANARY-TEXT other') },
      { jwsHeader: (header: object) => ({ ...header, kid: NAME }) },
      { jwsHeader: (header: object) => ({ ...header, typ: NAME }) },
    ].map((hands) => forge(message, jwks[0] as PrivateJwk, bobKey, hands)),
  );
  const receipt = { messageId: message.id, manifestSha256: '0'.repeat(64), from: ANN, to: BOB, at: NOW } as const;
  const failing: (() => unknown)[] = [
    ...forged.map((one) => () => openMessage(one, { keys: bob, sender: ann.publicKeys, now: NOW })),
    () => open([...sealed.parts, NAME]),
    () => open([NAME, ...sealed.parts.slice(1)]),
    () =>
      open(
        sealed.parts,
        bob.publicKeys.map((key) => ({ ...key, kid: NAME })),
      ),
    () => openMessage({ header: `{"${NAME}`, parts: [] }, { keys: bob, sender: [], now: NOW }),
    () =>
      openMessage(sealed, {
        keys: { decrypter: { kids: bob.decrypter.kids, decrypt: () => Promise.reject(new Error(NAME)) } },
        sender: [],
      }),
    () => sealFor(ann, bob, plainMessage({ files: [file(`${NAME}/a.CSV`, Buffer.of(1))] })),
    () => sealFor(ann, bob, { ...message, id: NAME }),
    () => sealFor(ann, bob, { ...message, serial: NAME }),
    () =>
      sealMessage(message, {
        keys: ann,
        recipients: bobKey.map((key) => ({ ...key, kid: NAME })),
        previous: null,
        createdAt: NOW,
        expiresAt: NOW + 1,
      }),
    () => importKeys(plain.replace('"use":"sig"', `"use":"${NAME}"`)),
    () => importKeys(plain.slice(0, -1)),
    () => importKeys(plain.replace(/"x":"[^"]+"/, '"x":"AAAA"')),
    () => importKeys(locked, { passphrase: `${PASSPHRASE}!` }),
    () => importKeys(locked.slice(0, -1), { passphrase: PASSPHRASE }),
    () => exportKeys({ ...ann }),
    () => rotateKeys({ ...ann }),
    () => signReceipt({ ...receipt, kind: 'rejected', reasons: [NAME] }, bob.signer),
    () => verifyReceipt(`${NAME}.a.b`, { ...receipt, keys: bob.publicKeys }),
  ];
  for (const [i, fail] of failing.entries()) {
    const error = await (async () => fail())().catch((thrown: unknown) => thrown);
    expect([i, error instanceof TransportError]).toEqual([i, true]);
    const shown = [
      String(error),
      inspect(error, { depth: 10, showHidden: true }),
      JSON.stringify(error),
      (error as Error).stack,
    ].join();
    const told = [...secrets, 'カナリア', '0009876543', 'CANARY', ANN.officeNumber, BOB.officeNumber].filter((word) =>
      shown.includes(word),
    );
    expect([i, told]).toEqual([i, []]);
  }
});
