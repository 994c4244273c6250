import { plainKey, publicJwk } from './key-form.js';
import type { PublicKey, Signer } from './keys.js';
import { verifySignature } from './signature.js';
import { fromUtf8, utf8 } from './text.js';

const TYP = 'careplan-key+jws';
const LONGEST = 8192;

/** A key for which an older signing key of the same office vouches. Its dates may change; the key, its use and kid may not. */
export async function endorseKey(key: PublicKey, by: Signer): Promise<PublicKey> {
  return plainKey({ ...key, endorsement: await by.sign(utf8(textOf(plainKey(key))), TYP) });
}

/** Whether one of these keys vouches for a key. */
export async function isEndorsed(key: PublicKey, by: readonly PublicKey[]): Promise<boolean> {
  if (key.endorsement === undefined) return false;
  try {
    const { payload } = await verifySignature(key.endorsement, TYP, by, LONGEST);
    return fromUtf8(payload) === textOf(key);
  } catch {
    return false;
  }
}

const textOf = ({ alg, jwk, kid, use }: PublicKey): string =>
  JSON.stringify({ alg, jwk: publicJwk(jwk), kid, use, v: 1 });
