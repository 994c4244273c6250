import { CompactEncrypt, compactDecrypt, GeneralEncrypt, type GeneralJWE, importJWK } from 'jose';
import { TransportError } from '../error.js';
import type { Decrypter, PublicKey } from './keys.js';

/** A key that an office encrypts its own data with: A256GCM, a fresh nonce for each text. */
export interface DataKey {
  /**
   * The key, sealed for those of the office's own keys that are valid now: a JWE in General JSON Serialization. Where none
   * is valid any more, as it was wrapped before.
   */
  wrap(): Promise<string>;
  /** A compact JWE, text of ASCII. */
  encrypt(bytes: Uint8Array): Promise<string>;
  /** Throws a TransportError (`decrypt`) for what was not encrypted with this key. */
  decrypt(text: string): Promise<Uint8Array>;
}

const BYTES = 32;
const TYPE = 'careplan-data-key';

/**
 * Makes a data key, or opens one that was wrapped before. Wrapping it again later seals it for the keys of that day, so
 * that a new key of the office takes over from one that ends.
 *
 * Throws a TransportError: `key.unknown` where the office has no key that opens it, or, when a new one is wrapped, no
 * valid key to seal for; `decrypt` where it is not as it was sealed.
 */
export async function dataKey(
  keys: { readonly decrypter: Decrypter; readonly publicKeys: readonly PublicKey[] },
  wrapped?: string,
  now: () => number = Date.now,
): Promise<DataKey> {
  const key =
    wrapped === undefined ? crypto.getRandomValues(new Uint8Array(BYTES)) : await unwrap(keys.decrypter, wrapped);
  return {
    async wrap() {
      const receivers = keys.publicKeys.filter((one) => isValid(one, now()));
      if (receivers.length > 0) return seal(key, receivers);
      if (wrapped !== undefined) return wrapped;
      throw new TransportError('key.unknown');
    },
    encrypt: (bytes) => new CompactEncrypt(bytes).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key),
    async decrypt(text) {
      try {
        const allowed = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] };
        return (await compactDecrypt(text, key, allowed)).plaintext;
      } catch (cause) {
        throw new TransportError('decrypt', { cause });
      }
    },
  };
}

const isValid = ({ use, notBefore = 0, notAfter = Number.POSITIVE_INFINITY, revokedAt }: PublicKey, now: number) =>
  use === 'enc' && notBefore <= now && now <= notAfter && revokedAt === undefined;

async function seal(key: Uint8Array, receivers: readonly PublicKey[]): Promise<string> {
  const jwe = new GeneralEncrypt(key).setProtectedHeader({ enc: 'A256GCM', typ: TYPE });
  for (const { jwk, alg, kid } of receivers) {
    jwe.addRecipient(await importJWK(jwk, alg)).setUnprotectedHeader({ alg, kid });
  }
  return JSON.stringify(await jwe.encrypt());
}

async function unwrap(decrypter: Decrypter, wrapped: string): Promise<Uint8Array> {
  const jwe = parse(wrapped);
  const kids = jwe?.recipients?.map(({ header }) => header?.kid);
  if (!jwe || !kids) throw new TransportError('decrypt');
  const kid = decrypter.kids.find((one) => kids.includes(one));
  if (kid === undefined) throw new TransportError('key.unknown');
  const key = await decrypter.decrypt(jwe, kid);
  if (key.length !== BYTES) throw new TransportError('decrypt');
  return key;
}

function parse(text: string): GeneralJWE | undefined {
  try {
    const jwe: unknown = JSON.parse(text);
    return Array.isArray((jwe as Partial<GeneralJWE> | null)?.recipients) ? (jwe as GeneralJWE) : undefined;
  } catch {
    return undefined;
  }
}
