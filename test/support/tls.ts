import { ExtendedKeyUsageExtension, type Extension, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { ca, ISSUES, type Made, type Make, make, SIGNS } from './certificates.js';
import { DAY } from './envelope.js';

/** Certificates of a handshake are judged by the clock of the machine. */
const valid = () => ({ notBefore: Date.now() - DAY, notAfter: Date.now() + DAY });

export const ip = (value: string): Extension => new SubjectAlternativeNameExtension([{ type: 'ip', value }]);
export const dns = (value: string): Extension => new SubjectAlternativeNameExtension([{ type: 'dns', value }]);
export const SERVES = new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']);
export const ASKS = new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2']);

export const authority = (more: Partial<Make> = {}): Promise<Made> =>
  make({ name: 'Authority', ...valid(), extensions: [ca(), ISSUES], ...more });

/** A certificate of a server at 127.0.0.1. */
export const serverOf = (issuer: Made, more: Partial<Make> = {}): Promise<Made> =>
  make({ name: 'relay', issuer, ...valid(), extensions: [SIGNS, SERVES, ip('127.0.0.1')], ...more });

/** A certificate of a client. */
export const clientOf = (issuer: Made, more: Partial<Make> = {}): Promise<Made> =>
  make({ name: 'office', issuer, ...valid(), extensions: [SIGNS, ASKS], ...more });

/** Certificate and key as servers and agents take them: PEM, the certificate first and those above it after. */
export async function pemOf(
  made: Made,
  ...above: readonly Made[]
): Promise<{ readonly cert: string; readonly key: string }> {
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', made.keys.privateKey)).toString('base64');
  return {
    cert: [made, ...above].map(({ pem }) => pem).join('\n'),
    key: `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`,
  };
}
