import { formatAddress } from '../address.js';
import { systemClock } from '../clock.js';
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
import { LONGEST_ENTRY, mailboxPath, type RelayHttp, type RelayIdentity } from './http.js';
import { entryIn, pageIn } from './wire.js';

/** The longest that one request waits, in seconds, and the most entries of a page (protocol, section 6). */
const LONGEST_WAIT = 25;
const PAGE = 100;
/** The pause after a question that was answered sooner than it should wait, in milliseconds: a relay that closes does that. */
const PAUSE = 1000;

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
  let place = cursor === undefined ? { mailbox: 0 } : placeIn(cursor, mailboxes.length);
  const items: InboxEntry[] = [];
  for (;;) {
    const identity = mailboxes[place.mailbox];
    if (!identity) break;
    const want = Math.min(limit, PAGE) - items.length;
    const page = await ask(http, identity, { ...query(place.cursor, want), ...sender(from) }, options.signal);
    items.push(...page.items);
    const next =
      page.more && typeof page.next === 'string' ? { ...place, cursor: page.next } : { mailbox: place.mailbox + 1 };
    place = next;
    if (items.length >= Math.min(limit, PAGE)) break;
  }
  if (cursor === undefined && items.length === 0 && waitMs > 0 && mailboxes.length > 0) {
    await something(http, mailboxes, sender(from), waitMs, options.signal);
    return listPage(http, mailboxes, { ...(from && { from }), limit }, options);
  }
  return { items, ...(place.mailbox < mailboxes.length ? { cursor: btoa(JSON.stringify(place)) } : {}) };
}

/** Waits until something is in one of the mailboxes, or so many milliseconds. */
export async function something(
  http: RelayHttp,
  mailboxes: readonly RelayIdentity[],
  more: Readonly<Record<string, string>>,
  waitMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const found = new AbortController();
  const ended = AbortSignal.any([signal, found.signal]);
  const end = Date.now() + waitMs;
  const wait = async (identity: RelayIdentity): Promise<boolean> => {
    for (let left = end - Date.now(); left > 0; left = end - Date.now()) {
      const seconds = Math.min(LONGEST_WAIT, Math.ceil(left / 1000));
      const asked = Date.now();
      const { items } = await ask(http, identity, { limit: '1', wait: String(seconds), ...more }, ended);
      if (items.length > 0) return true;
      if (Date.now() - asked < seconds * 500) await systemClock.sleep(Math.min(PAUSE, left), ended);
    }
    return false;
  };
  try {
    const calls = mailboxes.map(wait);
    for (const call of calls) call.catch(() => {});
    return await new Promise<boolean>((resolve, reject) => {
      for (const call of calls) call.then((there) => there && resolve(true), reject);
      Promise.all(calls).then(() => resolve(false), reject);
    });
  } finally {
    found.abort();
  }
}

const ask = (
  http: RelayHttp,
  { address, ...identity }: RelayIdentity,
  more: Readonly<Record<string, string>> & { readonly limit: string },
  signal: AbortSignal,
) =>
  http
    .json(
      { address, ...identity },
      { method: 'GET', path: `${mailboxPath(address, 'inbox')}?${new URLSearchParams(more)}`, signal },
      Number(more.limit) * LONGEST_ENTRY,
    )
    .then((said) => pageIn(said, entryIn));

const query = (cursor: string | undefined, limit: number) => ({
  limit: String(limit),
  ...(cursor === undefined ? {} : { cursor }),
});

const sender = (from: InboxQuery['from']): Readonly<Record<string, string>> =>
  from ? { from: formatAddress(from) } : {};

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
