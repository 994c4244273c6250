import {
  BasicConstraintsExtension,
  cryptoProvider,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { JWK } from 'jose';
import { DAY, NOW } from './envelope.js';

cryptoProvider.set(crypto);

/** A certificate made for a test, with its private key. */
export interface Made {
  readonly certificate: X509Certificate;
  readonly keys: CryptoKeyPair;
  /** DER in base64, as in `x5c`. */
  readonly der: string;
  readonly pem: string;
}

export interface Make {
  readonly name: string;
  /** By itself where absent. */
  readonly issuer?: Made;
  readonly keys?: CryptoKeyPair;
  readonly serialNumber?: string;
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly hash?: string;
  readonly extensions?: readonly Extension[];
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export const generateKeys = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

export const ca = (pathLength?: number): BasicConstraintsExtension =>
  new BasicConstraintsExtension(true, pathLength, true);
export const usage = (flags: KeyUsageFlags): KeyUsagesExtension => new KeyUsagesExtension(flags, true);
/** What those have who issue, and those who sign. */
export const ISSUES = usage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign);
export const SIGNS = usage(KeyUsageFlags.digitalSignature);

export async function make(options: Make): Promise<Made> {
  const { name, issuer, serialNumber = '0100', hash = 'SHA-256', extensions = [] } = options;
  const keys = options.keys ?? (await generateKeys());
  const certificate = await X509CertificateGenerator.create({
    serialNumber,
    subject: `CN=${name}`,
    issuer: issuer?.certificate.subject ?? `CN=${name}`,
    notBefore: new Date(options.notBefore ?? NOW - 30 * DAY),
    notAfter: new Date(options.notAfter ?? NOW + 365 * DAY),
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    signingAlgorithm: { name: 'ECDSA', hash },
    extensions: [...extensions],
  });
  return {
    certificate,
    keys,
    der: Buffer.from(certificate.rawData).toString('base64'),
    pem: certificate.toString('pem'),
  };
}

/** A root, one that it lets issue, and an office. */
export async function hierarchy(): Promise<{ readonly root: Made; readonly middle: Made; readonly office: Made }> {
  const root = await make({ name: 'Root', extensions: [ca(), ISSUES] });
  const middle = await make({ name: 'Middle', issuer: root, serialNumber: '0200', extensions: [ca(0), ISSUES] });
  const office = await make({ name: 'Office', issuer: middle, serialNumber: '0300', extensions: [SIGNS] });
  return { root, middle, office };
}

export const publicJwkOf = async ({ keys }: Made): Promise<JWK> => {
  const { kty, crv, x, y } = (await crypto.subtle.exportKey('jwk', keys.publicKey)) as JWK;
  return { kty, crv, x, y } as JWK;
};

export const privateJwkOf = async ({ keys }: Made): Promise<JWK> => {
  const { kty, crv, x, y, d } = (await crypto.subtle.exportKey('jwk', keys.privateKey)) as JWK;
  return { kty, crv, x, y, d } as JWK;
};
