import {
  encryptionKeys,
  generateOfficeKeys,
  type NewKeys,
  type OfficeKeys,
  type PlainFile,
  type SealedMessage,
  sealMessage,
} from '../../src/transport/envelope/index.js';

/** What tests of the envelope have in common that run in browsers too. */
export const NOW = Date.UTC(2026, 10, 25, 1);
export const DAY = 86_400_000;

export const FAMILIES: Readonly<Record<string, NewKeys>> = {
  'P-256': { alg: 'ES256', encAlg: 'ECDH-ES+A256KW', curve: 'P-256' },
  'Ed25519 and X25519': { alg: 'EdDSA', encAlg: 'ECDH-ES+A256KW', curve: 'X25519' },
  RSA: { alg: 'RS256', encAlg: 'RSA-OAEP-256' },
};

export const bareKeysOf = (family: NewKeys): Promise<OfficeKeys> => generateOfficeKeys({ now: NOW - DAY, ...family });

export const plainWords = (): PlainFile[] => [
  { name: '居宅サービス計画_202511.CSV', kind: 'UPPLAN', mediaType: 'text/csv', bytes: new Uint8Array(5000).fill(44) },
  {
    name: 'a.jpg',
    kind: 'UPKIHON_IMAGE',
    mediaType: 'image/jpeg',
    bytes: Uint8Array.from({ length: 999 }, (_, i) => i % 251),
  },
];

export const sealedBy = (sender: OfficeKeys, receiver: OfficeKeys): Promise<SealedMessage> =>
  sealMessage(
    {
      id: '019ab000-0000-7000-8000-000000000001',
      from: { officeNumber: '0370100105', serviceType: '43' },
      to: { officeNumber: '0370200210', serviceType: '11' },
      serial: '20261125100000',
      standard: '4.1',
      kinds: ['UPPLAN', 'UPKIHON_IMAGE'],
      files: plainWords(),
    },
    {
      keys: sender,
      recipients: encryptionKeys(receiver.publicKeys, NOW),
      previous: null,
      createdAt: NOW,
      expiresAt: NOW + 30 * DAY,
    },
  );
