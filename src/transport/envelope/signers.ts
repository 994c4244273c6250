import { base64url, CompactSign, type JWK } from 'jose';
import { TransportError } from '../error.js';
import type { SignatureAlgorithm, Signer } from './keys.js';
import { encodeJson, utf8 } from './text.js';

type Named = Pick<Signer, 'kid' | 'alg' | 'x5c'>;
const headerOf = ({ alg, kid, x5c }: Named, typ: string) => ({ alg, kid, typ, ...(x5c ? { x5c: [...x5c] } : {}) });

/** Signs with a private JWK in memory. */
export function jwkSigner(named: Named, jwk: JWK): Signer {
  return {
    ...named,
    sign: (payload, typ) => new CompactSign(payload).setProtectedHeader(headerOf(named, typ)).sign(jwk),
  };
}

const LENGTHS: Readonly<Partial<Record<SignatureAlgorithm, number>>> = { ES256: 64, EdDSA: 64 };

/**
 * Signs with a key that only signs bytes: in an HSM, a card, the store of Windows.
 *
 * `sign` is given the bytes to sign, not their hash, and gives the signature as JOSE has it (RFC 7518, section 3): of ES256 r and s
 * of 32 bytes each, not DER. Throws a TransportError (`config`) where it has another length.
 */
export function rawSigner(options: Named & { readonly sign: (bytes: Uint8Array) => Promise<Uint8Array> }): Signer {
  const { kid, alg, x5c } = options;
  const named = { kid, alg, ...(x5c ? { x5c } : {}) };
  return {
    ...named,
    async sign(payload, typ) {
      const signed = `${encodeJson(headerOf(named, typ))}.${base64url.encode(payload)}`;
      const signature = await options.sign(utf8(signed));
      const length = LENGTHS[alg];
      if (length === undefined ? signature.length < 256 : signature.length !== length)
        throw new TransportError('config');
      return `${signed}.${base64url.encode(signature)}`;
    },
  };
}
