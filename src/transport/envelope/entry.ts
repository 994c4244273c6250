import { type Address, isAddress } from '../address.js';
import { TransportError } from '../error.js';
import type { OfficeEntry } from './directory.js';
import { isPublicKey, plainKey } from './key-form.js';
import type { PublicKey, Signer } from './keys.js';
import { checkSigner, verifySignature } from './signature.js';
import { fromUtf8, isObject, isTime, utf8 } from './text.js';

const TYP = 'careplan-entry+jws';
const LONGEST = 512 * 1024;
/** Keys of an office. */
const MOST_KEYS = 32;
/** How far the clocks of registrar and reader may differ. */
const SKEW = 24 * 3_600_000;

/** Signs an entry as a registrar: a compact JWS (`careplan-entry+jws`). Throws a TransportError (`config`) where it is malformed. */
export async function signEntry(entry: OfficeEntry, registrar: Signer): Promise<string> {
  if (!isEntry(entry)) throw new TransportError('config');
  return registrar.sign(utf8(formatEntry(entry)), TYP);
}

/**
 * Proves that an entry is by one of these registrars.
 *
 * Throws a TransportError: `key.untrusted` where it is not, is malformed or from the future; `key.expired` where it is to be relied on no
 * longer.
 */
export async function verifyEntry(jws: string, registrars: readonly PublicKey[], now: number): Promise<OfficeEntry> {
  let entry: OfficeEntry | undefined;
  try {
    const signed = await verifySignature(jws, TYP, registrars, LONGEST);
    entry = parseEntry(signed.payload);
    if (entry) await checkSigner(signed, { signedAt: entry.issuedAt, now }, undefined);
  } catch (cause) {
    throw new TransportError('key.untrusted', { cause });
  }
  if (!entry || entry.issuedAt > now + SKEW) throw new TransportError('key.untrusted');
  if (entry.expiresAt !== undefined && entry.expiresAt < now) throw new TransportError('key.expired');
  return entry;
}

/** Writes an entry as canonical JSON (RFC 8785). */
export const formatEntry = ({ address, expiresAt, issuedAt, keys, resetAt }: OfficeEntry): string =>
  JSON.stringify({ address: plain(address), expiresAt, issuedAt, keys: keys.map(plainKey), resetAt, v: 1 });

const plain = ({ officeNumber, serviceType }: Address) => ({ officeNumber, serviceType });

/** Reads what `formatEntry` would have written, and nothing else. */
function parseEntry(payload: Uint8Array): OfficeEntry | undefined {
  const text = fromUtf8(payload);
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) return undefined;
  const { v, ...entry } = value as unknown as OfficeEntry & { v: unknown };
  return isEntry(entry) && formatEntry(entry) === text ? entry : undefined;
}

/** Whether a value is an entry: each kid once. */
export function isEntry({ address, issuedAt, expiresAt, resetAt, keys }: OfficeEntry): boolean {
  if (!isObject(address) || typeof address.officeNumber !== 'string' || !isAddress(address) || !isTime(issuedAt))
    return false;
  if (![expiresAt, resetAt].every((time) => time === undefined || isTime(time))) return false;
  if (resetAt !== undefined && resetAt > issuedAt) return false;
  if (!Array.isArray(keys) || keys.length > MOST_KEYS || !keys.every(isPublicKey)) return false;
  return new Set(keys.map(({ kid }) => kid)).size === keys.length;
}
