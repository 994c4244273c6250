/**
 * What is known of a message after an error: it did not leave (`not-sent`), it may have arrived (`unknown`), or the far
 * side has it and refuses it (`rejected`).
 */
export type Outcome = 'not-sent' | 'unknown' | 'rejected';

/**
 * Whether the same attempt may be made again: never; at once; after a while; or after a person has done something.
 * An `unknown` outcome is tried again only where sending twice is harmless, else the far side is asked first.
 */
export type Retry = 'never' | 'now' | 'backoff' | 'after-person';

/** Every error code with its usual outcome and retry. Codes are never renamed. */
export const TRANSPORT_ERRORS = Object.freeze({
  aborted: ['unknown', 'never'],
  'timeout.connect': ['not-sent', 'backoff'],
  'timeout.response': ['unknown', 'backoff'],
  'timeout.body': ['unknown', 'backoff'],
  'network.unreachable': ['not-sent', 'backoff'],
  'network.dns': ['not-sent', 'backoff'],
  'network.tls': ['not-sent', 'after-person'],
  'network.reset': ['unknown', 'backoff'],
  'network.truncated': ['unknown', 'backoff'],
  protocol: ['unknown', 'backoff'],
  'auth.expired': ['not-sent', 'now'],
  'auth.interaction-required': ['not-sent', 'after-person'],
  'auth.denied': ['rejected', 'never'],
  'clock-skew': ['not-sent', 'now'],
  'address.unknown': ['rejected', 'never'],
  'address.inactive': ['rejected', 'never'],
  'address.self': ['rejected', 'never'],
  'key.unknown': ['not-sent', 'after-person'],
  'key.untrusted': ['not-sent', 'after-person'],
  'key.expired': ['not-sent', 'after-person'],
  'key.revoked': ['not-sent', 'after-person'],
  'message.conflict': ['rejected', 'never'],
  'message.invalid': ['rejected', 'never'],
  'message.unknown': ['rejected', 'never'],
  'serial.conflict': ['rejected', 'after-person'],
  'receipt.conflict': ['rejected', 'never'],
  'combination.invalid': ['rejected', 'never'],
  'standard.unsupported': ['rejected', 'never'],
  'integrity.wire': ['not-sent', 'now'],
  'integrity.content': ['not-sent', 'never'],
  decrypt: ['not-sent', 'never'],
  signature: ['not-sent', 'never'],
  'manifest.mismatch': ['not-sent', 'never'],
  'too-large': ['rejected', 'never'],
  'quota.mailbox': ['not-sent', 'backoff'],
  'rate-limited': ['not-sent', 'backoff'],
  unavailable: ['not-sent', 'backoff'],
  'gone.expired': ['rejected', 'never'],
  'gone.recalled': ['rejected', 'never'],
  'recall.too-late': ['rejected', 'never'],
  business: ['rejected', 'never'],
  'storage.full': ['not-sent', 'backoff'],
  'storage.io': ['not-sent', 'backoff'],
  'storage.locked': ['not-sent', 'backoff'],
  'storage.damaged': ['not-sent', 'after-person'],
  unsupported: ['not-sent', 'never'],
  closed: ['not-sent', 'never'],
  config: ['not-sent', 'never'],
  internal: ['unknown', 'backoff'],
} as const satisfies Readonly<Record<string, readonly [Outcome, Retry]>>);

export type TransportErrorCode = keyof typeof TRANSPORT_ERRORS;
