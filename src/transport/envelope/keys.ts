import type { GeneralJWE, JWK } from 'jose';

/** How signatures are made; nothing else is accepted. */
export type SignatureAlgorithm = 'ES256' | 'EdDSA' | 'RS256';
/** How the key of a manifest is wrapped for a receiver; nothing else is accepted. */
export type WrapAlgorithm = 'ECDH-ES+A256KW' | 'RSA-OAEP-256';

/** A public key of an office. Times in milliseconds since 1970 UTC. */
export interface PublicKey {
  /** The RFC 7638 thumbprint of the key (SHA-256), or a name that its owner gave it. */
  readonly kid: string;
  readonly use: 'sig' | 'enc';
  readonly alg: SignatureAlgorithm | WrapAlgorithm;
  /** Without private members. */
  readonly jwk: JWK;
  /** The certificate of the key and those above it, DER in base64, the key's own first. */
  readonly x5c?: readonly string[];
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** What was signed later, or is to be sealed now, is refused. */
  readonly revokedAt?: number;
}

/** Signs for an office: with a key in memory, in an HSM, or in the store of Windows. */
export interface Signer {
  readonly kid: string;
  readonly alg: SignatureAlgorithm;
  /** The certificates that go with every signature. */
  readonly x5c?: readonly string[];
  /** A compact JWS over these bytes; its protected header holds alg, kid, typ, and x5c where there is one. */
  sign(payload: Uint8Array, typ: string): Promise<string>;
}

/** Opens what is sealed for an office: with keys in memory, in an HSM, or in the store of Windows. */
export interface Decrypter {
  /** The keys it can open with. */
  readonly kids: readonly string[];
  /** The plaintext for one of the recipients, named by its kid. Throws a TransportError (`decrypt`). */
  decrypt(jwe: GeneralJWE, kid: string): Promise<Uint8Array>;
}

/** The keys that an office acts with, and their public halves as others see them. */
export interface OfficeKeys {
  readonly signer: Signer;
  readonly decrypter: Decrypter;
  /** Its signing key and those that it opens with; what is sealed is sealed for the valid ones of the latter too. */
  readonly publicKeys: readonly PublicKey[];
}
