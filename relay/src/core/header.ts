import { createHash } from 'node:crypto';
import { formatAddress, parseHeader, type RoutingHeader, sameAddress } from 'careplan-renkei/transport';
import type { RelayConfig } from './config.js';
import { Problem } from './problem.js';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** A routing header that fits its place. */
export interface CheckedHeader {
  readonly header: RoutingHeader;
  readonly text: string;
  readonly sha256: string;
  readonly from: string;
  readonly to: string;
  readonly manifestSha256: string;
  readonly totalBytes: number;
}

/** Reads a routing header and holds it against its mailbox, its id, and what the relay carries. */
export function checkHeader(config: RelayConfig, mailbox: string, id: string, text: string): CheckedHeader {
  const header = read(text);
  if (header.id !== id) throw new Problem('header-invalid', { reason: 'id' });
  const from = formatAddress(header.from);
  if (from !== mailbox) throw new Problem('header-invalid', { reason: 'from' });
  if (sameAddress(header.from, header.to)) throw new Problem('address-self');
  if (!config.standards.includes(header.standard)) throw new Problem('standard-unsupported');
  if (header.parts.length > config.maxParts) throw new Problem('content-too-large');
  for (const { n, size } of header.parts) {
    if (size > config.maxPartBytes) throw new Problem('content-too-large', { part: n });
  }
  const totalBytes = header.parts.reduce((sum, { size }) => sum + size, 0);
  if (totalBytes > config.maxMessageBytes) throw new Problem('content-too-large');
  const manifestSha256 = header.parts[0]?.sha256 ?? '';
  return { header, text, sha256: sha256(text), from, to: formatAddress(header.to), manifestSha256, totalBytes };
}

function read(text: string): RoutingHeader {
  try {
    return parseHeader(text);
  } catch {
    throw new Problem('header-invalid', { reason: 'form' });
  }
}

/** Refuses bytes that are not those of a part of the header. */
export function checkPart({ header }: CheckedHeader, n: number, bytes: Uint8Array): void {
  const part = header.parts[n];
  if (part?.size !== bytes.length || part.sha256 !== sha256(bytes)) throw new Problem('part-mismatch', { part: n });
}
