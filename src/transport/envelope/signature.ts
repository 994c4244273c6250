import { base64url, compactVerify, type JWK } from 'jose';
import { TransportError } from '../error.js';
import { isChain, publicJwk } from './key-form.js';
import { distinctKeys, keyFault } from './key-validity.js';
import type { CertificateCheck, KeyMaterial, PublicKey, SignatureAlgorithm } from './keys.js';
import { fromUtf8, hasOnly, isBase64url, objectOf } from './text.js';

const ALGORITHMS: readonly string[] = ['ES256', 'EdDSA', 'RS256'] satisfies SignatureAlgorithm[];
/** Four certificates and their names. */
const LONGEST_HEADER = 48 * 1024;

/** A signature that holds; whether its key did when it was made is not yet said. */
export interface Signed {
  readonly payload: Uint8Array;
  readonly key: PublicKey;
  readonly x5c: readonly string[] | undefined;
}

/**
 * Verifies a compact JWS with the one of these keys that it names.
 *
 * Its header must hold alg, kid, typ and perhaps x5c, nothing else: no crit, no b64, no key and no address of one.
 * Throws a TransportError: `signature`; `key.unknown` where no signing key has its kid; `key.untrusted` where keys clash or its
 * certificates are others than those of the key.
 */
export async function verifySignature(
  jws: string,
  typ: string,
  keys: readonly PublicKey[],
  longest: number,
): Promise<Signed> {
  const refuse = (): never => {
    throw new TransportError('signature');
  };
  if (typeof jws !== 'string' || jws.length > longest) refuse();
  const segments = jws.split('.', 4);
  if (segments.length !== 3 || !segments.every(isBase64url)) refuse();
  const { alg, kid, x5c } = readHeader(segments[0] as string, typ) ?? refuse();
  const key = distinctKeys(keys.filter(({ use }) => use === 'sig')).find((one) => one.kid === kid);
  if (!key) throw new TransportError('key.unknown');
  if (key.alg !== alg) refuse();
  if (x5c && key.x5c && JSON.stringify(x5c) !== JSON.stringify(key.x5c)) throw new TransportError('key.untrusted');
  try {
    const { payload } = await compactVerify(jws, importedOnce(key.jwk), { algorithms: [alg] });
    return { payload, key, x5c: x5c ?? key.x5c };
  } catch (cause) {
    throw new TransportError('signature', { cause });
  }
}

/** The most keys that are kept imported: those of a relay, and of the offices that one deals with. */
const MOST_KEYS = 500;
const imported = new Map<string, JWK>();

/** A key as one object, however often it is asked for: an object that is known is not imported again. */
function importedOnce(jwk: KeyMaterial): JWK {
  const open = publicJwk(jwk) ?? {};
  const name = JSON.stringify(open);
  const known = imported.get(name);
  if (known) return known;
  if (imported.size >= MOST_KEYS) imported.clear();
  imported.set(name, open);
  return open;
}

/** Refuses a signature whose key, or its certificates where those are wanted, did not hold when it was made. */
export async function checkSigner(
  { key, x5c }: Signed,
  times: { readonly signedAt: number; readonly now: number },
  certificates: CertificateCheck | undefined,
): Promise<void> {
  // When something was signed is what the signer says: whoever stole a key says what he likes. When it was revoked is known.
  const fault =
    keyFault(key, times.signedAt) ?? (keyFault(key, times.now) === 'key.revoked' ? 'key.revoked' : undefined);
  if (fault) throw new TransportError(fault);
  if (!certificates) return;
  if (!x5c) throw new TransportError('key.untrusted');
  await certificates.check(x5c, publicJwk(key.jwk) ?? {}, times);
}

function readHeader(segment: string, typ: string) {
  if (segment.length > LONGEST_HEADER) return undefined;
  let text: string;
  try {
    text = fromUtf8(base64url.decode(segment));
  } catch {
    return undefined;
  }
  const header = objectOf(text);
  if (!header || !hasOnly(header, ['alg', 'kid', 'typ', 'x5c']) || header.typ !== typ) return undefined;
  const { alg, kid, x5c } = header;
  if (typeof alg !== 'string' || !ALGORITHMS.includes(alg) || typeof kid !== 'string') return undefined;
  return x5c === undefined || isChain(x5c) ? { alg, kid, x5c } : undefined;
}
