import type { Address } from '../address.js';
import { formatAddress } from '../address.js';
import { TransportError } from '../error.js';
import { type RelayConnection, RelayHttp, type RelayIdentity } from './http.js';

/**
 * Entries of the directory that a relay serves, for `registrarDirectory`: as the registrar signed them, not believed. Rotations, by
 * which an office lets a new key speak to the relay (protocol, section 8), are no part of them.
 *
 * Throws what the road to the relay throws.
 */
export function relayDirectorySource(
  options: RelayConnection & { readonly identity: RelayIdentity },
): (address: Address, signal?: AbortSignal) => Promise<string | undefined> {
  const http = new RelayHttp(options);
  return async (address, signal = new AbortController().signal) => {
    try {
      const path = `/v1/offices/${formatAddress(address)}`;
      const said = await http.json(options.identity, { method: 'GET', path, signal });
      const { entry } = said as { entry?: unknown };
      if (typeof entry !== 'string') throw new TransportError('protocol');
      return entry;
    } catch (error) {
      const isNone =
        error instanceof TransportError && (error.code === 'address.unknown' || error.code === 'message.unknown');
      if (isNone) return undefined;
      throw error;
    }
  };
}
