/** Certificate chains of signatures (`x5c`), checked with node:crypto. */
export type { PublicKey } from '../envelope/index.js';
