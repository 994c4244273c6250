import type { OutboxEntry, StoredEntry } from './entry.js';
import { publicEntry } from './entry.js';

/** What proves that a message was sent: a file for an inspection. It names offices and files, and no person. */
export interface DeliveryProof extends OutboxEntry {
  readonly type: 'careplan-delivery-proof';
  readonly version: 1;
}

/**
 * The proof of a message, as data.
 *
 * `files` holds the SHA-256 of every file as it was handed over; `sealed.header` what was bound to the content;
 * `receipt.signed` and `signedReceipts` what relay and receiver signed, compact JWS that anyone can verify who has their
 * keys; `history` when what happened.
 */
export const proofOf = (entry: StoredEntry): DeliveryProof => ({
  type: 'careplan-delivery-proof',
  version: 1,
  ...publicEntry(entry),
});
