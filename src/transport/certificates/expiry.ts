import { type ExpiryWarning, expiryWarnings, type PublicKey } from '../envelope/index.js';
import { readDer } from './chain.js';

/**
 * Which of these keys and of their certificates end soon, the first to end first.
 *
 * As `expiryWarnings` of `./transport/envelope`, with the certificates. Throws a TransportError (`key.untrusted`) for what is no certificate.
 */
export function certificateExpiryWarnings(
  keys: readonly PublicKey[],
  options: { readonly now?: number; readonly days?: readonly number[] } = {},
): readonly ExpiryWarning[] {
  const certificates = keys.flatMap(({ kid, x5c = [] }) =>
    x5c.map((der, certificate) => ({ kid, certificate, notAfter: readDer(der).validTo })),
  );
  return expiryWarnings([...keys, ...certificates], options);
}
