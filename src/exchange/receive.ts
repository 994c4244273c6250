import { type DecodeFileOptions, decodeFiles, type Transmission } from '../codec/index.js';
import { hasError, type Issue } from '../schema/index.js';
import type { CallOptions, FetchedMessage, InboxQuery, TransportClient } from '../transport/index.js';

/** A transmission that has arrived and is not acknowledged. */
export interface ArrivedTransmission {
  /** The message as the transport gave it, with the bytes of its files. */
  readonly message: FetchedMessage;
  /** What its files hold; undefined where they are not those of one transmission from and to whom the message says. */
  readonly transmission?: Transmission;
  readonly issues: readonly Issue[];
  /** Says that it is safely stored, or was read by a person. Not before it is: then it is not given again. */
  acknowledge(kind?: 'delivered' | 'read'): Promise<void>;
  /** Says that it is refused, for these reasons (codes); those of its errors where absent. */
  refuse(reasons?: readonly string[]): Promise<void>;
}

export interface ReceiveOptions extends InboxQuery, CallOptions {
  readonly decode?: Omit<DecodeFileOptions, 'name' | 'kind'>;
}

/**
 * Gives the transmissions that have arrived, decoded, in the order of the transport.
 *
 * Nothing is acknowledged unasked: what was given and not acknowledged comes again the next time. Bad data does not
 * throw; it is among the issues. Throws a TransportError when the transport fails.
 */
export async function* receiveTransmissions(
  client: TransportClient,
  options: ReceiveOptions = {},
): AsyncGenerator<ArrivedTransmission, void, void> {
  const { decode = {}, signal, deadline, traceparent, onProgress, ...query } = options;
  const call: CallOptions = {
    ...(signal && { signal }),
    ...(deadline !== undefined && { deadline }),
    ...(traceparent !== undefined && { traceparent }),
    ...(onProgress && { onProgress }),
  };
  for await (const entry of client.list(query, call)) {
    const message = await client.fetch(entry, call);
    const decoded = decodeMessage(message, decode);
    yield {
      message,
      ...decoded,
      acknowledge: (kind = 'delivered') => client.acknowledge(entry, { kind }, call),
      refuse: (reasons = reasonsOf(decoded.issues)) => client.acknowledge(entry, { kind: 'rejected', reasons }, call),
    };
  }
}

/** A message with its files: as a transport, an outbox or an inbox gives it. */
export type MessageFiles = Pick<FetchedMessage, 'from' | 'to' | 'serial'> & {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
};

/**
 * Decodes the files of a message.
 *
 * `transmission` is undefined where they are not those of one transmission from and to whom the message says. Bad data does
 * not throw; it is among the issues.
 */
export function decodeMessage(
  message: MessageFiles,
  options: ReceiveOptions['decode'] = {},
): { readonly transmission?: Transmission; readonly issues: readonly Issue[] } {
  const files = message.files.map(({ name, bytes }) => ({ path: name, bytes }));
  const { transmissions, unknown, issues } = decodeFiles(files, options);
  const [only, ...others] = transmissions;
  const fits = only && others.length === 0 && unknown.length === 0 && isRouted(only, message);
  return { ...(fits ? { transmission: only } : {}), issues };
}

/** Why a transmission is refused: the codes of its errors; `manifest.mismatch` where it has none. */
function reasonsOf(issues: readonly Issue[]): string[] {
  const codes = issues.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  return hasError(issues) ? [...new Set(codes)] : ['manifest.mismatch'];
}

/** Whether the names of the files say what the message says. */
function isRouted({ from, to, serial }: Transmission, message: MessageFiles): boolean {
  const same = (a: Transmission['from'], b: MessageFiles['from']) =>
    a.officeNumber === b.officeNumber && a.serviceType === b.serviceType;
  return same(from, message.from) && same(to, message.to) && serial === message.serial;
}
