import { TransportError } from '../error.js';
import type { PublicKey } from './keys.js';
import { verifySignature } from './signature.js';
import { fromUtf8, isObject, isTime } from './text.js';

const TYP = 'careplan-relay-receipt+jws';
const LONGEST = 16 * 1024;
const HASH = /^[0-9a-f]{64}$/;

/** What a relay signs when it takes responsibility for a sealed message. */
export interface RelayReceipt {
  readonly id: string;
  /** SHA-256 of the routing header and of the sealed manifest, 64 hexadecimal digits. */
  readonly headerSha256: string;
  readonly manifestSha256: string;
  /** Milliseconds since 1970 UTC. */
  readonly acceptedAt: number;
  /** Its place in the receiver's mailbox. */
  readonly inboxSeq: number;
  /** The origin of the relay. */
  readonly relay: string;
}

/**
 * Proves that a receipt is by a relay with one of these keys.
 *
 * Throws a TransportError: `signature`, also where it is malformed; `key.unknown`, `key.untrusted`.
 */
export async function verifyRelayReceipt(jws: string, keys: readonly PublicKey[]): Promise<RelayReceipt> {
  const { payload } = await verifySignature(jws, TYP, keys, LONGEST);
  const receipt = parse(payload);
  if (!receipt) throw new TransportError('signature');
  return receipt;
}

function parse(payload: Uint8Array): RelayReceipt | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(payload));
    if (!isObject(value)) return undefined;
    const { id, headerSha256, manifestSha256, acceptedAt, inboxSeq, relay } = value as unknown as RelayReceipt;
    const isSound =
      [headerSha256, manifestSha256].every((hash) => HASH.test(String(hash))) &&
      [id, relay].every((text) => typeof text === 'string') &&
      isTime(acceptedAt) &&
      Number.isSafeInteger(inboxSeq);
    return isSound ? { id, headerSha256, manifestSha256, acceptedAt, inboxSeq, relay } : undefined;
  } catch {
    return undefined;
  }
}
