import { type Address, formatAddress } from '../address.js';
import { bytesOfText } from '../ascii.js';
import type { Signer } from '../envelope/index.js';

const LIFE = 60;

/** What a token is for: one request, with this body. */
export interface TokenFor {
  readonly origin: string;
  readonly method: string;
  /** Path and query as in the request. */
  readonly path: string;
  /** The value of `Content-Digest`; absent where there is no body. */
  readonly digest?: string;
  /** The time of the relay, in milliseconds since 1970 UTC. */
  readonly now: number;
}

/** A token for one attempt (protocol, section 3). */
export function token(
  address: Address,
  signer: Signer,
  { origin, method, path, digest, now }: TokenFor,
): Promise<string> {
  const iat = Math.floor(now / 1000);
  const claims = {
    iss: formatAddress(address),
    aud: origin,
    htm: method,
    htu: path,
    ...(digest === undefined ? {} : { cd: digest }),
    jti: random(),
    iat,
    exp: iat + LIFE,
  };
  return signer.sign(bytesOfText(JSON.stringify(claims)), 'careplan-token+jwt');
}

const random = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
