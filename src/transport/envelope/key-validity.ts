import { TransportError } from '../error.js';
import { plainKey, sameKey } from './key-form.js';
import type { PublicKey } from './keys.js';

/** Why a key cannot be used at a time; undefined where it can. */
export function keyFault(key: PublicKey, at: number): 'key.expired' | 'key.revoked' | undefined {
  if (key.revokedAt !== undefined && key.revokedAt <= at) return 'key.revoked';
  if (at < (key.notBefore ?? 0) || at > (key.notAfter ?? Number.POSITIVE_INFINITY)) return 'key.expired';
  return undefined;
}

/**
 * The keys of an office that something may be sealed for at a time.
 *
 * Throws a TransportError where there is none: `key.unknown`, or `key.revoked` or `key.expired` where the last one is that.
 */
export function encryptionKeys(keys: readonly PublicKey[], at: number): readonly PublicKey[] {
  const candidates = keys.filter(({ use }) => use === 'enc');
  const valid = candidates.filter((key) => keyFault(key, at) === undefined);
  if (valid.length > 0) return valid;
  const last = candidates.at(-1);
  throw new TransportError((last && keyFault(last, at)) ?? 'key.unknown');
}

/** Keys that are well formed, each kid once. Throws `key.untrusted` where two keys have one kid, or one is malformed. */
export function distinctKeys(keys: readonly PublicKey[]): readonly PublicKey[] {
  const byKid = new Map<string, PublicKey>();
  for (const key of keys.map(plainKey)) {
    const known = byKid.get(key.kid);
    if (known && !sameKey(known, key)) throw new TransportError('key.untrusted');
    if (!known) byKid.set(key.kid, key);
  }
  return [...byKid.values()];
}
