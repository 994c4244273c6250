import { type Address, isAddress } from './address.js';
import { sha256OfText } from './bytes.js';
import { TransportError } from './error.js';
import { isMessageId } from './id.js';
import type { OutboundMessage, Routing } from './message.js';

/** What whoever carries a sealed message can read of it: whose, for whom, how much. No name of a file or person. */
export interface RoutingHeader extends Routing {
  readonly v: 1;
  readonly id: string;
  /** The sealed manifest, then the sealed files: bytes and SHA-256 (64 hexadecimal digits) of each. */
  readonly parts: readonly { readonly n: number; readonly size: number; readonly sha256: string }[];
  /** When it was sealed, and when nobody needs to keep it any more: milliseconds since 1970 UTC. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** The longest header that is read, in characters: a thousand parts. */
const LONGEST = 256 * 1024;

/** Writes a header as canonical JSON (RFC 8785): keys in order, no space. */
export const formatHeader = (header: RoutingHeader): string => {
  const { v, id, from, to, serial, standard, kinds, parts, createdAt, expiresAt } = header;
  return JSON.stringify({
    createdAt,
    expiresAt,
    from: plain(from),
    id,
    kinds,
    parts: parts.map(({ n, sha256, size }) => ({ n, sha256, size })),
    serial,
    standard,
    to: plain(to),
    v,
  });
};

/**
 * Reads a header.
 *
 * Throws a TransportError (`message.invalid`) for what `formatHeader` would not have written: other members, another
 * order, duplicate keys, values out of form, more than 256 Ki characters.
 */
export function parseHeader(text: string): RoutingHeader {
  const header = text.length <= LONGEST ? read(text) : undefined;
  if (!header || !isHeader(header) || formatHeader(header) !== text) throw new TransportError('message.invalid');
  return header;
}

/** What binds manifest and header: the SHA-256 of the header without its first part, whose own hash depends on it. */
export const headerBinding = (header: RoutingHeader): Promise<string> =>
  sha256OfText(formatHeader({ ...header, parts: header.parts.filter(({ n }) => n !== 0) }));

/** Whether a sealed message is what its header says. */
export function fitsHeader(message: OutboundMessage, text: string): boolean {
  let header: RoutingHeader;
  try {
    header = parseHeader(text);
  } catch {
    return false;
  }
  const { id, from, to, serial, standard, kinds } = message;
  const parts = message.parts.map(({ size, sha256 }, n) => ({ n, size, sha256 }));
  return formatHeader({ ...header, id, from, to, serial, standard, kinds, parts }) === text;
}

const plain = ({ officeNumber, serviceType }: Address) => ({ officeNumber, serviceType });

function read(text: string): RoutingHeader | undefined {
  try {
    return JSON.parse(text) as RoutingHeader;
  } catch {
    return undefined;
  }
}

/** Whether a value has the form of a header; what is more than that, formatting leaves out. */
function isHeader(value: RoutingHeader): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { v, id, from, to, serial, standard, kinds, parts, createdAt, expiresAt } = value;
  const isTime = (at: unknown) => Number.isSafeInteger(at) && (at as number) >= 0;
  const texts = [id, serial, standard, from?.officeNumber, from?.serviceType, to?.officeNumber, to?.serviceType];
  if (v !== 1 || !texts.every((part) => typeof part === 'string') || !isTime(createdAt) || !isTime(expiresAt))
    return false;
  if (!isMessageId(id) || !isAddress(from) || !isAddress(to) || !/^[0-9]{14}$/.test(serial)) return false;
  if (standard !== '4.1' && standard !== '5.0') return false;
  if (
    !Array.isArray(kinds) ||
    !kinds.every((kind) => /^[A-Z0-9_]{1,40}$/.test(String(kind)) && typeof kind === 'string')
  )
    return false;
  return (
    Array.isArray(parts) &&
    parts.length > 1 &&
    parts.every(
      (part, n) =>
        part?.n === n && isTime(part.size) && typeof part.sha256 === 'string' && /^[0-9a-f]{64}$/.test(part.sha256),
    )
  );
}
