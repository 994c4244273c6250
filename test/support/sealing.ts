import {
  type Directory,
  type OfficeKeys,
  openMessage,
  outboundOf,
  type SealedMessage,
  sealedOf,
  sealMessage,
} from '../../src/transport/envelope/index.js';
import {
  defineTransport,
  messageDigest,
  type OutboundMessage,
  partOf,
  readPart,
  type Transport,
  type TransportDriver,
  TransportError,
} from '../../src/transport/index.js';

/** A sealed message, and what of it cannot be seen on the way. */
interface Kept {
  readonly id: string;
  readonly parts: number;
  readonly size: number;
  readonly sealed: Promise<SealedMessage>;
}

export interface Sealing {
  readonly keys: OfficeKeys;
  readonly directory: Directory;
  /**
   * What was sealed at either end, by the digest of what it holds: the same message is the same bytes, whoever opens the
   * road again.
   */
  readonly kept: Map<string, Kept>;
}

/** A road that seals what it is given and opens what it brings, over one that carries sealed messages only. */
export const sealing = (inner: Transport, { keys, directory, kept }: Sealing): Transport =>
  defineTransport((): TransportDriver => {
    const { contract: _, close, ...verbs } = inner;
    const seal = async (message: OutboundMessage, signal: AbortSignal): Promise<OutboundMessage> => {
      const digest = await messageDigest(message);
      const files: (OutboundMessage['parts'][number] & { bytes: Uint8Array })[] = [];
      for (const part of message.parts) files.push({ ...part, bytes: await readPart(part, signal) });
      const { id, from, to, serial, standard, kinds, parts } = message;
      const make = async () => {
        const entry = await directory.find(to, signal);
        const createdAt = Date.now();
        return sealMessage(
          { id, from, to, serial, standard, kinds, files },
          { keys, recipients: entry?.keys ?? [], previous: null, createdAt, expiresAt: createdAt + 90 * 86_400_000 },
        );
      };
      const size = parts.reduce((sum, part) => sum + part.size, 0);
      const found = kept.get(digest) ?? { id, parts: parts.length, size, sealed: make() };
      kept.set(digest, found);
      return outboundOf(await found.sealed);
    };
    return {
      ...verbs,
      name: `sealed-${inner.name}`,
      capabilities: {
        ...inner.capabilities,
        endToEndEncryption: 'supported',
        limits: { maxParts: 400, maxPartBytes: 2 ** 20, maxMessageBytes: 4 * 2 ** 20 },
      },
      async send(message, options) {
        const digest = await messageDigest(message);
        const sealed = await seal(message, options.signal).catch((error: unknown) => {
          if (error === options.signal.reason)
            throw new TransportError('aborted', { outcome: 'not-sent', cause: error });
          throw error;
        });
        const result = await inner.send(sealed, options);
        // The receipt is for the ciphertext; of what it holds, the digest is this one.
        return { ...result, receipt: { ...result.receipt, digest } };
      },
      async lookup(ref, options) {
        const status = await inner.lookup(ref, options);
        return status && plain(status, kept);
      },
      async list(query, options) {
        const page = await inner.list(query, options);
        // Only who sealed it knows how large it was.
        const items = page.items.map((entry) => {
          const { parts, size } = [...kept.values()].find(({ id }) => id === entry.id) ?? entry;
          return { ...entry, parts, size };
        });
        return { ...page, items };
      },
      async fetch(ref, options) {
        const inbound = await inner.fetch(ref, options);
        const files = [];
        for (const part of inbound.files) files.push({ ...part, bytes: await readPart(part, options.signal) });
        const sender = await directory.find(inbound.from, options.signal);
        const { header = '' } = inbound;
        const opened = await openMessage(sealedOf({ header, files }), {
          keys,
          sender: sender?.keys ?? [],
          self: [inbound.to],
        });
        const parts = await Promise.all(opened.files.map(partOf));
        const { header: _, ...entry } = inbound;
        const size = parts.reduce((sum, part) => sum + part.size, 0);
        return { ...entry, parts: parts.length, size, files: parts };
      },
      async listSent(query, options) {
        const page = await inner.listSent?.(query, options);
        return { ...page, items: (page?.items ?? []).map((status) => plain(status, kept)) };
      },
      close,
    };
  })(undefined);

/** The receipt of a status as that of what was sealed, where it is known. */
function plain<T extends { readonly id: string; readonly receipt?: { readonly digest: string } }>(
  status: T,
  kept: Sealing['kept'],
): T {
  const digest = [...kept].find(([, { id }]) => id === status.id)?.[0];
  return status.receipt && digest !== undefined ? { ...status, receipt: { ...status.receipt, digest } } : status;
}
