import { TransportError } from '../error.js';
import type { TransportErrorCode } from '../error-codes.js';

const CODES: Readonly<Record<string, TransportErrorCode>> = {
  ENOTFOUND: 'network.dns',
  ECONNREFUSED: 'network.unreachable',
  EHOSTUNREACH: 'network.unreachable',
  ENETUNREACH: 'network.unreachable',
  EADDRNOTAVAIL: 'network.unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'timeout.connect',
  ETIMEDOUT: 'timeout.connect',
  UND_ERR_HEADERS_TIMEOUT: 'timeout.response',
  UND_ERR_BODY_TIMEOUT: 'timeout.body',
  ECONNRESET: 'network.reset',
  EPIPE: 'network.reset',
  UND_ERR_SOCKET: 'network.reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'network.truncated',
  UND_ERR_RESPONSE: 'protocol',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  HTTPParserError: 'protocol',
};
/** Of a handshake. What is wrong with a certificate has OpenSSL's name, or is UNSPECIFIED where Node has none for it. */
const TLS =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|PATH_LENGTH_|ERROR_IN_C|ERR_OSSL)|^(EPROTO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|UNSPECIFIED)$/;

/**
 * What a request that got no answer, or not the whole of one, ended with.
 *
 * `reading`: the head of an answer was there, so the work may be done. `changes`: the request asked for a change. A browser tells nothing of why: then nothing is known.
 */
export function failureOf(
  thrown: unknown,
  signal: AbortSignal,
  { reading, changes }: { readonly reading: boolean; readonly changes: boolean },
): TransportError {
  if (thrown instanceof TransportError) return thrown;
  if (signal.aborted) {
    return new TransportError('aborted', { outcome: changes ? 'unknown' : 'not-sent', reason: signal.reason });
  }
  const code = codes(thrown)
    .map((one) => CODES[one] ?? (TLS.test(one) ? 'network.tls' : one.startsWith('HPE_') ? 'protocol' : undefined))
    .find((one) => one !== undefined);
  if (reading) return new TransportError(code === 'timeout.body' ? code : 'network.truncated', { cause: thrown });
  return new TransportError(code ?? 'network.reset', { cause: thrown });
}

/** The codes of an error and of those behind it. */
function codes(thrown: unknown): string[] {
  const found: string[] = [];
  for (let error = thrown, depth = 0; error && depth < 5; depth++) {
    const { code, cause, errors, syscall, name } = Object(error) as Readonly<Record<string, unknown>>;
    // An address that cannot be reached is told of a connection that stands, too: then the request may have arrived.
    const isStanding = syscall === 'read' || syscall === 'write';
    // Whatever a resolver says, it was asked before anything was sent.
    const isName = typeof syscall === 'string' && /^(getaddrinfo|query)/.test(syscall);
    if (isName) found.push('ENOTFOUND');
    else if (typeof code === 'string') found.push(isStanding && CODES[code] ? 'ECONNRESET' : code);
    // What is no HTTP has a code in some versions of Node, in others this name alone.
    else if (name === 'HTTPParserError') found.push(name);
    // Of several addresses that were tried, the last says as much as any.
    error = cause ?? (Array.isArray(errors) ? errors.at(-1) : undefined);
  }
  return found;
}
