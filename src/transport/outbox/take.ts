import { messageDigest, readPart } from '../bytes.js';
import { type OpenedMessage, openMessage, type PlainFile, type PlainMessage, sealedOf } from '../envelope/index.js';
import { TransportError } from '../error.js';
import type { InboundMessage, InboxEntry } from '../message.js';
import { within } from '../repeat.js';
import { parseHeader } from '../routing-header.js';
import type { AttemptOptions } from '../transport.js';
import type { DeliveryContext } from './context.js';

/** A message that has come and was opened. */
export interface TakenMessage {
  readonly message: PlainMessage | OpenedMessage;
  readonly digest: string;
  /** Of a sealed message: what a receipt is bound to. */
  readonly manifestSha256?: string;
}

/** What became known of a message on the way to opening it. */
export interface OnTheWay {
  /** Of a sealed message: the SHA-256 of its manifest, as its header says. */
  manifestSha256?: string | undefined;
  /** It is there with all it needs to be opened: what is wrong now is wrong with the message itself. */
  complete?: boolean;
}

/** Whether a message is refused for good; else it is left, and tried again another time. */
export const isFinal = ({ code }: TransportError, { complete }: OnTheWay): boolean =>
  complete === true && code !== 'key.unknown' && code !== 'internal';

/**
 * Fetches a message with all its bytes, and opens it where it is sealed.
 *
 * Throws a TransportError: those of `openMessage`; `unsupported` where it is not sealed and should be, or sealed and there
 * are no keys; and those of the transport.
 */
export async function takeMessage(
  context: DeliveryContext,
  entry: InboxEntry,
  about: OnTheWay,
  signal: AbortSignal,
): Promise<TakenMessage> {
  const { clock, policy, transport } = context;
  return within(clock, policy.attemptTimeoutMs, signal, async (limited) => {
    const options: AttemptOptions = { signal: limited, deadline: clock.now() + policy.attemptTimeoutMs, attempt: 1 };
    const inbound = await transport.fetch({ id: entry.id }, options);
    const files: PlainFile[] = [];
    for (const part of inbound.files) {
      const { name, kind, mediaType } = part;
      files.push({ name, kind, mediaType, bytes: await wireBytes(part, limited) });
    }
    const digest = await messageDigest({ ...inbound, parts: inbound.files });
    const { header } = inbound;
    const { sealing } = context;
    if (header === undefined) {
      about.complete = true;
      return { message: plain(context, inbound, files), digest };
    }
    if (!sealing) throw new TransportError('unsupported');
    const sender = await sealing.directory.find(inbound.from, limited);
    if (!sender) throw new TransportError('key.unknown');
    about.complete = true;
    about.manifestSha256 = manifestOf(header);
    const opened = await openMessage(sealedOf({ header, files }), {
      keys: sealing.keys,
      sender: sender.keys,
      self: [inbound.to],
      now: clock.now(),
    });
    if (opened.id !== entry.id) throw new TransportError('manifest.mismatch');
    return { message: opened, digest, manifestSha256: opened.manifestSha256 };
  });
}

/** What a receipt for a sealed message is bound to: the hash of its manifest; undefined where it is not sealed, or malformed. */
export function manifestOf(header: string | undefined): string | undefined {
  try {
    return header === undefined ? undefined : parseHeader(header).parts[0]?.sha256;
  } catch {
    return undefined;
  }
}

/** Bytes that differ from what was announced were changed on the way: another attempt brings others. */
const wireBytes = (part: InboundMessage['files'][number], signal: AbortSignal): Promise<Uint8Array> =>
  readPart(part, signal).catch((error: unknown) => {
    const differs = error instanceof TransportError && error.code === 'integrity.content';
    throw differs ? new TransportError('integrity.wire') : error;
  });

/** A message that was sent as it is: only by a transport that carries such. */
function plain({ transport }: DeliveryContext, inbound: InboundMessage, files: readonly PlainFile[]): PlainMessage {
  if (transport.capabilities.endToEndEncryption === 'required') throw new TransportError('unsupported');
  const { id, from, to, serial, standard, kinds } = inbound;
  return { id, from, to, serial, standard, kinds, files };
}
