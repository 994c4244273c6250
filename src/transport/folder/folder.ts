import { owns } from '../address.js';
import { systemClock } from '../clock.js';
import { defineTransport } from '../define.js';
import { diskError } from '../disk-error.js';
import { TransportError } from '../error.js';
import type { Transport, TransportDriver, TransportLimits } from '../transport.js';
import { nodeDisk } from './disk.js';
import { incoming } from './incoming.js';
import { outgoing } from './outgoing.js';
import { type FolderOptions, placesOf } from './places.js';

const LIMITS: TransportLimits = { maxParts: 1000, maxPartBytes: 8 * 2 ** 20, maxMessageBytes: 64 * 2 ** 20 };

function driver(options: FolderOptions): TransportDriver {
  const { addresses, clock = systemClock, disk = nodeDisk, stableMs = 2000, renameMs = 30_000, zip = false } = options;
  const limits = { ...LIMITS, ...options.limits };
  const places = placesOf(options);
  const out = outgoing({ places, disk, clock, renameMs, zip });
  const into = incoming({ options, places, disk, clock, stableMs, limits });
  /** Runs a verb; what the file system says becomes an error of a transport. */
  const run = async <T>(signal: AbortSignal, verb: () => Promise<T>): Promise<T> => {
    try {
      return await verb();
    } catch (error) {
      throw error === signal.reason ? error : diskError(error);
    }
  };
  return {
    name: 'folder',
    capabilities: {
      acceptance: 'handoff',
      idempotentSend: true,
      lookup: 'exact',
      status: ['handed-off'],
      signedReceipts: false,
      endToEndEncryption: 'none',
      orderedInbox: true,
      recall: false,
      watch: false,
      listSent: false,
      interactiveLogin: false,
      standards: ['4.1'],
      limits,
    },
    send: (message, { signal }) =>
      run(signal, async () => {
        if (addresses && !owns(addresses, message.from)) throw new TransportError('auth.denied');
        return out.send(message, signal);
      }),
    lookup: (ref, { signal }) => run(signal, () => out.lookup(ref, signal)),
    list: (query, { signal }) => run(signal, () => into.list(query, signal)),
    fetch: ({ id }, { signal }) => run(signal, () => into.fetch(id)),
    acknowledge: ({ id }, receipt, { signal }) => run(signal, () => into.acknowledge(id, receipt)),
  };
}

/**
 * A transport by a folder: hands files over to the official client or to a browser, and takes in what a person
 * downloaded.
 *
 * `send` writes to `out`; a set is complete when its manifest is in `manifests`. `list` finds the whole sets in `in`, loose
 * or in a ZIP; `acknowledge` moves the originals to `done`, or to `refused`. Files lie there in plain text, because the
 * official client needs them so. One process at a time should send by a folder; two that
 * send one serial at once get `serial.conflict`, one of them or both. Codes of the disk are `storage.full`,
 * `storage.locked` and `storage.io`; for rights that are missing, and paths that cannot be, `storage.io` with the retry
 * `after-person`.
 */
export const folderTransport: (options: FolderOptions) => Transport = defineTransport(driver);
