import { bytesOfText, textOfBytes } from '../ascii.js';
import { partOf, sha256 } from '../bytes.js';
import { outboundOf, type SealedMessage } from '../envelope/index.js';
import { TransportError } from '../error.js';
import type { OutboundMessage } from '../message.js';
import type { StoredEntry } from './entry.js';
import { KEYS, PREFIX } from './records.js';
import type { DeliveryStore, StoreTransaction } from './store.js';

/** Keeps the bytes of files that are not sealed yet: a store that lies on a disk seals them itself. */
export async function putFiles(
  tx: StoreTransaction,
  id: string,
  files: readonly { readonly bytes: Uint8Array }[],
): Promise<void> {
  for (const [n, { bytes }] of files.entries()) await tx.set(KEYS.body(id, n), toBase64(bytes));
}

/** Puts the ciphertext in the place of the files. */
export async function putSealed(tx: StoreTransaction, id: string, { parts }: SealedMessage): Promise<void> {
  await dropBodies(tx, id);
  for (const [n, part] of parts.entries()) await tx.set(KEYS.body(id, n), part);
}

/** Forgets what a message holds; what is known of it stays. */
export async function dropBodies(tx: StoreTransaction, id: string): Promise<void> {
  for (const key of await tx.keys(PREFIX.bodies(id))) await tx.delete(key);
}

/** The files of a message that is not sealed, as they were given. */
export async function filesOf(store: DeliveryStore, { id, files }: StoredEntry) {
  const texts = await bodies(store, id, files.length);
  const all = files.map(({ name, kind, mediaType }, n) => ({
    name,
    kind,
    mediaType,
    bytes: fromBase64(texts[n] ?? ''),
  }));
  for (const [n, { bytes }] of all.entries()) {
    if ((await sha256(bytes)) !== files[n]?.sha256) throw new TransportError('storage.damaged', { messageId: id });
  }
  return all;
}

/** A message as it is sent: the same bytes at every attempt. */
export async function outboundFrom(store: DeliveryStore, entry: StoredEntry): Promise<OutboundMessage> {
  const { id, from, to, serial, standard, kinds, sealed } = entry;
  if (sealed) {
    const parts = await bodies(store, id, entry.files.length + 1);
    return outboundOf({ header: sealed.header, parts });
  }
  const parts = await Promise.all((await filesOf(store, entry)).map(partOf));
  return { id, from, to, serial, standard, kinds, parts };
}

async function bodies(store: DeliveryStore, id: string, count: number): Promise<string[]> {
  const texts = await store.transact(async (tx) => {
    const keys = await tx.keys(PREFIX.bodies(id));
    return Promise.all(keys.map((key) => tx.get(key)));
  });
  if (texts.length !== count) throw new TransportError('storage.damaged', { messageId: id });
  return texts.map((text) => text ?? '');
}

const toBase64 = (bytes: Uint8Array): string => btoa(textOfBytes(bytes));

const fromBase64 = (text: string): Uint8Array => bytesOfText(atob(text));
