import { signReceipt } from '../envelope/index.js';
import { TransportError } from '../error.js';
import type { ReceiptInput } from '../message.js';
import type { AttemptOptions } from '../transport.js';
import type { ArrivedRecord } from './arrived.js';
import type { DeliveryContext } from './context.js';
import { KEYS, PREFIX, read, write } from './records.js';
import type { StoreTransaction } from './store.js';

/** What a call is given that makes one attempt. */
export const optionsOf = ({ clock, policy }: DeliveryContext, signal: AbortSignal, waitMs = 0): AttemptOptions => ({
  signal,
  deadline: clock.now() + policy.attemptTimeoutMs + waitMs,
  attempt: 1,
});

/** The record of a message that has ended, with the receipt that its sender gets. */
export async function signedEnd(
  { sealing, clock }: DeliveryContext,
  record: ArrivedRecord,
  manifestSha256: string | undefined,
  receipt: ReceiptInput,
): Promise<ArrivedRecord> {
  const { id: messageId, from, to } = record;
  const at = clock.now();
  const reasons = receipt.kind === 'rejected' ? { reasons: receipt.reasons } : {};
  const signed =
    sealing && manifestSha256 !== undefined
      ? {
          signed: await signReceipt(
            { messageId, manifestSha256, from, to, kind: receipt.kind, ...reasons, at },
            sealing.keys.signer,
          ),
        }
      : {};
  return { ...record, state: receipt.kind, endedAt: at, ...reasons, ...signed };
}

/** Writes down how a message ended; what has been refused, or read, stays so. */
export async function putEnd(tx: StoreTransaction, ended: ArrivedRecord): Promise<void> {
  const now = await read<ArrivedRecord>(tx, KEYS.arrived(ended.id));
  const isOver = now?.state === 'rejected' || now?.state === 'read';
  if (isOver && now.state !== ended.state) throw new TransportError('receipt.conflict', { messageId: ended.id });
  if (now?.state !== ended.state) await writeEnd(tx, ended);
}

/** The same, whatever was there: until it is told, it is in the list of those that are not. */
export async function writeEnd(tx: StoreTransaction, ended: ArrivedRecord): Promise<void> {
  await write(tx, KEYS.arrived(ended.id), ended);
  await tx.set(KEYS.untold(ended.id), '');
}

/** Tells the far side how a message ended, and notes that it knows. */
export async function acknowledge(context: DeliveryContext, record: ArrivedRecord, signal: AbortSignal): Promise<void> {
  const { transport, store, tell } = context;
  const { id, state, reasons = [], signed } = record;
  if (state === 'given') return;
  const more = signed === undefined ? {} : { signed };
  const receipt: ReceiptInput = state === 'rejected' ? { kind: state, reasons, ...more } : { kind: state, ...more };
  await transport.acknowledge({ id }, receipt, optionsOf(context, signal));
  tell({ type: 'answered', messageId: id });
  await store.transact(async (tx) => {
    const now = await read<ArrivedRecord>(tx, KEYS.arrived(id));
    if (now?.state !== state) return;
    if (!now.told) await write(tx, KEYS.arrived(id), { ...now, told: true });
    await tx.delete(KEYS.untold(id));
  });
}

/**
 * Tells the far side of what has ended and may not be known there, though it is listed no more: a process died between the
 * receipt and the note that it was given. The same receipt again is no error.
 */
export async function tellUntold(
  context: DeliveryContext,
  listed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const { store } = context;
  for (const key of await store.transact((tx) => tx.keys(PREFIX.untold))) {
    const id = key.slice(PREFIX.untold.length);
    if (listed.has(id)) continue;
    const record = await store.transact((tx) => read<ArrivedRecord>(tx, KEYS.arrived(id)));
    try {
      if (record) await acknowledge(context, record, signal);
    } catch (error) {
      const isGone =
        error instanceof TransportError && (error.code === 'message.unknown' || error.code.startsWith('gone.'));
      if (!isGone) throw error;
      // Nobody is there any more who could be told.
      await store.transact((tx) => tx.delete(key));
    }
  }
}
