import type { GeneralJWE, JWK } from 'jose';

/** How signatures are made; nothing else is accepted. */
export type SignatureAlgorithm = 'ES256' | 'EdDSA' | 'RS256';
/** How the key of a manifest is wrapped for a receiver; nothing else is accepted. */
export type WrapAlgorithm = 'ECDH-ES+A256KW' | 'RSA-OAEP-256';

/** What is said of a key beside the key itself. Times in milliseconds since 1970 UTC. */
export interface KeyFacts {
  /**
   * The RFC 7638 thumbprint of the key (SHA-256), or a name that its owner gave it: 1 to 200 characters of ASCII. A name
   * must be the only one of its kind among all offices: nothing is sealed for two keys of one name.
   */
  readonly kid: string;
  readonly use: 'sig' | 'enc';
  readonly alg: SignatureAlgorithm | WrapAlgorithm;
  /** The certificate of the key and those above it, DER in base64, the key's own first: at most 4. */
  readonly x5c?: readonly string[];
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** From then on nothing is sealed for it, and what it signed is refused, whatever time the signature claims. */
  readonly revokedAt?: number;
  /** A compact JWS (`careplan-key+jws`) by an older signing key of the same office that vouches for this one. */
  readonly endorsement?: string;
}

/** A public key of an office. */
export interface PublicKey extends KeyFacts {
  /** Without private members: P-256 (`ES256`, `ECDH-ES+A256KW`), Ed25519, X25519, RSA of 2048 to 8192 bits. */
  readonly jwk: JWK;
}

/** The numbers of a key, and what is said of it left out. */
export type KeyMaterial = Omit<JWK, keyof KeyFacts>;

/** A key of one's own as a key file holds it: a JWK with what is said of it. Of retired signing keys only the public half. */
export type PrivateJwk = KeyMaterial & KeyFacts;

/** Signs for an office: with a key in memory, in an HSM, or in the store of Windows. */
export interface Signer {
  readonly kid: string;
  readonly alg: SignatureAlgorithm;
  /** The certificates that go with every signature. */
  readonly x5c?: readonly string[];
  /** A compact JWS over these bytes; its protected header holds alg, kid, typ, and x5c where there is one: nothing else. */
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
  /** Its signing keys and those that it opens with; what is sealed is sealed for the valid ones of the latter too. */
  readonly publicKeys: readonly PublicKey[];
}

/** Judges the certificates that go with a signature; `./transport/certificates` has one that needs Node. */
export interface CertificateCheck {
  /**
   * Proves that a chain (DER in base64, the signer's own first) leads to a trusted root, and that its first certificate is
   * that of this key. `signedAt` is when it was signed, as the signer says; `now` when it arrived.
   *
   * Throws a TransportError: `key.untrusted`, `key.expired`, `key.revoked`.
   */
  check(chain: readonly string[], jwk: JWK, times: { readonly signedAt: number; readonly now: number }): Promise<void>;
}
