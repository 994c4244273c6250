import { type Address, isAddress, sameAddress } from '../address.js';
import { TransportError } from '../error.js';
import { isMessageId } from '../id.js';
import type { CertificateCheck, PublicKey, Signer } from './keys.js';
import { checkSigner, verifySignature } from './signature.js';
import { fromUtf8, isObject, isTime, utf8 } from './text.js';

const TYP = 'careplan-receipt+jws';
const LONGEST = 64 * 1024;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** What a receiver signs of a message: that it is safely stored, was shown to a person, or is refused. */
export interface ReceiptContent {
  readonly messageId: string;
  /** The SHA-256 of the sealed manifest, 64 hexadecimal digits: `OpenedMessage.manifestSha256`. */
  readonly manifestSha256: string;
  /** Of the message: its sender, and its receiver, who signs this. */
  readonly from: Address;
  readonly to: Address;
  readonly kind: 'delivered' | 'read' | 'rejected';
  /** Why it is refused (`rejected` only): 1 to 20 codes, never words, for words may name a person. */
  readonly reasons?: readonly string[];
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** A receipt that was proved. */
export interface VerifiedReceipt extends ReceiptContent {
  /** The receiver's key that signed it. */
  readonly kid: string;
}

export interface ReceiptExpectation {
  readonly messageId: string;
  /** Of what was sent: the hash of the first part in its routing header. */
  readonly manifestSha256: string;
  /** Of the message, where they are to be compared too. */
  readonly from?: Address;
  readonly to?: Address;
  /** The verified keys of the message's receiver. */
  readonly keys: readonly PublicKey[];
  /** When it arrived, in milliseconds since 1970 UTC; the present where absent. */
  readonly now?: number;
  /** Where given, the signature must come with certificates that it accepts. */
  readonly certificates?: CertificateCheck;
}

/** Signs a receipt as a compact JWS (`careplan-receipt+jws`). Throws a TransportError (`config`) where it is malformed. */
export async function signReceipt(receipt: ReceiptContent, signer: Signer): Promise<string> {
  if (!isReceipt(receipt)) throw new TransportError('config');
  return signer.sign(utf8(format(receipt)), TYP);
}

/**
 * Proves that a receipt is by the receiver of this message, and of this message.
 *
 * Throws a TransportError: `signature`; `manifest.mismatch` (of another message, other bytes, another address, malformed);
 * `key.unknown`, `key.untrusted`, `key.expired`, `key.revoked`.
 */
export async function verifyReceipt(jws: string, expected: ReceiptExpectation): Promise<VerifiedReceipt> {
  const signed = await verifySignature(jws, TYP, expected.keys, LONGEST);
  const receipt = parse(signed.payload);
  if (!receipt || !isOf(receipt, expected)) throw new TransportError('manifest.mismatch');
  await checkSigner(signed, { signedAt: receipt.at, now: expected.now ?? Date.now() }, expected.certificates);
  return { ...receipt, kid: signed.key.kid };
}

function isOf({ messageId, manifestSha256, from, to }: ReceiptContent, expected: ReceiptExpectation): boolean {
  if (messageId !== expected.messageId || manifestSha256 !== expected.manifestSha256) return false;
  return sameAddress(from, expected.from ?? from) && sameAddress(to, expected.to ?? to);
}

const plain = ({ officeNumber, serviceType }: Address) => ({ officeNumber, serviceType });

const format = ({ messageId, manifestSha256, from, to, kind, reasons, at }: ReceiptContent): string =>
  JSON.stringify({ at, from: plain(from), kind, manifestSha256, messageId, reasons, to: plain(to), v: 1 });

/** Reads what `format` would have written, and nothing else. */
function parse(payload: Uint8Array): ReceiptContent | undefined {
  try {
    const text = fromUtf8(payload);
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const { v, ...receipt } = value as unknown as ReceiptContent & { v: unknown };
    return isReceipt(receipt) && format(receipt) === text ? receipt : undefined;
  } catch {
    return undefined;
  }
}

function isReceipt({ messageId, manifestSha256, from, to, kind, reasons, at }: ReceiptContent): boolean {
  if (![from, to].every((address) => isObject(address) && isAddress(address)) || !isTime(at)) return false;
  if (!isMessageId(String(messageId)) || !/^[0-9a-f]{64}$/.test(String(manifestSha256))) return false;
  if (kind !== 'rejected') return (kind === 'delivered' || kind === 'read') && reasons === undefined;
  if (!Array.isArray(reasons) || reasons.length < 1 || reasons.length > 20) return false;
  return reasons.every((code) => typeof code === 'string' && CODE.test(code));
}
