import { encryptionKeys, type PreviousMessage, sealMessage } from '../envelope/index.js';
import { TransportError } from '../error.js';
import { parseHeader } from '../routing-header.js';
import { filesOf, putSealed } from './bodies.js';
import type { DeliveryContext } from './context.js';
import type { StoredEntry } from './entry.js';
import { KEYS, laneOf, read } from './records.js';
import { inTurn, type Turn } from './turn.js';

/** How long whoever carries a message needs to keep it, in milliseconds: what is older has missed its month. */
const KEPT = 90 * 86_400_000;

/**
 * Seals a message for its receiver, once: what is stored here is what every attempt sends.
 *
 * Throws a TransportError: `key.unknown`, `key.untrusted`, `key.expired`, `key.revoked`, what the directory throws, and
 * `aborted` where the turn is lost.
 */
export async function sealForReceiver(context: DeliveryContext, turn: Turn, signal: AbortSignal): Promise<StoredEntry> {
  const { store, clock, sealing, tell } = context;
  const { entry } = turn;
  if (!sealing || entry.sealed) return entry;
  const { id, from, to, serial, standard, kinds } = entry;
  const receiver = await sealing.directory.find(to, signal);
  const recipients = encryptionKeys(receiver?.keys ?? [], clock.now());
  const previous = await store.transact((tx) => read<PreviousMessage>(tx, KEYS.chain(laneOf(entry))));
  const createdAt = clock.now();
  const sealed = await sealMessage(
    { id, from, to, serial, standard, kinds, files: await filesOf(store, entry) },
    { keys: sealing.keys, recipients, previous: previous ?? null, createdAt, expiresAt: createdAt + KEPT },
  );
  const manifestSha256 = parseHeader(sealed.header).parts[0]?.sha256 ?? '';
  const kept = await inTurn(context, turn, async (now, tx) => {
    await putSealed(tx, id, sealed);
    return { ...now, sealed: { header: sealed.header, manifestSha256 } };
  });
  if (!kept) throw new TransportError('aborted', { outcome: 'not-sent', messageId: id });
  tell({ type: 'sealed', messageId: id });
  return kept;
}
