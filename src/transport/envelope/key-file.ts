import { CompactEncrypt, compactDecrypt } from 'jose';
import { TransportError } from '../error.js';
import type { OfficeKeys, PrivateJwk } from './keys.js';
import { officeKeys, privateJwks } from './office-keys.js';
import { fromUtf8, isObject, utf8 } from './text.js';

const ALG = 'PBES2-HS512+A256KW';
/** Rounds of PBKDF2 with SHA-512 that a passphrase goes through, and the most that are gone through for a file of others. */
const ROUNDS = 210_000;
const MOST_ROUNDS = 2_000_000;
const LONGEST = 256 * 1024;

/**
 * The keys of an office as the text of a key file: a JWK Set, or with a passphrase a compact JWE of one (PBES2-HS512+A256KW, 210,000
 * rounds). Without a passphrase whoever reads the file has the keys.
 *
 * Throws a TransportError: `unsupported` where an HSM or a store holds them, `config` for an empty passphrase.
 */
export async function exportKeys(keys: OfficeKeys, options: { readonly passphrase?: string } = {}): Promise<string> {
  const text = JSON.stringify({ keys: privateJwks(keys) });
  if (options.passphrase === undefined) return text;
  return new CompactEncrypt(utf8(text))
    .setProtectedHeader({ alg: ALG, enc: 'A256GCM', cty: 'jwk-set+json' })
    .setKeyManagementParameters({ p2c: ROUNDS })
    .encrypt(secretOf(options.passphrase));
}

/**
 * Reads the text of a key file.
 *
 * Throws a TransportError: `decrypt` for another passphrase or changed bytes, `config` where it is no key file, or has a passphrase
 * and none is given.
 */
export async function importKeys(text: string, options: { readonly passphrase?: string } = {}): Promise<OfficeKeys> {
  if (text.length > LONGEST) throw new TransportError('config');
  const trimmed = text.trim();
  const plain = trimmed.startsWith('{') ? trimmed : await unlock(trimmed, options.passphrase);
  try {
    const set: unknown = JSON.parse(plain);
    if (isObject(set) && Array.isArray(set.keys) && set.keys.every(isObject)) {
      return officeKeys(set.keys as unknown as PrivateJwk[]);
    }
  } catch (error) {
    // What JSON says of a text quotes it.
    throw error instanceof TransportError ? error : new TransportError('config');
  }
  throw new TransportError('config');
}

async function unlock(jwe: string, passphrase: string | undefined): Promise<string> {
  if (passphrase === undefined || jwe.split('.', 6).length !== 5) throw new TransportError('config');
  const secret = secretOf(passphrase);
  try {
    const { plaintext } = await compactDecrypt(jwe, secret, {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: MOST_ROUNDS,
      maxDecompressedLength: 0,
    });
    return fromUtf8(plaintext);
  } catch (cause) {
    throw new TransportError('decrypt', { cause });
  }
}

/** The same passphrase on every keyboard: composed as NFC. */
function secretOf(passphrase: string): Uint8Array {
  if (passphrase === '') throw new TransportError('config');
  return utf8(passphrase.normalize('NFC'));
}
