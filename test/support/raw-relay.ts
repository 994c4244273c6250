import { inspect } from 'node:util';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { expect } from 'vitest';
import { sha256OfText } from '../../src/transport/bytes.js';
import { outboundOf, type PublicKey } from '../../src/transport/envelope/index.js';
import {
  type AttemptOptions,
  type OutboundMessage,
  type PartSource,
  readPart,
  type Transport,
  TransportError,
  type TransportVerb,
} from '../../src/transport/index.js';
import { type RelayOptions, relayTransport } from '../../src/transport/relay/index.js';
import { ANN, bareKeys, keysOf, plainMessage, sealFor } from './envelope.js';
import { type Exchange, JSON_TYPE, type RawServer, wire, write } from './raw-server.js';

const bob = await keysOf();
const ann = bareKeys();
/** What a hostile or confused server says of a person, in whatever it answers. */
export const CANARY = 'カナリア花子-0009876543';

/** A sealed message of Ann. */
export const MESSAGE: OutboundMessage = await outboundOf(await sealFor(ann.keys, bob));
/** Another of hers, with another id. */
export const OTHER: OutboundMessage = await outboundOf(
  await sealFor(ann.keys, bob, { ...plainMessage(), id: '019ab000-0000-7000-8000-000000000002' }),
);

export interface RelayKey {
  readonly publicKey: PublicKey;
  sign(payload: object): Promise<string>;
}

/** A key such as a relay signs receipts with. */
export async function relayKey(kid: string): Promise<RelayKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y } = await exportJWK(publicKey);
  return {
    publicKey: { kid, use: 'sig', alg: 'ES256', jwk: { kty, crv, x, y } } as PublicKey,
    sign: (payload) =>
      new CompactSign(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'ES256', kid, typ: 'careplan-relay-receipt+jws' })
        .sign(privateKey),
  };
}

export const KEY = await relayKey('relay-1');

/** What a relay answers to a message that it has taken. */
export async function acceptance(
  origin: string,
  message = MESSAGE,
  { key = KEY, claims = {} }: { readonly key?: RelayKey; readonly claims?: object } = {},
): Promise<string> {
  const payload = {
    id: message.id,
    headerSha256: await sha256OfText(message.header ?? ''),
    manifestSha256: message.parts[0]?.sha256,
    ...{ acceptedAt: Date.now(), inboxSeq: 1, relay: origin },
  };
  const receipt = await key.sign({ ...payload, ...claims });
  const { id, from, to, serial } = message;
  return JSON.stringify({ id, from, to, serial, state: 'available', missing: [], receipt, duplicate: false });
}

/** Ann's road to a server, which knows the relay's key, or asks for it. */
export const roadTo = (
  origin: string,
  { keys = [KEY.publicKey], asks = false, ...more }: Partial<RelayOptions> & { readonly asks?: boolean } = {},
): Transport =>
  relayTransport({
    ...{ origin, identities: [{ address: ANN, signer: ann.keys.signer }] },
    ...(asks ? {} : { keys }),
    ...more,
  });

export const options = (signal: AbortSignal = AbortSignal.timeout(8000)): AttemptOptions => ({
  signal,
  deadline: Date.now() + 8000,
  attempt: 1,
});

export type Verb = TransportVerb | 'part' | 'watch' | 'check';

/** One call of each verb; of `fetch`, that of the message and that of the bytes of its first part. */
export const VERBS: Readonly<Record<Verb, (road: Transport, signal?: AbortSignal) => Promise<unknown>>> = {
  send: (road, signal) => road.send(MESSAGE, options(signal)),
  lookup: (road, signal) => road.lookup(MESSAGE, options(signal)),
  list: (road, signal) => road.list({}, options(signal)),
  fetch: (road, signal) => road.fetch(MESSAGE, options(signal)),
  part: async (road, signal) => {
    const { files } = await road.fetch(MESSAGE, options(signal));
    return readPart(files[0] as PartSource);
  },
  acknowledge: (road, signal) => road.acknowledge(MESSAGE, { kind: 'delivered' }, options(signal)),
  listSent: async (road, signal) => road.listSent?.({}, options(signal)),
  recall: async (road, signal) => road.recall?.(MESSAGE, options(signal)),
  watch: async (road, signal) => road.watch?.({}, options(signal))[Symbol.asyncIterator]().next(),
  check: async (road, signal) => road.check?.(options(signal)),
};
export const ALL_VERBS = Object.keys(VERBS) as Verb[];
/** Those that ask for a change: where one is given up, nobody knows whether it was made. */
export const CHANGES: readonly Verb[] = ['send', 'acknowledge', 'recall'];

/** Gives the message where it is asked for, so that its parts can be; else answers as it is told. */
export function messageFirst(answer: (exchange: Exchange) => void): (exchange: Exchange) => void {
  const { id, from, to, serial, standard, kinds, header, parts } = MESSAGE;
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const entry = { id, from, to, serial, standard, kinds, header, size, parts: parts.length, state: 'available' };
  const there = wire(200, JSON.stringify(entry), JSON_TYPE);
  return (exchange) => (exchange.path.endsWith(`inbox/${id}`) ? write(exchange.socket, there) : answer(exchange));
}

/** The error that a call must end with; nothing of it tells a secret, nor what was sent or answered. */
export async function refused(call: Promise<unknown>, server?: Pick<RawServer, 'requests'>): Promise<TransportError> {
  const error = await call.then(
    (value) => expect.fail(`it did not fail, but gave ${Object.keys(Object(value))}`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(TransportError);
  const { message, stack, cause } = error as TransportError;
  const told = [message, stack, JSON.stringify(error), inspect(error, { depth: 9 }), inspect(cause), String(cause)];
  const tokens = (server?.requests ?? []).flatMap(({ head }) => /^authorization: \w+ (\S+)/im.exec(head)?.[1] ?? []);
  const texts = [
    MESSAGE.header ?? '',
    ANN.officeNumber,
    CANARY,
    'カナリア',
    ...ann.jwks.map(({ d }) => String(d)),
    ...tokens,
  ];
  for (const text of texts) expect(told.join('\n')).not.toContain(text);
  return error as TransportError;
}
