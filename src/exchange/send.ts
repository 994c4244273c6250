import {
  decodeFiles,
  type EncodeTransmissionOptions,
  encodeTransmission,
  type NamedBytes,
  type OutgoingTransmission,
} from '../codec/internal.js';
import { hasError, type Issue } from '../schema/index.js';
import {
  type CallOptions,
  contentId,
  messageId,
  type OutboundMessage,
  type SentMessage,
  type TransportClient,
  TransportError,
} from '../transport/index.js';
import { messageOf, outgoing } from './outgoing.js';
import { issuesOfMissing } from './whole.js';

/** A transmission that was sent, and how it ended. */
export interface SentTransmission extends SentMessage {
  readonly id: string;
  readonly serial: string;
}

interface Completeness {
  /** Sends also what is not a whole transmission (section 1): a slip without its supplement, an image that is not there. */
  readonly allowIncomplete?: boolean;
}

export interface SendTransmissionOptions extends EncodeTransmissionOptions, CallOptions, Completeness {
  /** The message's id, of version 7; a new one where absent. Given again, a message is not sent twice. */
  readonly id?: string;
}

/** What was sent, or every reason why nothing was. */
export type TransmissionResult =
  | { readonly ok: true; readonly sent: SentTransmission; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly sent?: undefined; readonly issues: readonly Issue[] };

/** How often a serial that is taken is replaced by the next one. */
const SERIALS = 5;

/**
 * Encodes a transmission and sends it.
 *
 * Refuses (`ok: false`, nothing sent) when an issue is an error, or when a file of the unit is missing
 * (`transmission.incomplete`), unless `allowIncomplete` says that it is meant so. Where the serial is taken, and was not given by the
 * caller, the transmission is encoded again with the serial that the far side names, unless its records name images, whose
 * names hold the serial. Throws a TransportError when it cannot be sent: `outcome` says what became of it.
 */
export async function sendTransmission(
  client: TransportClient,
  transmission: OutgoingTransmission,
  options: SendTransmissionOptions = {},
): Promise<TransmissionResult> {
  const { id, signal, deadline, traceparent, onProgress, allowIncomplete, ...encoding } = options;
  const call = {
    ...(signal && { signal }),
    ...(deadline !== undefined && { deadline }),
    ...(traceparent !== undefined && { traceparent }),
    ...(onProgress && { onProgress }),
  };
  let serial = options.serial;
  let conflict: TransportError | undefined;
  for (let n = 1; ; n++) {
    const encoded = encodeTransmission(transmission, { ...encoding, ...(serial === undefined ? {} : { serial }) });
    if (!encoded.ok) return { ok: false, issues: encoded.issues };
    const { transmissions } = decodeFiles(encoded.files.map(({ name, bytes }) => ({ path: name, bytes })));
    const issues = [...encoded.issues, ...issuesOfMissing(transmissions, allowIncomplete)];
    // Records that name images carry the serial: only the caller can write them with another one.
    if (conflict && hasError(issues)) throw conflict;
    if (hasError(issues)) return { ok: false, issues };
    const { from, to } = transmission;
    const parts = await messageOf({ from, to, serial: encoded.serial }, encoded.files);
    const message = { id: id ?? messageId(), ...parts };
    try {
      const sent = await client.send(message, call);
      return { ok: true, sent: { ...sent, id: message.id, serial: encoded.serial }, issues };
    } catch (error) {
      if (!(error instanceof TransportError && error.code === 'serial.conflict' && error.nextSerial)) throw error;
      if (options.serial !== undefined || n >= SERIALS) throw error;
      serial = error.nextSerial;
      conflict = error;
    }
  }
}

export interface SendFilesOptions extends CallOptions, Completeness {
  /** Told before each transmission goes: which of how many. */
  readonly onTransmission?: (message: OutboundMessage, index: number, count: number) => void;
}

/**
 * Sends files as they are, grouped to transmissions by their names, in the order of their serials; a ZIP is taken for the
 * files in it.
 *
 * They are decoded first: where one has an error, or is no file of V4.1, nothing is sent (`ok: false`); nor where a file of
 * a unit is missing (`transmission.incomplete`), unless `allowIncomplete` says that it is meant so. A file that was renamed
 * goes under the standard's name. The same files sent again are the same message. Throws a TransportError at the first that
 * cannot be sent.
 */
export async function sendFiles(
  client: TransportClient,
  files: Iterable<NamedBytes>,
  options: SendFilesOptions = {},
): Promise<{ readonly ok: boolean; readonly sent: readonly SentTransmission[]; readonly issues: readonly Issue[] }> {
  const { onTransmission, allowIncomplete, ...call } = options;
  const { ok, groups, issues } = outgoing(files, allowIncomplete);
  if (!ok) return { ok, sent: [], issues };
  const sent: SentTransmission[] = [];
  for (const [index, { routing, files: group }] of groups.entries()) {
    const parts = await messageOf(routing, group);
    const message = { id: await contentId(parts), ...parts };
    onTransmission?.(message, index, groups.length);
    sent.push({ ...(await client.send(message, call)), id: message.id, serial: routing.serial });
  }
  return { ok: true, sent, issues };
}
