import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putCertificate } from '../../../relay/src/core/certificates.js';
import type { RunningSandbox } from '../../../relay/src/index.js';
import { encryptionKeys, outboundOf, sealMessage } from '../../../src/transport/envelope/index.js';
import { messageId, type TransportEvent, transportClient } from '../../../src/transport/index.js';
import { relayTransport } from '../../../src/transport/relay/index.js';
import { file } from '../../support/envelope.js';
import { options } from '../../support/raw-relay.js';
import { type Office, officeOf, sandbox } from '../../support/relay-harness.js';
import { tlsRelay } from '../../support/tls-relay.js';

/** A sealed message between the offices of a relay. */
async function sealed(a: Office, b: Office) {
  const files = [file('UPPLAN_202511_a.CSV', Buffer.from('0370100105,1\r\n'))];
  const createdAt = Date.now();
  const message = {
    id: messageId(),
    from: a.address,
    to: b.address,
    serial: '20261125100000',
    standard: '4.1' as const,
  };
  return outboundOf(
    await sealMessage(
      { ...message, kinds: ['UPPLAN'], files },
      {
        ...{ keys: a.sealing.keys, previous: null, createdAt, expiresAt: createdAt + 86_400_000 },
        recipients: encryptionKeys(b.sealing.keys.publicKeys, createdAt),
      },
    ),
  );
}

let running: RunningSandbox;
let offices: readonly [Office, Office];
beforeAll(async () => {
  running = await sandbox();
  offices = [await officeOf(running, 0), await officeOf(running, 1)];
});
afterAll(() => running.stop(0));

const SECOND = 1000;

describe('a clock that is wrong', () => {
  it.each([
    ['two hours behind', -7200],
    ['two hours ahead', 7200],
    ['75 seconds behind, so that its tokens have expired', -75],
    ['60 seconds ahead, so that its tokens are of a time to come', 60],
  ])('%s: fifty calls at once succeed, each with one attempt more at most', async (_, seconds) => {
    const clock = { now: () => Date.now() + seconds * SECOND, sleep: () => new Promise<void>(() => {}) };
    const [{ identity, address }, { address: to }] = offices;
    const events: TransportEvent[] = [];
    const road = relayTransport({ origin: running.origin, identities: [identity], clock });
    const client = transportClient(road, { onEvent: (event) => events.push(event) });
    const refs = Array.from({ length: 50 }, (_, n) => ({
      id: messageId(),
      from: address,
      to,
      serial: String(20261125100000 + n),
    }));
    expect(await Promise.all(refs.map((ref) => client.lookup(ref)))).toEqual(refs.map(() => undefined));
    const attempts = events.filter(({ type }) => type === 'attempt');
    expect(Math.max(...attempts.map(({ attempt }) => attempt))).toBe(2);
    expect(attempts.length).toBeLessThanOrEqual(100);
    // From then on the relay's time is known.
    events.splice(0);
    await client.lookup(refs[0] as (typeof refs)[number]);
    expect(events.map(({ type }) => type)).toEqual(['attempt', 'done']);
  });

  it('that is right costs nobody an attempt', async () => {
    const [{ identity, address }, { address: to }] = offices;
    const events: TransportEvent[] = [];
    const client = transportClient(relayTransport({ origin: running.origin, identities: [identity] }), {
      onEvent: (event) => events.push(event),
    });
    await client.lookup({ id: messageId(), from: address, to, serial: '20261125100000' });
    expect(events.map(({ type }) => type)).toEqual(['attempt', 'done']);
  });
});

describe('a client certificate', () => {
  const pem = (name: string) =>
    readFile(fileURLToPath(new URL(`../../../relay/test/fixtures/tls/${name}`, import.meta.url)), 'utf8');
  let there: Awaited<ReturnType<typeof tlsRelay>>;
  let origin: string;
  const agents: Agent[] = [];
  beforeAll(async () => {
    const [cert, key, ca] = [await pem('server.pem'), await pem('server.key'), await pem('ca.pem')];
    there = await tlsRelay(running, { cert, key, ca });
    origin = there.origin;
    await putCertificate(there.relay, running.offices[0]?.address ?? '', new X509Certificate(await pem('client.pem')));
  });
  afterAll(async () => {
    await Promise.all(agents.map((agent) => agent.destroy()));
    await there.close();
  });
  const agent = async (client?: string) => {
    const mine = client ? { cert: await pem(`${client}.pem`), key: await pem(`${client}.key`) } : {};
    const made = new Agent({ connect: { ca: await pem('ca.pem'), ...mine } });
    agents.push(made);
    return made;
  };

  it('speaks for an address without a signer: what it sends is taken, and arrives', async () => {
    const [a, b] = offices;
    const road = relayTransport({ origin, identities: [{ address: a.address }], dispatcher: await agent('client') });
    const message = await sealed(a, b);
    const first = await road.send(message, options());
    expect(first).toMatchObject({ state: 'accepted', duplicate: false, receipt: { messageId: message.id } });
    expect(await road.send(message, options())).toEqual({ ...first, duplicate: true });
    expect(await road.lookup(message, options())).toMatchObject({ id: message.id, state: 'available' });
    const inbox = relayTransport({ origin, identities: [b.identity], dispatcher: await agent() });
    const { files } = await transportClient(inbox).fetch({ id: message.id });
    expect(files).toHaveLength(message.parts.length);
  });

  it.each([['stranger'], [undefined]])('%s, which nobody vouches for, speaks for nobody', async (client) => {
    const [a, b] = offices;
    const road = relayTransport({ origin, identities: [{ address: a.address }], dispatcher: await agent(client) });
    const error = await road.send(await sealed(a, b), options()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'auth.denied', status: 401, retry: 'never' });
  });

  it('speaks for no other address than its own', async () => {
    const road = relayTransport({
      origin,
      identities: [{ address: offices[1].address }],
      dispatcher: await agent('client'),
    });
    await expect(road.list({}, options())).rejects.toMatchObject({ code: 'message.unknown' });
  });
});
