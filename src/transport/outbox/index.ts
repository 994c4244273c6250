/** Messages that outlive the process: a durable outbox and inbox, and where they are kept. */
export type { DeliveryStore, StoreTransaction } from './store.js';
