import {
  type Address,
  defineTransport,
  type MemoryNetwork,
  memoryNetwork,
  type Transport,
  type TransportCapabilities,
  type TransportDriver,
  TransportError,
} from '../../src/transport/index.js';
import {
  type DeliveryEvent,
  type DeliveryStore,
  memoryStore,
  type NewMessage,
  type Outbox,
  type OutboxOptions,
  openInbox,
  openOutbox,
} from '../../src/transport/outbox/index.js';
import { type ManualClock, manualClock } from '../../src/transport/testing/index.js';
import { OFFICES } from './memory-harness.js';

export const [FROM, OTHER_FROM] = OFFICES.a;
export const [TO, OTHER_TO] = OFFICES.b;

/** A slip's plan of three lines, as a message. */
export function message(serial: string, more: Partial<NewMessage> & { readonly text?: string } = {}): NewMessage {
  const { text = `plan ${serial}`, ...rest } = more;
  const { from = FROM, to = TO } = rest;
  const lane = `${from.officeNumber}_${from.serviceType}_${to.officeNumber}_${to.serviceType}`;
  const files = ['UPPLAN', 'UPSIKYU', 'UPHOSOKU'].map((kind) => ({
    name: `${kind}_202511_${lane}_${serial}.CSV`,
    kind,
    bytes: new TextEncoder().encode(`${kind},${text}\r\n`),
  }));
  return { from, to, serial, standard: '4.1', files, ...rest };
}

/** An outbox at one end of a network in memory and an inbox at the other, with a clock that stands. */
export function delivery(more: Partial<OutboxOptions> & { readonly wrap?: (transport: Transport) => Transport } = {}) {
  const { wrap = (transport) => transport, ...options } = more;
  const clock = manualClock();
  const network = memoryNetwork({ clock });
  const store = memoryStore();
  const events: DeliveryEvent[] = [];
  const transport = wrap(network.connect(...OFFICES.a));
  const onEvent = (event: DeliveryEvent) => events.push(event);
  // The jitter is always the longest there may be.
  const fixed = { clock, random: () => 0.999_999, onEvent };
  const open = (at: DeliveryStore = store): Outbox => openOutbox({ ...fixed, store: at, transport, ...options });
  const receiving = { store: memoryStore(), transport: network.connect(...OFFICES.b) };
  const inbox = openInbox({ ...fixed, ...receiving });
  return { clock, network, store, events, transport, open, outbox: open(), inbox, receiving };
}

/** The texts of the first files of all that is in the mailboxes of the receiver, in order; each is taken. */
export async function received(network: MemoryNetwork): Promise<string[]> {
  const receiver = network.connect(...OFFICES.b);
  const options = { signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY, attempt: 1 };
  const { items } = await receiver.list({}, options);
  const texts: string[] = [];
  for (const { id } of items) {
    const { files } = await receiver.fetch({ id }, options);
    let text = '';
    for await (const chunk of files[0]?.open() ?? []) text += Buffer.from(chunk).toString();
    texts.push(text.trim().replace('UPPLAN,', ''));
  }
  return texts;
}

/** The states of all messages of an outbox, in the order in which they were queued. */
export async function states(outbox: Outbox): Promise<string[]> {
  const all: string[] = [];
  for await (const { state } of outbox.list()) all.push(state);
  return all;
}

/**
 * A transport over another that claims less than it can; `twice` gets the ids of messages that are sent though they have
 * arrived: where sending twice is not harmless, each would be two messages.
 */
export function lesser(
  claims: Partial<TransportCapabilities>,
  twice: string[] = [],
): (transport: Transport) => Transport {
  return (inner) =>
    defineTransport((): TransportDriver => {
      const { contract: _, close: __, ...verbs } = inner;
      return {
        ...verbs,
        capabilities: { ...inner.capabilities, ...claims },
        async send(one, options) {
          // Of the list no test makes a fault.
          const sent = claims.idempotentSend === false ? await inner.listSent?.({ limit: 100 }, options) : undefined;
          if (sent?.items.some(({ id }) => id === one.id)) twice.push(one.id);
          return inner.send(one, options);
        },
        async lookup(ref, options) {
          const found = claims.lookup === 'none' ? undefined : await inner.lookup(ref, options);
          if (!found && claims.lookup !== undefined && claims.lookup !== 'exact')
            throw new TransportError('unsupported');
          return found;
        },
      };
    })(undefined);
}

/** The error that a promise ends with. */
export const refusalOf = (promise: Promise<unknown>): Promise<TransportError> =>
  promise.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: TransportError) => error,
  );

/** Lets time go on until something has ended. */
export async function whileTimePasses<T>(clock: ManualClock, work: Promise<T>, stepMs = 60_000): Promise<T> {
  let ended = false;
  const done = work.finally(() => {
    ended = true;
  });
  done.catch(() => {});
  while (!ended) await clock.advance(stepMs);
  return done;
}

export const addressOf = (n: number): Address => OFFICES.b[n % 2] as Address;
