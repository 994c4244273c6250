import { generateKeyPairSync } from 'node:crypto';
import {
  encryptionKeys,
  generateOfficeKeys,
  type NewKeys,
  type OfficeKeys,
  officeKeys,
  type PlainFile,
  type PlainMessage,
  type PrivateJwk,
  type SealedMessage,
  type SealOptions,
  sealMessage,
} from '../../src/transport/envelope/index.js';
import { DAY, FAMILIES, NOW } from './envelope-words.js';
import { OFFICES } from './memory-harness.js';

export { DAY, FAMILIES, NOW };
export const [ANN] = OFFICES.a;
export const [BOB] = OFFICES.b;
export const EVE = { officeNumber: '0370300310', serviceType: '15' };

/** New keys that were made a day ago. */
export const keysOf = (family: NewKeys = {}): Promise<OfficeKeys> => generateOfficeKeys({ now: NOW - DAY, ...family });

export const file = (name: string, bytes: Uint8Array, more: Partial<PlainFile> = {}): PlainFile => ({
  name,
  kind: 'UPPLAN',
  mediaType: 'text/csv',
  bytes,
  ...more,
});

export const plainMessage = (more: Partial<PlainMessage> = {}): PlainMessage => {
  const files = more.files ?? [
    file('UPPLAN_202511_a.CSV', Buffer.from('0370100105,イワテ　タロウ,0001267459\r\n'.repeat(20))),
    file(
      'UPKIHON_IMAGE_b.jpg',
      Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 256),
      {
        kind: 'UPKIHON_IMAGE',
        mediaType: 'image/jpeg',
      },
    ),
  ];
  return {
    id: '019ab000-0000-7000-8000-000000000001',
    from: ANN,
    to: BOB,
    serial: '20261125100000',
    standard: '4.1',
    kinds: [...new Set(files.map(({ kind }) => kind))],
    ...more,
    files,
  };
};

/** Ann seals for Bob. */
export const sealFor = (
  ann: OfficeKeys,
  bob: OfficeKeys,
  message: PlainMessage = plainMessage(),
  more: Partial<SealOptions> = {},
): Promise<SealedMessage> =>
  sealMessage(message, {
    keys: ann,
    recipients: encryptionKeys(bob.publicKeys, NOW),
    previous: null,
    createdAt: NOW,
    expiresAt: NOW + 30 * DAY,
    ...more,
  });

/** Keys of an office beside their private JWKs, for what keys in memory do not show. */
export function bareKeys(now = NOW - DAY): { readonly jwks: readonly PrivateJwk[]; readonly keys: OfficeKeys } {
  const jwk = (use: 'sig' | 'enc', alg: PrivateJwk['alg']) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const dates = { notBefore: now, notAfter: now + 365 * DAY };
    return { ...privateKey.export({ format: 'jwk' }), kid: `${use}-1`, use, alg, ...dates } as PrivateJwk;
  };
  const jwks = [jwk('sig', 'ES256'), jwk('enc', 'ECDH-ES+A256KW')];
  return { jwks, keys: officeKeys(jwks) };
}
