/** Sending and receiving by a relay that speaks protocol 1. Runs in browsers. */
export { relayDirectorySource } from './directory.js';
export type { RelayConnection, RelayIdentity } from './http.js';
export { type RelayOptions, relayTransport } from './relay.js';
