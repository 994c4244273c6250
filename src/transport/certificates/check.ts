import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { CertificateCheck } from '../envelope/index.js';
import { TransportError } from '../error.js';
import { type Certificate, mayDo, pathOf, readCertificate, readDer } from './chain.js';

/** A certificate by its issuer and number, as `X509Certificate` of node:crypto gives `issuer` and `serialNumber`. */
export interface RevokedCertificate {
  readonly issuer: string;
  /** Hexadecimal digits. */
  readonly serialNumber: string;
}

export interface CertificateCheckOptions {
  /** The certificates of those who are trusted to issue, PEM or DER: those alone, none that the machine knows. */
  readonly roots: readonly (string | Uint8Array)[];
  /** Certificates that were revoked, of offices and of those between: a list, or who knows. Nobody is asked over the network. */
  readonly revoked?: readonly RevokedCertificate[] | ((certificate: RevokedCertificate) => boolean | Promise<boolean>);
  /** Milliseconds for which what was signed in time is accepted after a certificate has ended: 0 where absent. */
  readonly graceMs?: number;
}

/** Certificates of a chain, the root not counted where it does not come with it. */
const LONGEST = 4;

/**
 * Judges the certificates of signatures by pinned roots.
 *
 * A chain holds if each issued the one before (names, key identifiers, signatures by SHA-256 or better), all but the first may issue
 * (CA flag, key usage, path length) and the first may sign and is that of the signer's key; if all were valid when it was signed and are
 * now; and if none is revoked. Throws a TransportError (`config`) where a root is none.
 */
export function certificateCheck(options: CertificateCheckOptions): CertificateCheck {
  const { graceMs = 0 } = options;
  const isRevoked = revocation(options.revoked ?? []);
  let roots: readonly Certificate[];
  try {
    roots = options.roots.map(readCertificate);
  } catch (cause) {
    throw new TransportError('config', { cause });
  }
  if (roots.length === 0 || !roots.every(({ facts }) => facts.ca)) throw new TransportError('config');
  return {
    async check(chain, jwk, { signedAt, now }) {
      const refuse = (code: 'key.untrusted' | 'key.expired' | 'key.revoked'): never => {
        throw new TransportError(code);
      };
      if (chain.length > LONGEST) refuse('key.untrusted');
      const path = pathOf(chain.map(readDer), roots) ?? refuse('key.untrusted');
      if (!mayDo(path) || !isKeyOf(path[0] as Certificate, jwk as JsonWebKey)) refuse('key.untrusted');
      for (const { x509 } of path) if (await isRevoked(x509)) refuse('key.revoked');
      for (const { validFrom, validTo } of path) {
        const late = Math.max(signedAt, now - graceMs);
        if (signedAt < validFrom || now < validFrom || late > validTo) refuse('key.expired');
      }
    },
  };
}

function revocation(revoked: NonNullable<CertificateCheckOptions['revoked']>) {
  const plain = ({ issuer, serialNumber }: RevokedCertificate) =>
    `${serialNumber.toUpperCase().replace(/^0+/, '')}\n${issuer}`;
  if (typeof revoked === 'function') {
    return ({ issuer, serialNumber }: RevokedCertificate) => revoked({ issuer, serialNumber });
  }
  const known = new Set(revoked.map(plain));
  return (certificate: RevokedCertificate) => known.has(plain(certificate));
}

function isKeyOf({ x509 }: Certificate, jwk: JsonWebKey): boolean {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' }).equals(x509.publicKey);
  } catch {
    return false;
  }
}
