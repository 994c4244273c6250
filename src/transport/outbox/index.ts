/** Messages that outlive the process: a durable outbox and inbox, and where they are kept. */
export type { ArrivedRecord, Gap } from './arrived.js';
export type { DeliveryEvent, DeliveryOptions } from './context.js';
export type { EnqueueOptions, NewMessage } from './enqueue.js';
export type { OutboxEntry, OutboxFile, OutboxState, OutboxStep } from './entry.js';
export { type ArrivedMessage, type Inbox, openInbox } from './inbox.js';
export { type Flushed, type Outbox, type OutboxOptions, openOutbox } from './outbox.js';
export type { DeliveryProof } from './proof.js';
export type { DeliveryStore, StoreTransaction } from './store.js';
