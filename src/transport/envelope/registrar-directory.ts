import { type Address, formatAddress, sameAddress } from '../address.js';
import { sha256 } from '../bytes.js';
import { TransportError } from '../error.js';
import { orAborted } from '../following.js';
import type { Directory, OfficeEntry } from './directory.js';
import { formatEntry, verifyEntry } from './entry.js';
import type { PublicKey } from './keys.js';
import { formatPins, memoryPins, type PinStore, parsePins, vouchesFor } from './pins.js';
import { utf8 } from './text.js';

/** The keys of an office that nothing seen before vouches for, though the registrar does. */
export interface KeyReset {
  readonly address: Address;
  /** When the registrar marked it, in milliseconds since 1970 UTC. */
  readonly resetAt: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface RegistrarDirectoryOptions {
  /** Gives the signed entry of an office, from wherever: it is not believed. Undefined where there is none. */
  readonly source: (address: Address, signal?: AbortSignal) => Promise<string | undefined>;
  /** The keys of those whose signature is believed. */
  readonly registrars: readonly PublicKey[];
  /** Where it remembers what it saw; in memory where absent. */
  readonly pins?: PinStore;
  /** Milliseconds since 1970 UTC; the clock of the machine where absent. */
  readonly now?: () => number;
  /**
   * Told, before they are used, of keys that the registrar put in the place of lost ones: here a person learns of it, and may ask the
   * office by telephone. Where it throws, or is absent, the keys are refused (`key.untrusted`) and nothing is remembered.
   */
  readonly onReset?: (reset: KeyReset) => void | Promise<void>;
}

/**
 * A directory whose entries a registrar signed, and which remembers: an entry older than the last, or another of the same time, is
 * refused; the keys seen first are kept; later ones are taken if a kept signing key vouches for them, or by `onReset`.
 */
export function registrarDirectory(options: RegistrarDirectoryOptions): Directory {
  const { source, registrars, pins = memoryPins(), now = Date.now } = options;
  const turns = new Map<string, Promise<unknown>>();

  async function judge(entry: OfficeEntry, name: string): Promise<void> {
    const entrySha256 = await sha256(utf8(formatEntry(entry)));
    const kept = await pins.get(name);
    const seen = kept === undefined ? undefined : parsePins(kept);
    if (seen) {
      if (entry.issuedAt === seen.issuedAt && entrySha256 === seen.entrySha256) return;
      if (entry.issuedAt <= seen.issuedAt) throw new TransportError('key.untrusted');
      if (!(await vouchesFor(seen, entry))) {
        if (entry.resetAt === undefined || entry.resetAt <= seen.issuedAt) throw new TransportError('key.untrusted');
        await tellReset(entry, entry.resetAt, seen.keys);
      }
    }
    const gone = seen?.keys.filter(
      (old) => old.revokedAt !== undefined && !entry.keys.some(({ kid }) => kid === old.kid),
    );
    await pins.set(name, formatPins({ issuedAt: entry.issuedAt, entrySha256, keys: [...entry.keys, ...(gone ?? [])] }));
  }

  async function tellReset({ address, keys }: OfficeEntry, resetAt: number, old: readonly PublicKey[]): Promise<void> {
    const kids = (list: readonly PublicKey[]) => list.map(({ kid }) => kid);
    if (!options.onReset) throw new TransportError('key.untrusted');
    try {
      await options.onReset({ address, resetAt, before: kids(old), after: kids(keys) });
    } catch (cause) {
      throw new TransportError('key.untrusted', { cause });
    }
  }

  return {
    async find(address, signal) {
      const name = formatAddress(address);
      signal?.throwIfAborted();
      const text = await source(address, signal);
      if (text === undefined) return undefined;
      const entry = await verifyEntry(text, registrars, now());
      if (!sameAddress(entry.address, address)) throw new TransportError('key.untrusted');
      // One after another for an address: of two that look at once, none overwrites what the other saw.
      const turn = (turns.get(name) ?? Promise.resolve()).then(() => judge(entry, name));
      const settled = turn.catch(() => {});
      turns.set(name, settled);
      settled.then(() => turns.get(name) === settled && turns.delete(name));
      // Those before may wait for a person.
      await (signal ? orAborted(turn, signal) : turn);
      return entry;
    },
  };
}
