import { type Address, formatAddress } from './address.js';
import { readPart } from './bytes.js';
import type { DeliveryState, InboundMessage, InboxEntry, OutboundMessage, Receipt, SentStatus } from './message.js';

/** A message as a mailbox keeps it. */
export interface StoredMessage {
  readonly message: OutboundMessage;
  readonly bytes: readonly Uint8Array[];
  readonly receipt: Receipt;
  readonly expiresAt: number;
  state: DeliveryState;
  reasons?: readonly string[];
  /** What the receiver signed, by kind: the first of each stays. */
  readonly signed: Map<string, string>;
}

/** What has ended: nothing follows but `read` after `delivered`. */
export const CLOSED: ReadonlySet<DeliveryState> = new Set(['delivered', 'read', 'rejected', 'recalled', 'expired']);

/** The name of a sender's serial towards a receiver: unique, as the standard wants it. */
export const serialKey = ({ from, to, serial }: { from: Address; to: Address; serial: string }): string =>
  `${formatAddress(from)} ${formatAddress(to)} ${serial}`;

/** Takes all bytes of a message before anything of it is kept. */
export async function takeBytes(message: OutboundMessage, signal: AbortSignal): Promise<Uint8Array[]> {
  const bytes: Uint8Array[] = [];
  for (const part of message.parts) bytes.push(await readPart(part, signal));
  signal.throwIfAborted();
  return bytes;
}

export const entryOf = ({ message, state }: StoredMessage): InboxEntry => {
  const { id, from, to, serial, standard, kinds, parts } = message;
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return { id, from, to, serial, standard, kinds, parts: parts.length, size, state };
};

export const statusOf = ({ message, state, receipt, reasons, signed }: StoredMessage): SentStatus => {
  const { id, from, to, serial } = message;
  const receipts = signed.size > 0 ? { signedReceipts: [...signed.values()] } : {};
  return { id, from, to, serial, state, receipt, ...(reasons ? { reasons } : {}), ...receipts };
};

export const inboundOf = (stored: StoredMessage): InboundMessage => ({
  ...entryOf(stored),
  ...(stored.message.header === undefined ? {} : { header: stored.message.header }),
  files: stored.message.parts.map((part, i) => ({
    ...part,
    async *open({ start, end } = { start: 0, end: part.size }) {
      // A copy: what a receiver does to its bytes does not change the mailbox.
      if (end > start) yield (stored.bytes[i] ?? new Uint8Array()).slice(start, end);
    },
  })),
});
