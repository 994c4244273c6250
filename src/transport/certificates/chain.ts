import { createHash, X509Certificate } from 'node:crypto';
import { TransportError } from '../error.js';
import { type CertificateFacts, readFacts } from './facts.js';

/** A certificate and what it may do. */
export interface Certificate {
  readonly x509: X509Certificate;
  readonly facts: CertificateFacts;
  readonly validFrom: number;
  readonly validTo: number;
}

/** Reads a certificate: PEM, or DER as bytes or in base64. Throws a TransportError (`key.untrusted`) for what is none. */
export const readCertificate = (source: string | Uint8Array): Certificate =>
  typeof source === 'string' && !source.includes('-----BEGIN') ? readDer(source) : read(source);

/** Reads a certificate as it stands in `x5c`: DER in base64, and nothing after it. Throws a TransportError (`key.untrusted`). */
export function readDer(base64: string): Certificate {
  const der = Buffer.from(base64, 'base64');
  const certificate = read(der);
  if (!certificate.x509.raw.equals(der)) throw new TransportError('key.untrusted');
  return certificate;
}

function read(source: string | Uint8Array): Certificate {
  try {
    const x509 = new X509Certificate(source);
    const validFrom = Date.parse(x509.validFrom);
    const validTo = Date.parse(x509.validTo);
    if (Number.isNaN(validFrom) || Number.isNaN(validTo)) throw new TransportError('key.untrusted');
    return { x509, facts: readFacts(x509.raw), validFrom, validTo };
  } catch (cause) {
    throw cause instanceof TransportError ? cause : new TransportError('key.untrusted', { cause });
  }
}

export const fingerprint = ({ x509 }: Certificate): string => createHash('sha256').update(x509.raw).digest('hex');

/** Whether one certificate issued another: by name, by key identifier where there is one, by signature. */
export const issued = (issuer: Certificate, subject: Certificate): boolean => {
  try {
    return subject.x509.checkIssued(issuer.x509) && subject.x509.verify(issuer.x509.publicKey) && subject.facts.sound;
  } catch {
    return false;
  }
};

/** The path from the certificate of a key to a pinned root; undefined where there is none. */
export function pathOf(
  chain: readonly Certificate[],
  roots: readonly Certificate[],
): readonly Certificate[] | undefined {
  const last = chain.at(-1);
  if (!last || !chain.slice(1).every((issuer, i) => issued(issuer, chain[i] as Certificate))) return undefined;
  if (chain.length > 1 && roots.some((root) => fingerprint(root) === fingerprint(last))) return chain;
  const root = roots.find((one) => fingerprint(one) !== fingerprint(last) && issued(one, last));
  return root && [...chain, root];
}

/** Whether each of a path may do what it does there: the first signs, the others issue, at this distance. */
export const mayDo = (path: readonly Certificate[]): boolean =>
  path.every(({ facts: { ca, usage, pathLength }, x509 }, i) => {
    if (!isStrong(x509)) return false;
    if (i === 0) return !ca && usage?.sign !== false;
    return ca && usage?.issue !== false && i - 1 <= (pathLength ?? path.length);
  });

const isStrong = ({ publicKey: { asymmetricKeyType, asymmetricKeyDetails } }: X509Certificate): boolean => {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  return asymmetricKeyType === 'ec' || asymmetricKeyType === 'ed25519';
};
