import {
  decodeFiles,
  type EncodeTransmissionOptions,
  encodeTransmission,
  type NamedBytes,
  type OutgoingTransmission,
} from '../codec/index.js';
import { hasError, type Issue } from '../schema/index.js';
import { type Address, contentId } from '../transport/index.js';
import { transmissionName } from './names.js';
import { messageOf, outgoing } from './outgoing.js';
import { issuesOfMissing } from './whole.js';

interface EnqueuedFile {
  readonly name: string;
  readonly kind: string;
  readonly bytes: Uint8Array;
}

/** What of an outbox is needed to put transmissions into it: that of `./transport/outbox`, or one's own. */
export interface TransmissionOutbox<E> {
  nextSerial(from: Address, to: Address): Promise<string>;
  enqueue(
    message: {
      readonly id?: string;
      readonly from: Address;
      readonly to: Address;
      readonly serial: string;
      readonly standard: '4.1';
      readonly files: readonly EnqueuedFile[];
    },
    options?: { readonly key?: string },
  ): Promise<E>;
}

export interface EnqueueTransmissionOptions extends Omit<EncodeTransmissionOptions, 'serials'> {
  /** The application's own name of what is sent: enqueued again under the same key, nothing new is sent. */
  readonly key?: string;
  /** Sends also what is not a whole transmission (section 1). */
  readonly allowIncomplete?: boolean;
}

/** What was put into the outbox, or every reason why nothing was. */
export type EnqueuedTransmission<E> =
  | { readonly ok: true; readonly entry: E; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly entry?: undefined; readonly issues: readonly Issue[] };

/**
 * Encodes a transmission with a serial of the outbox (or the one given), and puts it there; durable when it resolves.
 *
 * Refuses (`ok: false`, nothing enqueued) when an issue is an error, or when a file of the unit is missing, unless
 * `allowIncomplete` says that it is meant so. Throws what the outbox throws.
 */
export async function enqueueTransmission<E>(
  outbox: TransmissionOutbox<E>,
  transmission: OutgoingTransmission,
  options: EnqueueTransmissionOptions = {},
): Promise<EnqueuedTransmission<E>> {
  const { key, allowIncomplete, ...encoding } = options;
  const { from, to } = transmission;
  const serial = encoding.serial ?? (await outbox.nextSerial(from, to));
  const encoded = encodeTransmission(transmission, { ...encoding, serial });
  if (!encoded.ok) return { ok: false, issues: encoded.issues };
  const { transmissions } = decodeFiles(encoded.files.map(({ name, bytes }) => ({ path: name, bytes })));
  const issues = [...encoded.issues, ...issuesOfMissing(transmissions, allowIncomplete)];
  if (hasError(issues)) return { ok: false, issues };
  const message = { from, to, serial, standard: '4.1' as const, files: encoded.files.map(named) };
  const entry = await outbox.enqueue(message, key === undefined ? {} : { key });
  return { ok: true, entry, issues };
}

/**
 * Puts files into an outbox as they are, grouped to transmissions by their names, in the order of their serials; a ZIP is
 * taken for the files in it.
 *
 * They are decoded first: where one has an error, is no file of V4.1, or a file of a unit is missing (unless
 * `allowIncomplete` says that it is meant so), nothing is enqueued (`ok: false`). The same files again are the same message.
 * Throws what the outbox throws.
 */
export async function enqueueFiles<E>(
  outbox: TransmissionOutbox<E>,
  files: Iterable<NamedBytes>,
  options: { readonly allowIncomplete?: boolean } = {},
): Promise<{ readonly ok: boolean; readonly entries: readonly E[]; readonly issues: readonly Issue[] }> {
  const { ok, groups, issues } = outgoing(files, options.allowIncomplete);
  if (!ok) return { ok, entries: [], issues };
  const entries: E[] = [];
  for (const { routing, files: group } of groups) {
    const id = await contentId(await messageOf(routing, group));
    entries.push(await outbox.enqueue({ id, ...routing, standard: '4.1', files: group.map(named) }));
  }
  return { ok, entries, issues };
}

const named = ({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): EnqueuedFile => ({
  name,
  kind: transmissionName(name)?.kind ?? '',
  bytes,
});
