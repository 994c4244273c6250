import { readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import { publicHalf } from '../sandbox/offices.js';
import { UsageError, type WORDS } from './words.js';

type Words = (typeof WORDS)['en' | 'ja'];

export async function readText(file: string, words: Words): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new UsageError(words.noFile(file));
  }
}

/** A public key (JWK). Private members, where there are any, are left where they are. */
export async function readKey(file: string, words: Words): Promise<JWK> {
  const text = await readText(file, words);
  try {
    const jwk = JSON.parse(text) as JWK;
    if (typeof jwk.kty !== 'string') throw new TypeError();
    return jwk.kty === 'EC' ? publicHalf(jwk) : { kty: jwk.kty, ...members(jwk, ['crv', 'x', 'n', 'e']) };
  } catch {
    throw new UsageError(words.noJson(file));
  }
}

const members = (jwk: JWK, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(jwk).filter(([name]) => names.includes(name))) as Record<string, string>;
