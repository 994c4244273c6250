import { formatAddress } from '../address.js';
import { TransportError } from '../error.js';
import type { Directory, OfficeEntry } from './directory.js';
import { isEntry } from './entry.js';

/** A directory of keys that were exchanged by hand. Throws a TransportError (`config`): malformed entries, an address twice. */
export function staticDirectory(entries: readonly OfficeEntry[]): Directory {
  const byAddress = new Map(entries.map((entry) => [formatAddress(entry.address), entry]));
  if (byAddress.size !== entries.length || !entries.every(isEntry)) throw new TransportError('config');
  return {
    async find(address, signal) {
      signal?.throwIfAborted();
      return byAddress.get(formatAddress(address));
    },
  };
}
