import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { TransportError } from '../error.js';
import { jwkDecrypter } from './decrypters.js';
import { endorseKey } from './endorsement.js';
import { factsOf, isPublicKey, publicJwk } from './key-form.js';
import type {
  KeyFacts,
  KeyMaterial,
  OfficeKeys,
  PrivateJwk,
  PublicKey,
  SignatureAlgorithm,
  WrapAlgorithm,
} from './keys.js';
import { jwkSigner } from './signers.js';

export interface NewKeys {
  /** `ES256` where absent. */
  readonly alg?: SignatureAlgorithm;
  /** `ECDH-ES+A256KW` where absent. */
  readonly encAlg?: WrapAlgorithm;
  /** Of `ECDH-ES+A256KW`: `P-256` where absent. */
  readonly curve?: 'P-256' | 'X25519';
  /** From when they are valid, in milliseconds since 1970 UTC; the present where absent. */
  readonly now?: number;
  /** 365 where absent. */
  readonly validDays?: number;
}

const DAY = 86_400_000;
/** The private halves lie beside the object, not in it: whoever logs it logs no key. */
const PRIVATE = new WeakMap<OfficeKeys, readonly PrivateJwk[]>();

/** New keys for an office: one to sign with, one to be sealed for. Named by their thumbprints. */
export const generateOfficeKeys = async (options: NewKeys = {}): Promise<OfficeKeys> =>
  officeKeys(await generate(options));

/**
 * The keys of an office from its private JWKs, each with `kid`, `use` and `alg`: it signs with the first signing key whose private
 * half is there, and opens with all of the others.
 *
 * Throws a TransportError (`config`) where one is malformed, two have one kid, or none signs.
 */
export function officeKeys(jwks: readonly PrivateJwk[]): OfficeKeys {
  const keys = jwks.map((jwk) => ({ ...factsOf(jwk), jwk: publicJwk(jwk), secret: secretJwk(jwk) }));
  const publicKeys = keys.map(({ secret, ...key }) => key);
  const signing = keys.find(({ use, secret }) => use === 'sig' && secret);
  const sound = publicKeys.every(isPublicKey) && new Set(publicKeys.map(({ kid }) => kid)).size === keys.length;
  if (!sound || !signing?.secret) throw new TransportError('config');
  const { kid, alg, x5c, secret } = signing;
  const opening = keys.flatMap((key) =>
    key.use === 'enc' && key.secret ? [{ kid: key.kid, alg: key.alg as WrapAlgorithm, jwk: key.secret }] : [],
  );
  const made: OfficeKeys = {
    signer: jwkSigner({ kid, alg: alg as SignatureAlgorithm, ...(x5c ? { x5c } : {}) }, secret),
    decrypter: jwkDecrypter(opening),
    publicKeys: publicKeys as readonly PublicKey[],
  };
  PRIVATE.set(
    made,
    keys.map(({ secret, jwk, ...facts }) => ({ ...(secret ?? jwk), ...facts }) as PrivateJwk),
  );
  return made;
}

/** The private JWKs of keys in memory. Throws a TransportError (`unsupported`) where an HSM or a store holds them. */
export function privateJwks(keys: OfficeKeys): readonly PrivateJwk[] {
  const jwks = PRIVATE.get(keys);
  if (!jwks) throw new TransportError('unsupported');
  return jwks;
}

/**
 * New keys in the place of old ones: both are vouched for by the old signing key. The old keys for opening stay, for what was sealed
 * before; of the old signing key the public half stays, valid until now, for what it signed.
 *
 * Throws a TransportError (`unsupported`) where an HSM or a store holds the old keys.
 */
export async function rotateKeys(keys: OfficeKeys, options: NewKeys = {}): Promise<OfficeKeys> {
  const now = options.now ?? Date.now();
  const old = privateJwks(keys);
  const { alg } = keys.signer;
  const fresh = await generate({ alg, ...options, now });
  const endorsed = await Promise.all(
    fresh.map(async (jwk) => {
      const key = { ...factsOf(jwk), jwk: publicJwk(jwk) as JWK };
      return { ...jwk, ...factsOf(await endorseKey(key, keys.signer)) };
    }),
  );
  const kept = old.map((jwk) =>
    jwk.use === 'enc'
      ? jwk
      : ({ ...publicJwk(jwk), ...factsOf(jwk), notAfter: Math.min(now, jwk.notAfter ?? now) } as PrivateJwk),
  );
  return officeKeys([...endorsed, ...kept]);
}

async function generate(options: NewKeys): Promise<PrivateJwk[]> {
  const { alg = 'ES256', encAlg = 'ECDH-ES+A256KW', curve = 'P-256', now = Date.now(), validDays = 365 } = options;
  const facts = { notBefore: now, notAfter: now + validDays * DAY };
  const make = async (use: KeyFacts['use'], name: KeyFacts['alg'], crv?: string): Promise<PrivateJwk> => {
    const { privateKey } = await generateKeyPair(name, { extractable: true, ...(crv ? { crv } : {}) });
    const jwk = await exportJWK(privateKey);
    return { ...secretJwk(jwk), kid: await calculateJwkThumbprint(jwk), use, alg: name, ...facts } as PrivateJwk;
  };
  return [await make('sig', alg), await make('enc', encAlg, encAlg === 'ECDH-ES+A256KW' ? curve : undefined)];
}

/** The members of a private key and no others; undefined where it is a public one. */
function secretJwk(jwk: KeyMaterial): JWK | undefined {
  const open = publicJwk(jwk);
  if (!open || typeof jwk.d !== 'string') return undefined;
  const more = Object.entries(jwk).filter(([name]) => ['d', 'p', 'q', 'dp', 'dq', 'qi'].includes(name));
  return { ...open, ...Object.fromEntries(more) };
}
