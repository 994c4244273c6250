import { exportJWK, type GeneralJWE, generalDecrypt, generateKeyPair } from 'jose';
import type { Decrypter, PublicKey, WrapAlgorithm } from '../../src/transport/envelope/index.js';

export interface KeysToOpen {
  readonly decrypter: Decrypter;
  readonly publicKeys: readonly PublicKey[];
}

/** A fresh encryption key of an office, in memory. */
export async function keyToOpen(
  kid: string,
  alg: WrapAlgorithm = 'ECDH-ES+A256KW',
  more: Partial<PublicKey> = {},
): Promise<KeysToOpen> {
  const pair = await generateKeyPair(alg, { crv: 'P-256', extractable: true });
  return {
    publicKeys: [{ kid, use: 'enc', alg, jwk: await exportJWK(pair.publicKey), ...more }],
    decrypter: {
      kids: [kid],
      async decrypt(jwe: GeneralJWE, named: string) {
        const recipients = jwe.recipients.filter(({ header }) => header?.kid === named);
        return (await generalDecrypt({ ...jwe, recipients }, pair.privateKey)).plaintext;
      },
    },
  };
}

/** Several keys of one office. */
export const together = (...keys: readonly KeysToOpen[]): KeysToOpen => ({
  publicKeys: keys.flatMap((one) => one.publicKeys),
  decrypter: {
    kids: keys.flatMap((one) => one.decrypter.kids),
    decrypt(jwe, kid) {
      const owner = keys.find((one) => one.decrypter.kids.includes(kid));
      return owner ? owner.decrypter.decrypt(jwe, kid) : Promise.reject(new Error('no such key'));
    },
  },
});
