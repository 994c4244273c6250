import type { Address } from '../address.js';
import { partOf, readPart } from '../bytes.js';
import { messageId } from '../id.js';
import type { InboundMessage, InboxEntry, InboxQuery, OutboundMessage, SendResult, SentRef } from '../message.js';
import type { AttemptOptions, Transport } from '../transport.js';
import type { ContractHarness } from './harness.js';

/** The files of a usage slip: what the cases send. */
const SLIP = 'UPPLAN UPSIKYU UPHOSOKU'.split(' ');

/** Bytes of ASCII. */
export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** What a call is given where a case has no wishes. */
export const attempt = (more: Partial<AttemptOptions> = {}): AttemptOptions => ({
  signal: new AbortController().signal,
  deadline: Date.now() + 60_000,
  attempt: 1,
  ...more,
});

/** A harness and what cases do with it again and again. */
export class Context {
  #serial = 0;
  a: Transport;
  b: Transport;
  readonly from: Address;
  readonly to: Address;

  constructor(readonly harness: ContractHarness) {
    this.a = harness.a.transport;
    this.b = harness.b.transport;
    this.from = harness.a.addresses[0];
    this.to = harness.b.addresses[0];
  }

  /** A slip from `a` to `b`: its three files hold these bytes. */
  async message(
    wishes: Partial<OutboundMessage> & { readonly bytes?: readonly Uint8Array[] } = {},
  ): Promise<OutboundMessage> {
    const { bytes = [], ...fixed } = wishes;
    const { from = this.from, to = this.to, serial = this.serial() } = fixed;
    const parts = SLIP.map((kind, i) =>
      partOf({ name: fileName(kind, from, to, serial), kind, bytes: bytes[i] ?? ascii(`${kind},${serial}\r\n`) }),
    );
    const whole = { from, to, serial, standard: '4.1' as const, kinds: SLIP, parts: await Promise.all(parts) };
    return { id: messageId(), ...whole, ...fixed };
  }

  /** A serial that no message had so far; each later than the last. */
  serial(): string {
    const n = this.#serial++;
    const pad = (value: number) => String(value).padStart(2, '0');
    return `2026112510${pad(Math.floor(n / 60))}${pad(n % 60)}`;
  }

  send(message: OutboundMessage, more?: Partial<AttemptOptions>): Promise<SendResult> {
    return this.a.send(message, attempt(more));
  }

  /** Sends messages one after the other, and has them carried to the other end. */
  async deliver(...messages: readonly OutboundMessage[]): Promise<void> {
    for (const message of messages) {
      const own = this.harness.b.addresses.some((address) => address === message.from);
      await (own ? this.b : this.a).send(message, attempt());
    }
    await this.carry();
  }

  async carry(): Promise<void> {
    await this.harness.carry?.();
  }

  /** All that is in the mailboxes of an end, page by page. */
  async list(query: InboxQuery = {}, side: Transport = this.b): Promise<InboxEntry[]> {
    const entries: InboxEntry[] = [];
    let cursor = query.cursor;
    do {
      const page = await side.list({ ...query, ...(cursor === undefined ? {} : { cursor }) }, attempt());
      entries.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return entries;
  }

  async fetch(id: string, side: Transport = this.b): Promise<InboundMessage> {
    return side.fetch({ id }, attempt());
  }

  /** The one entry of a message; a sentence where it is not there once. */
  async entry(message: OutboundMessage): Promise<InboxEntry> {
    const found = (await this.list()).filter(({ serial }) => serial === message.serial);
    if (found.length !== 1 || !found[0])
      throw new Error(`the message is ${found.length} times in the mailbox, not once`);
    return found[0];
  }
}

export const fileName = (kind: string, from: Address, to: Address, serial: string): string =>
  `${kind}_202511_${from.officeNumber}_${from.serviceType}_${to.officeNumber}_${to.serviceType}_${serial}.CSV`;

export const refOf = ({ id, from, to, serial }: OutboundMessage): SentRef => ({ id, from, to, serial });

/** Names and bytes of a message's files. */
export const contentOf = (
  files: OutboundMessage['parts'],
): Promise<{ name: string; kind: string; bytes: Uint8Array }[]> =>
  Promise.all(files.map(async (part) => ({ name: part.name, kind: part.kind, bytes: await readPart(part) })));
