/** Messages that outlive the process: a durable outbox and inbox, and where they are kept. Needs Node. */
export type { ArrivedRecord, Gap } from './arrived.js';
export type { DeliveryEvent, DeliveryOptions } from './context.js';
export type { EnqueuedEntry, EnqueueOptions, NewMessage } from './enqueue.js';
export type { OutboxEntry, OutboxFile, OutboxState, OutboxStep } from './entry.js';
export { type ArrivedMessage, type Inbox, openInbox } from './inbox.js';
export { type JournalDisk, type JournalFile, journalDisk } from './journal/disk.js';
export type { JournalEvent } from './journal/events.js';
export type { LockOptions } from './journal/lock.js';
export { type JournalReader, readJournal } from './journal/read.js';
export { type JournalRepair, repairJournal } from './journal/repair.js';
export { type JournalCipher, type JournalSeal, journalSeal } from './journal/seal.js';
export { type FileJournalOptions, type FileJournalStore, fileJournalStore } from './journal/store.js';
export { type MemoryStore, memoryStore } from './memory-store.js';
export { type Flushed, type Outbox, type OutboxOptions, openOutbox } from './outbox.js';
export type { DeliveryProof } from './proof.js';
export type { DeliveryStore, StoreReader, StoreTransaction } from './store.js';
