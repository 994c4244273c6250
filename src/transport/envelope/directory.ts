import type { Address } from '../address.js';
import type { PublicKey } from './keys.js';

/** What a directory knows of an office. */
export interface OfficeEntry {
  readonly address: Address;
  /** When the registrar signed it, in milliseconds since 1970 UTC: a later one takes the place of an earlier. */
  readonly issuedAt: number;
  /** Until when it may be relied on; for ever where absent. */
  readonly expiresAt?: number;
  /**
   * When the registrar last found, by means of its own, that the office lost its keys: those of this entry need nobody to vouch for
   * them. Stays in later entries.
   */
  readonly resetAt?: number;
  readonly keys: readonly PublicKey[];
}

/** Whom the keys belong to. What it gives has been verified. */
export interface Directory {
  /**
   * The entry of an office; undefined where it has none.
   *
   * Throws a TransportError (`key.untrusted`) for an entry that is not the registrar's, is older than one seen before, or
   * brings a key that the last one does not vouch for; and what the road to it throws (`unavailable` ...).
   */
  find(address: Address, signal?: AbortSignal): Promise<OfficeEntry | undefined>;
}
