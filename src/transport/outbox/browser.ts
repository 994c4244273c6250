/** Messages that are kept until they are sent and taken in: all of it that needs no disk. */
export type { ArrivedRecord, Gap } from './arrived.js';
export type { DeliveryEvent, DeliveryOptions } from './context.js';
export type { EnqueuedEntry, EnqueueOptions, NewMessage } from './enqueue.js';
export type { OutboxEntry, OutboxFile, OutboxState, OutboxStep } from './entry.js';
export { type ArrivedMessage, type Inbox, openInbox } from './inbox.js';
export { type MemoryStore, memoryStore } from './memory-store.js';
export { type Flushed, type Outbox, type OutboxOptions, openOutbox } from './outbox.js';
export type { DeliveryProof } from './proof.js';
export type { DeliveryStore, StoreReader, StoreTransaction } from './store.js';
