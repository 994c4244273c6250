import {
  type Address,
  type AttemptOptions,
  messageId,
  type OutboundMessage,
  partOf,
} from '../../src/transport/index.js';
import { OFFICES } from './memory-harness.js';

export const SLIP_KINDS = ['UPPLAN', 'UPSIKYU', 'UPHOSOKU'];

/** A slip is whole when its three files are there. */
export const isWholeSlip = (files: readonly { readonly kind: string }[]): boolean =>
  SLIP_KINDS.every((kind) => files.some((file) => file.kind === kind));

export const attempt = (more: Partial<AttemptOptions> = {}): AttemptOptions => ({
  signal: new AbortController().signal,
  deadline: Number.POSITIVE_INFINITY,
  attempt: 1,
  ...more,
});

/** A serial of a minute and second of one hour. */
export const serialOf = (n: number): string =>
  `2026112510${String(Math.floor(n / 60)).padStart(2, '0')}${String(n % 60).padStart(2, '0')}`;

const FROM: Address = OFFICES.a[0];
const TO: Address = OFFICES.b[0];

/** The files of a slip, by their names. */
export function slipFiles(
  serial: string,
  text = 'x',
  from = FROM,
  to = TO,
): { name: string; kind: string; text: string }[] {
  const lane = `${from.officeNumber}_${from.serviceType}_${to.officeNumber}_${to.serviceType}`;
  return SLIP_KINDS.map((kind) => ({
    name: `${kind}_202511_${lane}_${serial}.CSV`,
    kind,
    text: `${kind},${text}\r\n`,
  }));
}

/** A slip to send. */
export async function slip(n = 0, text = 'x', more: Partial<OutboundMessage> = {}): Promise<OutboundMessage> {
  const { from = FROM, to = TO, serial = serialOf(n) } = more;
  const parts = await Promise.all(
    slipFiles(serial, text, from, to).map((file) => partOf({ ...file, bytes: Buffer.from(file.text) })),
  );
  return { id: messageId(), from, to, serial, standard: '4.1', kinds: SLIP_KINDS, parts, ...more };
}
