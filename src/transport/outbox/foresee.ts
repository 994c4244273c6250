import { encryptionKeys, expiryWarnings } from '../envelope/index.js';
import { TransportError } from '../error.js';
import type { TransportErrorCode } from '../error-codes.js';
import type { DeliveryContext } from './context.js';
import type { Lane } from './records.js';

/** How long a directory is waited for before a message is put into the outbox, in milliseconds. */
const PATIENCE = 5000;

/**
 * Why a message will need a person as things are now: the receiver has no key that is valid, or one's own have ended.
 *
 * Undefined where nothing is known that stands in its way, also where the directory cannot be asked now.
 */
export async function foresee(context: DeliveryContext, { to }: Lane): Promise<TransportErrorCode | undefined> {
  const { sealing, clock } = context;
  if (!sealing) return undefined;
  const now = clock.now();
  const { kid } = sealing.keys.signer;
  const ending = expiryWarnings(sealing.keys.publicKeys, { now }).filter((one) => one.kid === kid);
  for (const { withinDays } of ending) context.tell({ type: 'expires', messageId: kid, withinDays });
  if (ending.some(({ withinDays }) => withinDays === 0)) return 'key.expired';
  const timer = new AbortController();
  const limit = new AbortController();
  clock.sleep(PATIENCE, timer.signal).then(
    () => limit.abort(),
    () => {},
  );
  try {
    const receiver = await sealing.directory.find(to, limit.signal);
    encryptionKeys(receiver?.keys ?? [], now);
    return undefined;
  } catch (error) {
    return error instanceof TransportError && error.retry === 'after-person' ? error.code : undefined;
  } finally {
    timer.abort();
  }
}
