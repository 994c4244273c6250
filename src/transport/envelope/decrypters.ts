import { base64url, type FlattenedJWE, flattenedDecrypt, type GeneralJWE, type JWK } from 'jose';
import { TransportError } from '../error.js';
import type { Decrypter, WrapAlgorithm } from './keys.js';

/** Opens with private JWKs in memory. */
export function jwkDecrypter(
  keys: readonly { readonly kid: string; readonly alg: WrapAlgorithm; readonly jwk: JWK }[],
): Decrypter {
  return {
    kids: keys.map(({ kid }) => kid),
    async decrypt(jwe, kid) {
      const key = keys.find((one) => one.kid === kid);
      if (!key) throw new TransportError('decrypt');
      return opened(recipientOf(jwe, kid), key.jwk, key.alg);
    },
  };
}

/** The key of a manifest as it is wrapped for one receiver. */
export interface WrappedKey {
  readonly kid: string;
  readonly alg: WrapAlgorithm;
  readonly encryptedKey: Uint8Array;
  /** The sender's ephemeral key, of `ECDH-ES+A256KW`. */
  readonly epk?: JWK;
}

/**
 * Opens with keys that only unwrap: in an HSM, a card, the store of Windows.
 *
 * `unwrap` gives the 32 bytes of the key of the content. For `ECDH-ES+A256KW` it agrees with `epk`, derives 256 bits by the Concat KDF
 * (RFC 7518, section 4.6, no party information) and unwraps by AES (RFC 3394). What it throws becomes `decrypt`.
 */
export function unwrappingDecrypter(options: {
  readonly kids: readonly string[];
  readonly unwrap: (wrapped: WrappedKey) => Promise<Uint8Array>;
}): Decrypter {
  return {
    kids: options.kids,
    async decrypt(jwe, kid) {
      const { encrypted_key, header, ...shared } = recipientOf(jwe, kid);
      try {
        const encryptedKey = base64url.decode(encrypted_key ?? '');
        const alg = header?.alg as WrapAlgorithm;
        const epk = header?.epk as JWK | undefined;
        const cek = await options.unwrap({ kid, alg, encryptedKey, ...(epk ? { epk } : {}) });
        return await opened({ ...shared, header: { alg: 'dir' } }, cek, 'dir');
      } catch (cause) {
        throw cause instanceof TransportError ? cause : new TransportError('decrypt', { cause });
      }
    },
  };
}

function recipientOf({ recipients, ...shared }: GeneralJWE, kid: string): FlattenedJWE {
  const own = recipients.filter(({ header }) => header?.kid === kid);
  if (own.length !== 1) throw new TransportError('decrypt');
  return { ...shared, ...own[0] };
}

async function opened(jwe: FlattenedJWE, key: JWK | Uint8Array, alg: string): Promise<Uint8Array> {
  try {
    const options = {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxDecompressedLength: 0,
    };
    return (await flattenedDecrypt(jwe, key, options)).plaintext;
  } catch (cause) {
    throw new TransportError('decrypt', { cause });
  }
}
