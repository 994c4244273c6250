import { TransportError } from '../error.js';
import {
  type InboundMessage,
  type InboxEntry,
  type InboxQuery,
  type Page,
  type PartSource,
  SEALED,
} from '../message.js';
import { parseHeader } from '../routing-header.js';
import type { AttemptOptions } from '../transport.js';
import { exactly } from './bodies.js';
import { mailboxPath, type RelayHttp, type RelayIdentity } from './http.js';
import { inboxPage, PAGE } from './inbox-page.js';
import { something } from './waiting.js';
import { entryIn } from './wire.js';

/** Where a list goes on: in which mailbox, and from where. */
interface Place {
  readonly mailbox: number;
  readonly cursor?: string;
}

/** A page of what is in the mailboxes, one after the other. */
export async function listPage(
  http: RelayHttp,
  mailboxes: readonly RelayIdentity[],
  { from, cursor, limit = PAGE, waitMs = 0 }: InboxQuery,
  options: AttemptOptions,
): Promise<Page<InboxEntry>> {
  let place: Place = cursor === undefined ? { mailbox: 0 } : placeIn(cursor, mailboxes.length);
  const items: InboxEntry[] = [];
  for (;;) {
    const identity = mailboxes[place.mailbox];
    if (!identity) break;
    const want = Math.min(limit, PAGE) - items.length;
    const page = await inboxPage(http, identity, { limit: want, cursor: place.cursor, from }, options.signal);
    items.push(...page.items);
    const { more, next } = page;
    place = more && next !== undefined ? { ...place, cursor: next } : { mailbox: place.mailbox + 1 };
    if (items.length >= Math.min(limit, PAGE)) break;
  }
  if (cursor === undefined && items.length === 0 && waitMs > 0 && mailboxes.length > 0) {
    await something(http, mailboxes, from, waitMs, options.signal);
    return listPage(http, mailboxes, { ...(from && { from }), limit }, options);
  }
  return { items, ...(place.mailbox < mailboxes.length ? { cursor: btoa(JSON.stringify(place)) } : {}) };
}

/** Reads a cursor that `listPage` gave. Throws `config` for any other. */
function placeIn(cursor: string, mailboxes: number): Place {
  try {
    const { mailbox, cursor: inside } = JSON.parse(atob(cursor)) as Place;
    const isInside = inside === undefined || typeof inside === 'string';
    if (Number.isSafeInteger(mailbox) && mailbox >= 0 && mailbox < mailboxes && isInside) {
      return { mailbox, ...(inside === undefined ? {} : { cursor: inside }) };
    }
  } catch {
    // What JSON says of a text quotes it.
  }
  throw new TransportError('config');
}

/** The message of an entry: its parts are read when they are asked for, whole or in ranges. */
export function inboundIn(http: RelayHttp, identity: RelayIdentity, said: object): InboundMessage {
  const entry = entryIn(said);
  const { header } = said as { header?: unknown };
  if (typeof header !== 'string') throw new TransportError('protocol');
  let parts: ReturnType<typeof parseHeader>['parts'];
  try {
    parts = parseHeader(header).parts;
  } catch {
    throw new TransportError('protocol');
  }
  const files = parts.map(
    ({ n, size, sha256 }): PartSource => ({
      name: n === 0 ? '0.json' : `${n}.jwe`,
      kind: SEALED,
      mediaType: n === 0 ? 'application/jose+json' : 'application/jose',
      size,
      sha256,
      open({ start, end } = { start: 0, end: size }) {
        const path = mailboxPath(identity.address, `inbox/${entry.id}/parts/${n}`);
        const range = start === 0 && end === size ? {} : { range: `bytes=${start}-${end - 1}` };
        const ask = async (signal: AbortSignal) =>
          exactly(end - start, await http.bytes(identity, { method: 'GET', path, signal, ...range }), n + 1);
        return until(ask, end <= start);
      },
    }),
  );
  return { ...entry, header, files };
}

/** Bytes whose request ends when nobody wants more of them, also where it is waiting for some. */
function until(
  ask: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>,
  isEmpty: boolean,
): AsyncIterable<Uint8Array> {
  const own = new AbortController();
  async function* all(): AsyncGenerator<Uint8Array, void, void> {
    if (!isEmpty) yield* await ask(own.signal);
  }
  const chunks = all();
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => chunks.next(),
      async return() {
        own.abort();
        await chunks.return().catch(() => {});
        return { done: true, value: undefined };
      },
    }),
  };
}
