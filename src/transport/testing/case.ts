import type { TransportCapabilities } from '../transport.js';
import type { Context } from './context.js';
import type { ContractHarness } from './harness.js';

/** A case of the contract as the groups declare it. */
export interface CaseSpec {
  readonly name: string;
  /** Why it says nothing about such a transport; undefined where it applies. */
  readonly skip?: (capabilities: TransportCapabilities, harness: ContractHarness) => string | undefined;
  /** What the harness must have for the case to be run, because the manifest claims what it tests. */
  readonly needs?: readonly (keyof ContractHarness)[];
  readonly run: (context: Context) => Promise<void>;
}

export const unless =
  (claimed: (capabilities: TransportCapabilities) => boolean, reason: string) =>
  (capabilities: TransportCapabilities): string | undefined =>
    claimed(capabilities) ? undefined : reason;
