/** Certificate chains of signatures (`x5c`), checked with node:crypto. */
export { type CertificateCheckOptions, certificateCheck, type RevokedCertificate } from './check.js';
export { certificateExpiryWarnings } from './expiry.js';
