/** A driver that keeps the contract: messages lie on a shelf (a Map, or a table of a database) that all offices reach. */
import {
  type Address,
  defineTransport,
  formatAddress,
  messageDigest,
  type OutboundMessage,
  owns,
  partOf,
  readPart,
  type SendResult,
  serialAfter,
  TransportError,
} from 'careplan-renkei/transport';

const CAN = { acceptance: 'relay', idempotentSend: true, lookup: 'none', status: [], orderedInbox: true } as const;
const NONE = { signedReceipts: false, endToEndEncryption: 'none', interactiveLogin: false } as const;
const CANNOT = { ...NONE, recall: false, watch: false, listSent: false };
const LIMITS = { maxParts: 50, maxPartBytes: 2 ** 20, maxMessageBytes: 8 * 2 ** 20 };

type Parcel = { readonly message: OutboundMessage; readonly receipt: SendResult['receipt']; kind?: string };

/** What all offices reach: parcels by the id of their message. */
export type Shelf = Map<string, Parcel>;

export const shelfTransport = defineTransport(({ shelf, own }: { shelf: Shelf; own: readonly Address[] }) => {
  const mine = (address: Address) => owns(own, address);
  const laneOf = ({ from, to, serial }: OutboundMessage) => [formatAddress(from), formatAddress(to), serial].join();
  const find = (id: string): Parcel => {
    const parcel = shelf.get(id);
    if (!parcel || !mine(parcel.message.to)) throw new TransportError('message.unknown');
    return parcel;
  };
  const entryOf = ({ message: { id, from, to, serial, standard, kinds, parts } }: Parcel) => {
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    return { id, from, to, serial, standard, kinds, parts: parts.length, size, state: 'available' as const };
  };
  return {
    name: 'shelf',
    capabilities: { ...CAN, ...CANNOT, standards: ['4.1'], limits: LIMITS },
    async send(message, { signal }) {
      if (!mine(message.from)) throw new TransportError('auth.denied');
      const digest = await messageDigest(message);
      const files = message.parts.map(async (part) => partOf({ ...part, bytes: await readPart(part, signal) }));
      const kept = { ...message, parts: await Promise.all(files) };
      const before = shelf.get(message.id);
      if (before && before.receipt.digest !== digest) throw new TransportError('message.conflict');
      if (before) return { state: 'accepted', receipt: before.receipt, duplicate: true };
      if ([...shelf.values()].some((one) => laneOf(one.message) === laneOf(message))) {
        throw new TransportError('serial.conflict', { nextSerial: serialAfter(message.serial) });
      }
      const receipt = { messageId: message.id, acceptedAt: Date.now(), digest };
      shelf.set(message.id, { message: kept, receipt });
      return { state: 'accepted', receipt, duplicate: false };
    },
    lookup: () => Promise.reject(new TransportError('unsupported')),
    async list({ mailbox, from, cursor, limit = 100 }) {
      if (cursor !== undefined && !shelf.has(cursor)) throw new TransportError('config');
      const same = (a: Address, b: Address | undefined) => !b || formatAddress(a) === formatAddress(b);
      const all = [...shelf.values()];
      const after = all
        .slice(all.findIndex(({ message }) => message.id === cursor) + 1)
        .filter(
          ({ kind, message }) =>
            kind === undefined && mine(message.to) && same(message.to, mailbox) && same(message.from, from),
        );
      const items = after.slice(0, limit).map(entryOf);
      return { items, ...(after.length > limit ? { cursor: items.at(-1)?.id ?? '' } : {}) };
    },
    fetch: async ({ id }) => ({ ...entryOf(find(id)), files: find(id).message.parts }),
    async acknowledge({ id }, { kind }) {
      const parcel = find(id);
      const closed = parcel.kind !== undefined;
      if (closed && (kind === 'rejected') !== (parcel.kind === 'rejected'))
        throw new TransportError('receipt.conflict');
      parcel.kind = kind;
    },
  };
});
