import { X509Certificate } from 'node:crypto';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dropCertificate, putCertificate } from '../../../relay/src/core/certificates.js';
import type { RunningSandbox } from '../../../relay/src/index.js';
import { messageId, type SentRef, type Transport } from '../../../src/transport/index.js';
import { relayTransport } from '../../../src/transport/relay/index.js';
import type { Made } from '../../support/certificates.js';
import { DAY } from '../../support/envelope.js';
import { options } from '../../support/raw-relay.js';
import { type Office, officeOf, sandbox } from '../../support/relay-harness.js';
import { authority, clientOf, pemOf, serverOf } from '../../support/tls.js';
import { tlsRelay } from '../../support/tls-relay.js';

const root = await authority();
let running: RunningSandbox;
let there: Awaited<ReturnType<typeof tlsRelay>>;
let office: Office;
let other: Office;
beforeAll(async () => {
  running = await sandbox();
  [office, other] = [await officeOf(running, 0), await officeOf(running, 1)];
  there = await tlsRelay(running, { ...(await pemOf(await serverOf(root))), ca: root.pem });
});
afterAll(async () => {
  await there.close();
  await running.stop(0);
});

const agents: Agent[] = [];
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
});

const x509 = ({ pem }: Made) => new X509Certificate(pem);
/** The operator writes down whose a certificate is, or that it is nobody's any more. */
const put = (made: Made, n: 0 | 1 = 0) => putCertificate(there.relay, running.offices[n]?.address ?? '', x509(made));
const remove = (made: Made) => dropCertificate(there.relay, running.offices[0]?.address ?? '', x509(made));

/** The road of an office with a certificate and no token, over one connection. `handshakes` counts those that were made. */
async function road(made: Made): Promise<{ transport: Transport; handshakes: () => number }> {
  let handshakes = 0;
  const dispatcher = new Agent({ connections: 1, connect: { ca: root.pem, ...(await pemOf(made)) } });
  dispatcher.on('connect', () => handshakes++);
  agents.push(dispatcher);
  const transport = relayTransport({ origin: there.origin, identities: [{ address: office.address }], dispatcher });
  return { transport, handshakes: () => handshakes };
}

/** Every verb that asks by id or for a page; `check` needs nobody's name. */
const CALLS: Readonly<Record<string, (road: Transport, ref: SentRef) => Promise<unknown>>> = {
  lookup: (one, ref) => one.lookup(ref, options()),
  list: (one) => one.list({}, options()),
  fetch: (one, { id }) => one.fetch({ id }, options()),
  acknowledge: (one, { id }) => one.acknowledge({ id }, { kind: 'read' }, options()),
  listSent: async (one) => one.listSent?.({}, options()),
  recall: async (one, ref) => one.recall?.(ref, options()),
  watch: async (one) => one.watch?.({}, options())[Symbol.asyncIterator]().next(),
};
const DENIED = { code: 'auth.denied', status: 401, outcome: 'rejected', retry: 'never' };

describe('a client certificate', () => {
  it.each(Object.entries(CALLS))('that is taken away: %s on the connection that stands is refused', async (_, call) => {
    const mine = await clientOf(root);
    await put(mine);
    const { transport, handshakes } = await road(mine);
    await expect(transport.list({}, options())).resolves.toEqual({ items: [] });
    await remove(mine);
    const ref = { id: messageId(), from: office.address, to: other.address, serial: '20261125100000' };
    await expect(call(transport, ref)).rejects.toMatchObject(DENIED);
    expect(handshakes()).toBe(1);
    await put(mine);
    await expect(transport.list({}, options())).resolves.toEqual({ items: [] });
    expect(handshakes()).toBe(1);
  });

  it('that is written down for another office speaks for that from then on', async () => {
    const mine = await clientOf(root);
    await put(mine);
    const { transport, handshakes } = await road(mine);
    await transport.list({}, options());
    await put(mine, 1);
    await expect(transport.list({}, options())).rejects.toMatchObject({ code: 'message.unknown' });
    expect(handshakes()).toBe(1);
  });

  it('that is renewed: the old and the new one speak for the office, until the old one is taken away', async () => {
    const [old, renewed] = [await clientOf(root), await clientOf(root, { serialNumber: '0101' })];
    await put(old);
    const before = await road(old);
    await before.transport.list({}, options());
    await put(renewed);
    const after = await road(renewed);
    for (const { transport } of [before, after, before]) {
      await expect(transport.list({}, options())).resolves.toEqual({ items: [] });
    }
    await remove(old);
    await expect(before.transport.list({}, options())).rejects.toMatchObject(DENIED);
    await expect(after.transport.list({}, options())).resolves.toEqual({ items: [] });
  });

  it('of the same key, made anew, is another: it speaks for nobody before it is written down', async () => {
    const old = await clientOf(root);
    await put(old);
    const renewed = await clientOf(root, { keys: old.keys, serialNumber: '0101' });
    const { transport } = await road(renewed);
    await expect(transport.list({}, options())).rejects.toMatchObject(DENIED);
    await put(renewed);
    await expect(transport.list({}, options())).resolves.toEqual({ items: [] });
  });

  it.each([
    ['has expired', { notBefore: Date.now() - 2 * DAY, notAfter: Date.now() - 1000 }],
    ['is not valid yet', { notBefore: Date.now() + DAY, notAfter: Date.now() + 2 * DAY }],
  ])('that %s speaks for nobody, though it is written down', async (_, validity) => {
    const mine = await clientOf(root, validity);
    await put(mine);
    const { transport } = await road(mine);
    await expect(transport.list({}, options())).rejects.toMatchObject(DENIED);
    expect(await transport.check?.(options())).toEqual({ ok: true });
  });

  it('that ends while its connection stands speaks for nobody from then on', async () => {
    // Certificates know seconds only.
    const mine = await clientOf(root, {
      notBefore: Date.now() - DAY,
      notAfter: Math.ceil(Date.now() / 1000 + 2) * 1000,
    });
    await put(mine);
    const { transport, handshakes } = await road(mine);
    let ended: unknown;
    for (const end = Date.now() + 20_000; !ended && Date.now() < end; ) {
      await transport.list({}, options()).catch((error: unknown) => {
        ended = error;
      });
    }
    expect(ended).toMatchObject(DENIED);
    expect(handshakes()).toBe(1);
  });
});
