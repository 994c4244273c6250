import { bytesOfText, textOfBytes } from '../ascii.js';
import { messageDigest, readPart } from '../bytes.js';
import { type PublicKey, verifyRelayReceipt } from '../envelope/index.js';
import { TransportError } from '../error.js';
import type { OutboundMessage, Receipt, SendResult, SentStatus } from '../message.js';
import { parseHeader } from '../routing-header.js';
import type { AttemptOptions } from '../transport.js';
import { mailboxPath, type RelayHttp, type RelayIdentity } from './http.js';
import { addressIn, stateIn, statusIn, type WireStatus } from './wire.js';

/** The largest request that declares and commits at once, in bytes (protocol, section 4). */
const SINGLE = 1_048_576;

/** What sending needs. */
export interface Sending {
  readonly http: RelayHttp;
  /** The relay's own keys, to prove its receipts with. */
  keys(signal: AbortSignal): Promise<readonly PublicKey[]>;
  /** A receipt was not by one of them: they may be others by now. */
  doubtKeys(): void;
}

/** Sends a sealed message: at once where it is small, else part by part, and of these only what is missing. */
export async function sendMessage(
  sending: Sending,
  identity: RelayIdentity,
  message: OutboundMessage,
  { signal, traceparent }: AttemptOptions,
): Promise<SendResult> {
  const { http } = sending;
  const path = mailboxPath(message.from, `outbox/${message.id}`);
  const trace = traceparent === undefined ? {} : { traceparent };
  const put = async (json: ReturnType<typeof jsonBody>) =>
    statusIn(await http.json(identity, { method: 'PUT', path, ...json, signal, ...trace }));
  const { header = '' } = message;
  // Asked for first: where they cannot be had, nothing has left.
  await sending.keys(signal).catch((error: TransportError) => {
    throw error.with({ outcome: 'not-sent' });
  });
  const single = await atOnce(message, header, signal);
  if (single) return accepted(sending, message, await put(single), signal);
  const declared = await put(jsonBody({ header }));
  if (declared.receipt !== undefined) return accepted(sending, message, declared, signal);
  for (const n of new Set(declared.missing)) {
    const part = message.parts[n];
    if (!part) throw new TransportError('protocol');
    const body = await readPart(part, signal);
    const mediaType = 'application/octet-stream';
    await http.json(identity, { method: 'PUT', path: `${path}/parts/${n}`, body, mediaType, signal, ...trace });
  }
  const committed = statusIn(await http.json(identity, { method: 'POST', path: `${path}/commit`, signal, ...trace }));
  return accepted(sending, message, committed, signal);
}

/** The request that declares and commits at once; undefined where it would be too large. */
async function atOnce(
  { parts }: OutboundMessage,
  header: string,
  signal: AbortSignal,
): Promise<ReturnType<typeof jsonBody> | undefined> {
  if (parts.reduce((sum, { size }) => sum + size, header.length) > SINGLE) return undefined;
  const texts: string[] = [];
  for (const part of parts) texts.push(textOfBytes(await readPart(part, signal)));
  // As JSON it is longer, by how much depends on its characters.
  const json = jsonBody({ header, parts: texts });
  return json.body.length <= SINGLE ? json : undefined;
}

async function accepted(
  sending: Sending,
  message: OutboundMessage,
  { receipt, duplicate }: WireStatus,
  signal: AbortSignal,
): Promise<SendResult> {
  const proved = await provedReceipt(sending, receipt, signal).catch((error: TransportError) => {
    throw error.with({ outcome: 'unknown' });
  });
  const manifest = parseHeader(message.header ?? '').parts[0]?.sha256;
  const isOurs = proved.messageId === message.id && proved.digest === (await messageDigest(message));
  // What was signed is for something else: it may be there all the same.
  if (!isOurs || proved.manifestSha256 !== manifest) throw new TransportError('protocol');
  const { manifestSha256: _, ...known } = proved;
  return { state: 'accepted', receipt: known, duplicate: duplicate === true };
}

/** A receipt of the relay, proved. Throws `protocol` where there is none or its signature is not the relay's. */
async function provedReceipt(
  { keys, doubtKeys, http }: Sending,
  signed: string | undefined,
  signal: AbortSignal,
): Promise<Receipt & { readonly manifestSha256: string }> {
  if (signed === undefined) throw new TransportError('protocol');
  const all = await keys(signal);
  const said = await verifyRelayReceipt(signed, all).catch((cause: unknown) => {
    doubtKeys();
    throw new TransportError('protocol', { cause });
  });
  if (said.relay !== http.origin) throw new TransportError('protocol');
  const { id, acceptedAt, headerSha256, manifestSha256 } = said;
  return { messageId: id, acceptedAt, digest: headerSha256, signed, manifestSha256 };
}

/** What the relay says of a message that was sent; undefined where it is no message yet, or was given up. */
export async function statusOf(
  sending: Sending,
  status: WireStatus,
  signal: AbortSignal,
): Promise<SentStatus | undefined> {
  const state = stateIn(status.state);
  if (!state) return undefined;
  const { id, from, to, serial, reasons } = status;
  const { manifestSha256: _, ...receipt } = await provedReceipt(sending, status.receipt, signal);
  if (receipt.messageId !== id) throw new TransportError('protocol');
  const signedReceipts = status.receipts?.flatMap(({ signed }) => signed ?? []) ?? [];
  return {
    ...{ id, from: addressIn(from), to: addressIn(to), serial, state, receipt },
    ...(reasons ? { reasons } : {}),
    ...(signedReceipts.length > 0 ? { signedReceipts } : {}),
  };
}

/** A body of JSON; all that is sent is ASCII. */
export const jsonBody = (value: unknown): { readonly body: Uint8Array; readonly mediaType: string } => ({
  body: bytesOfText(JSON.stringify(value)),
  mediaType: 'application/json',
});
