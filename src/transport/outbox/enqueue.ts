import { mediaTypeOf, sha256, sha256OfText } from '../bytes.js';
import { checkMessage } from '../check.js';
import { TransportError } from '../error.js';
import type { TransportErrorCode } from '../error-codes.js';
import { messageId } from '../id.js';
import type { OutboundMessage, Routing } from '../message.js';
import { serialConflict } from '../serial-after.js';
import { putFiles } from './bodies.js';
import type { DeliveryContext } from './context.js';
import { type OutboxEntry, type OutboxFile, publicEntry, type StoredEntry } from './entry.js';
import { foresee } from './foresee.js';
import { KEYS, laneOf, read, write } from './records.js';
import { noteSerial } from './serials.js';
import type { StoreTransaction } from './store.js';

/** A message to be sent: the files of one transmission, in memory. */
export interface NewMessage extends Omit<Routing, 'kinds'> {
  /** Of version 7 or 8; a new one where absent. */
  readonly id?: string;
  readonly files: readonly {
    readonly name: string;
    readonly kind: string;
    readonly bytes: Uint8Array;
    readonly mediaType?: string;
  }[];
}

export interface EnqueueOptions {
  /**
   * The application's own name of what is sent, 1 to 1,000 characters: enqueued again under the same key, it is the message
   * that is there, whatever it holds. Only a hash of it is kept.
   */
  readonly key?: string;
  /** How long to try, in milliseconds; `timeLimitMs` of the retry policy where absent. */
  readonly timeLimitMs?: number;
  /**
   * A transaction of the application's own, where its database is the store: the message is there exactly when what else
   * it changes is.
   */
  readonly transaction?: StoreTransaction;
}

/** A message that is in the outbox now. */
export interface EnqueuedEntry extends OutboxEntry {
  /**
   * Why it will need a person as things are now, so that one who is there can see to it: the receiver has no valid key, or
   * one's own has ended. It is sent as soon as this is mended.
   */
  readonly warning?: TransportErrorCode;
}

/** Puts a message into the outbox; durable when it resolves. */
export async function enqueue(
  context: DeliveryContext,
  message: NewMessage,
  options: EnqueueOptions,
): Promise<EnqueuedEntry> {
  const { store, clock, policy, tell } = context;
  const files = await Promise.all(message.files.map(fileOf));
  const { from, to, serial, standard } = message;
  const kinds = [...new Set(files.map(({ kind }) => kind))];
  const id = message.id ?? messageId(clock.now());
  checkFiles({ id, from, to, serial, standard, kinds }, files, context);
  const key = options.key === undefined ? undefined : await hashOf(options.key);
  const warning = options.transaction ? undefined : await foresee(context, message);
  const queuedAt = clock.now();
  const deadline = queuedAt + (options.timeLimitMs ?? policy.timeLimitMs);
  const put = async (tx: StoreTransaction): Promise<{ entry: StoredEntry; fresh: boolean }> => {
    const known = (key && (await tx.get(KEYS.callerKey(key)))) || id;
    const there = await read<StoredEntry>(tx, KEYS.message(known));
    if (there && known !== id) return { entry: there, fresh: false };
    if (there) {
      if (!sameContent(there, { from, to, serial, files }))
        throw new TransportError('message.conflict', { messageId: id });
      return { entry: there, fresh: false };
    }
    const lane = laneOf(message);
    if ((await tx.get(KEYS.serial(lane, serial))) !== undefined) {
      await noteSerial(tx, message, serial);
      throw serialConflict((await tx.get(KEYS.lastSerial(lane))) ?? serial, () => false).with({ messageId: id });
    }
    const seq = Number((await tx.get(KEYS.seq)) ?? 0);
    const history = [{ state: 'queued' as const, at: queuedAt }];
    const entry: StoredEntry = {
      ...{
        id,
        from,
        to,
        serial,
        standard,
        kinds,
        files,
        state: 'queued',
        queuedAt,
        deadline,
        attempts: 0,
        history,
        seq,
      },
      ...(key === undefined ? {} : { key }),
    };
    await tx.set(KEYS.seq, String(seq + 1));
    await write(tx, KEYS.message(id), entry);
    await tx.set(KEYS.lane(lane, seq), id);
    await tx.set(KEYS.serial(lane, serial), id);
    if (key !== undefined) await tx.set(KEYS.callerKey(key), id);
    await noteSerial(tx, message, serial);
    await putFiles(tx, id, message.files);
    return { entry, fresh: true };
  };
  const { entry, fresh } = await (options.transaction ? put(options.transaction) : store.transact(put));
  if (fresh) tell({ type: 'state', messageId: id, state: 'queued' });
  return { ...publicEntry(entry), ...(fresh && warning !== undefined ? { warning } : {}) };
}

async function fileOf({ name, kind, bytes, mediaType }: NewMessage['files'][number]): Promise<OutboxFile> {
  return { name, kind, mediaType: mediaType ?? mediaTypeOf(name), size: bytes.length, sha256: await sha256(bytes) };
}

/** Refuses what the transport would refuse for ever: better now, before a person goes home. */
function checkFiles(routing: Routing & { id: string }, files: readonly OutboxFile[], context: DeliveryContext): void {
  const parts = files.map((file) => ({ ...file, open: () => notRead() }));
  const message: OutboundMessage = { ...routing, parts };
  // Sealed or not is decided when it is sent.
  checkMessage(message, { ...context.transport.capabilities, endToEndEncryption: 'none' });
}

// biome-ignore lint/correctness/useYield: a part that is only looked at
async function* notRead(): AsyncGenerator<Uint8Array> {
  throw new TransportError('internal');
}

async function hashOf(key: string): Promise<string> {
  if (key.length === 0 || key.length > 1000 || /\p{Cs}/u.test(key)) throw new TransportError('config');
  return sha256OfText(encodeURIComponent(key));
}

function sameContent(there: StoredEntry, message: Pick<StoredEntry, 'from' | 'to' | 'serial' | 'files'>): boolean {
  const said = ({ from, to, serial, files }: typeof message) =>
    JSON.stringify([
      laneOf({ from, to }),
      serial,
      files.map(({ name, kind, size, sha256 }) => [name, kind, size, sha256]),
    ]);
  return said(there) === said(message);
}
