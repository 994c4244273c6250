import { type Address, formatAddress } from '../address.js';
import type { InboxEntry } from '../message.js';
import { LONGEST_ENTRY, mailboxPath, type RelayHttp, type RelayIdentity } from './http.js';
import { entryIn, pageIn, type WirePage } from './wire.js';

/** The most entries that are asked for at once (protocol, section 6). */
export const PAGE = 100;

export interface InboxQuestion {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Only from this sender. */
  readonly from?: Address | undefined;
  /** Seconds that the relay waits where there is none. */
  readonly wait?: number;
}

/** One page of one mailbox. */
export async function inboxPage(
  http: RelayHttp,
  identity: RelayIdentity,
  { limit, cursor, from, wait }: InboxQuestion,
  signal: AbortSignal,
): Promise<WirePage<InboxEntry>> {
  const query = new URLSearchParams({
    limit: String(limit),
    ...(wait === undefined ? {} : { wait: String(wait) }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(from ? { from: formatAddress(from) } : {}),
  });
  const path = `${mailboxPath(identity.address, 'inbox')}?${query}`;
  const said = await http.json(identity, { method: 'GET', path, signal }, limit * LONGEST_ENTRY);
  return pageIn(said, entryIn, cursor);
}
