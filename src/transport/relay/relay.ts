import { type Address, owns, sameAddress } from '../address.js';
import { defineTransport } from '../define.js';
import type { PublicKey } from '../envelope/index.js';
import { TransportError } from '../error.js';
import { orAborted } from '../following.js';
import type { Page, SentStatus } from '../message.js';
import type { TransportCapabilities, TransportDriver } from '../transport.js';
import { LONGEST_ENTRY, mailboxPath, type RelayConnection, RelayHttp, type RelayIdentity } from './http.js';
import { inboundIn, listPage } from './receiving.js';
import { jsonBody, type Sending, sendMessage, statusOf } from './sending.js';
import { hints } from './waiting.js';
import { pageIn, statusIn } from './wire.js';

export interface RelayOptions extends RelayConnection {
  /** The addresses that it acts for, one or more. */
  readonly identities: readonly RelayIdentity[];
  /** The relay's own keys, by which its receipts are proved; those that it gives itself where absent. */
  readonly keys?: readonly PublicKey[];
}

const PAGE = 100;

/**
 * A transport by a relay that speaks protocol 1: every message sealed, each taken over once, with a signed receipt.
 *
 * Runs in Node and in browsers. Messages up to 1 MiB go in one request, others part by part; what had arrived of a message is
 * not sent again. Throws a TransportError (`config`) where the origin is not one, or there is no address.
 */
export const relayTransport = defineTransport((options: RelayOptions): TransportDriver => {
  const { identities } = options;
  const http = new RelayHttp(options);
  if (identities.length === 0) throw new TransportError('config');
  let asked: Promise<readonly PublicKey[]> | undefined;
  const sending: Sending = {
    http,
    async keys(signal) {
      if (options.keys) return options.keys;
      for (;;) {
        const mine = asked ?? relayKeys(http, signal);
        asked = mine;
        try {
          return await orAborted(mine, signal);
        } catch (error) {
          // Others may wait for it still.
          if (signal.aborted) throw new TransportError('aborted', { outcome: 'not-sent', reason: signal.reason });
          if (asked === mine) asked = undefined;
          // Who asked first gave up; that is no reason for those who waited with him.
          const isOther = error instanceof TransportError && error.code === 'aborted';
          if (!isOther) throw error;
        }
      }
    },
    doubtKeys() {
      asked = undefined;
    },
  };
  const identityOf = (address: Address): RelayIdentity => {
    const identity = identities.find((one) => sameAddress(one.address, address));
    if (!identity) throw new TransportError('auth.denied');
    return identity;
  };
  /** The first of one's own mailboxes in which something is. */
  const inOwn = async <T>(run: (identity: RelayIdentity) => Promise<T>): Promise<T> => {
    let last = new TransportError('message.unknown');
    for (const identity of identities) {
      try {
        return await run(identity);
      } catch (error) {
        if (!(error instanceof TransportError && error.code === 'message.unknown')) throw error;
        last = error;
      }
    }
    throw last;
  };
  const own = identities.map(({ address }) => address);

  return {
    name: 'relay',
    capabilities: CAPABILITIES,
    send: (message, attempt) => sendMessage(sending, identityOf(message.from), message, attempt),
    async lookup({ id, from }, { signal }) {
      if (!owns(own, from)) return undefined;
      try {
        const path = mailboxPath(from, `outbox/${id}`);
        const status = statusIn(await http.json(identityOf(from), { method: 'GET', path, signal }));
        // The late answer to another request says nothing of this one.
        if (status.id !== id) throw new TransportError('protocol');
        return await statusOf(sending, status, signal);
      } catch (error) {
        if (error instanceof TransportError && error.code === 'message.unknown') return undefined;
        throw error;
      }
    },
    list(query, attempt) {
      const { mailbox } = query;
      const mailboxes = mailbox ? identities.filter(({ address }) => sameAddress(address, mailbox)) : identities;
      return listPage(http, mailboxes, query, attempt);
    },
    fetch: ({ id }, { signal }) =>
      inOwn(async (identity) => {
        const path = mailboxPath(identity.address, `inbox/${id}`);
        const message = inboundIn(http, identity, await http.json(identity, { method: 'GET', path, signal }));
        if (message.id !== id) throw new TransportError('protocol');
        return message;
      }),
    acknowledge: ({ id }, receipt, { signal }) =>
      inOwn(async (identity) => {
        const path = mailboxPath(identity.address, `inbox/${id}/receipts/${receipt.kind}`);
        const reasons = receipt.kind === 'rejected' ? { reasons: receipt.reasons } : {};
        const signed = receipt.signed === undefined ? {} : { signed: receipt.signed };
        const said = await http.json(identity, { method: 'PUT', path, ...jsonBody({ ...signed, ...reasons }), signal });
        if ((said as { kind?: unknown }).kind !== receipt.kind) throw new TransportError('protocol');
      }),
    async listSent({ from, cursor, limit = PAGE }, { signal }): Promise<Page<SentStatus>> {
      const mailboxes = from ? identities.filter(({ address }) => sameAddress(address, from)) : identities;
      const [, at, inside] = /^([0-9]{1,4}):(.*)$/s.exec(cursor ?? '0:') ?? [];
      const identity = at === undefined ? undefined : mailboxes[Number(at)];
      if (!identity) {
        if (cursor !== undefined) throw new TransportError('config');
        return { items: [] };
      }
      const query = new URLSearchParams({
        limit: String(Math.min(limit, PAGE)),
        ...(inside ? { cursor: inside } : {}),
      });
      const path = `${mailboxPath(identity.address, 'outbox')}?${query}`;
      const longest = PAGE * LONGEST_ENTRY;
      const page = pageIn(await http.json(identity, { method: 'GET', path, signal }, longest), statusIn, inside);
      const items: SentStatus[] = [];
      for (const status of page.items) items.push(...[(await statusOf(sending, status, signal)) ?? []].flat());
      const next = page.more
        ? `${at}:${page.next}`
        : Number(at) + 1 < mailboxes.length
          ? `${Number(at) + 1}:`
          : undefined;
      return { items, ...(next === undefined ? {} : { cursor: next }) };
    },
    async recall({ id, from }, { signal }) {
      try {
        const path = mailboxPath(from, `outbox/${id}`);
        const said = statusIn(await http.json(identityOf(from), { method: 'DELETE', path, signal }));
        const isGone = said.state === 'recalled' || said.state === 'abandoned';
        if (said.id !== id || !isGone) throw new TransportError('protocol');
        return 'recalled';
      } catch (error) {
        if (error instanceof TransportError && error.code === 'recall.too-late') return 'too-late';
        throw error;
      }
    },
    watch({ mailbox, from }, { signal }) {
      const mailboxes = mailbox ? identities.filter(({ address }) => sameAddress(address, mailbox)) : identities;
      return hints(http, mailboxes, from, signal);
    },
    async check({ signal }) {
      const said = await http.json(undefined, { method: 'GET', path: '/v1/time', signal });
      if (!Number.isSafeInteger((said as { now?: unknown }).now)) throw new TransportError('protocol');
      return { ok: true };
    },
  };
});

async function relayKeys(http: RelayHttp, signal: AbortSignal): Promise<readonly PublicKey[]> {
  const { keys } = (await http.json(undefined, { method: 'GET', path: '/v1/relay', signal })) as { keys?: unknown };
  if (!(Array.isArray(keys) && keys.every((one) => typeof one === 'object' && one !== null)))
    throw new TransportError('protocol');
  return (keys as (PublicKey['jwk'] & { kid?: string })[]).map((jwk) => ({
    kid: jwk.kid ?? '',
    use: 'sig',
    alg: 'ES256',
    jwk,
  }));
}

const CAPABILITIES: TransportCapabilities = {
  acceptance: 'relay',
  idempotentSend: true,
  lookup: 'exact',
  status: ['available', 'fetched', 'delivered', 'read', 'rejected', 'recalled', 'expired'],
  signedReceipts: true,
  endToEndEncryption: 'required',
  orderedInbox: true,
  recall: true,
  watch: true,
  listSent: true,
  interactiveLogin: false,
  standards: ['4.1', '5.0'],
  limits: { maxParts: 1000, maxPartBytes: 8 * 2 ** 20, maxMessageBytes: 64 * 2 ** 20 },
};
