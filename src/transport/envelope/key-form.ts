import type { JWK } from 'jose';
import { TransportError } from '../error.js';
import type { KeyFacts, KeyMaterial, PublicKey } from './keys.js';
import { bytesIn, hasOnly, isBase64url, isObject, isTime } from './text.js';

const KID = /^[\x21-\x7e]{1,200}$/;
const FACTS = ['kid', 'use', 'alg', 'x5c', 'notBefore', 'notAfter', 'revokedAt', 'endorsement'] as const;

/** The kinds of keys: which members they have, how long, and for which algorithms. */
const FORMS: readonly {
  kty: string;
  crv?: string;
  algs: readonly string[];
  lengths: Readonly<Record<string, number>>;
}[] = [
  { kty: 'EC', crv: 'P-256', algs: ['ES256', 'ECDH-ES+A256KW'], lengths: { x: 32, y: 32 } },
  { kty: 'OKP', crv: 'Ed25519', algs: ['EdDSA'], lengths: { x: 32 } },
  { kty: 'OKP', crv: 'X25519', algs: ['ECDH-ES+A256KW'], lengths: { x: 32 } },
  { kty: 'RSA', algs: ['RS256', 'RSA-OAEP-256'], lengths: {} },
];
const SIGNING: readonly string[] = ['ES256', 'EdDSA', 'RS256'];

const formOf = ({ kty, crv }: KeyMaterial) =>
  FORMS.find((form) => form.kty === kty && (form.crv === undefined || form.crv === crv));

/** The members that make a JWK public, and no others; undefined where it is none of the kinds that are used here. */
export function publicJwk(jwk: KeyMaterial): JWK | undefined {
  const form = formOf(jwk);
  if (form?.kty === 'RSA') {
    const { n, e } = jwk;
    const sound = isBase64url(n) && isBase64url(e) && bytesIn(n) >= 256 && bytesIn(n) <= 1024 && bytesIn(e) <= 4;
    return sound ? { e, kty: 'RSA', n } : undefined;
  }
  if (!form?.crv) return undefined;
  const members = Object.entries(form.lengths).map(
    ([name, length]) => [name, jwk[name as keyof KeyMaterial], length] as const,
  );
  if (!members.every(([, value, length]) => isBase64url(value) && bytesIn(value) === length)) return undefined;
  return { crv: form.crv, kty: form.kty, ...Object.fromEntries(members) };
}

/** What is said of a key, in the order of RFC 8785; what is absent stays away. */
export const factsOf = (key: KeyFacts): KeyFacts =>
  Object.fromEntries(
    [...FACTS]
      .sort()
      .filter((name) => key[name] !== undefined)
      .map((name) => [name, key[name]]),
  ) as unknown as KeyFacts;

/** A public key in the order of RFC 8785. Throws a TransportError (`key.untrusted`) where it is not well formed. */
export function plainKey(key: PublicKey): PublicKey {
  if (!isPublicKey(key)) throw new TransportError('key.untrusted');
  const { alg, ...facts } = factsOf(key);
  const { endorsement, ...more } = facts;
  return { alg, ...(endorsement === undefined ? {} : { endorsement }), jwk: publicJwk(key.jwk) as JWK, ...more };
}

/** Whether a value is a public key: well formed, of a kind that fits its algorithm, the algorithm fit for its use. */
export function isPublicKey(value: unknown): value is PublicKey {
  if (!isObject(value) || !hasOnly(value, [...FACTS, 'jwk'])) return false;
  const { jwk, use, alg } = value as unknown as PublicKey;
  if (!isObject(jwk) || !hasFacts(value as unknown as KeyFacts)) return false;
  const form = formOf(jwk as JWK);
  return !!form?.algs.includes(alg) && (use === 'sig') === SIGNING.includes(alg) && publicJwk(jwk as JWK) !== undefined;
}

function hasFacts({ kid, use, x5c, notBefore, notAfter, revokedAt, endorsement }: KeyFacts): boolean {
  if (typeof kid !== 'string' || !KID.test(kid) || (use !== 'sig' && use !== 'enc')) return false;
  if (![notBefore, notAfter, revokedAt].every((time) => time === undefined || isTime(time))) return false;
  if (endorsement !== undefined && (typeof endorsement !== 'string' || endorsement.length > 8192)) return false;
  return x5c === undefined || isChain(x5c);
}

/** Whether a value may be a chain of certificates: one to four, of at most 8 KiB of base64 each. */
export const isChain = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= 4 &&
  value.every((one) => typeof one === 'string' && one.length <= 8192 && /^[A-Za-z0-9+/]+={0,2}$/.test(one));

/** Whether two keys are the same key, whatever is said of them. */
export const sameKey = (a: PublicKey, b: PublicKey): boolean =>
  a.alg === b.alg && a.use === b.use && JSON.stringify(publicJwk(a.jwk)) === JSON.stringify(publicJwk(b.jwk));
