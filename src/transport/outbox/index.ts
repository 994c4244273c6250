/** Messages that outlive the process: a durable outbox and inbox, and where they are kept. In browsers all but the journal. */
export * from './browser.js';
export { type JournalDisk, type JournalFile, journalDisk } from './journal/disk.js';
export type { JournalEvent } from './journal/events.js';
export type { LockOptions } from './journal/lock.js';
export { type JournalReader, readJournal } from './journal/read.js';
export { type JournalRepair, repairJournal } from './journal/repair.js';
export { type JournalCipher, type JournalSeal, journalSeal } from './journal/seal.js';
export { type FileJournalOptions, type FileJournalStore, fileJournalStore } from './journal/store.js';
