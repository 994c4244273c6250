import { connect, type Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { BasicConstraintsExtension } from '@peculiar/x509';
import { Agent, type buildConnector } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { ca, ISSUES, type Made, SIGNS } from '../../support/certificates.js';
import { DAY } from '../../support/envelope.js';
import { ALL_VERBS, acceptance, MESSAGE, options, refused, roadTo, VERBS } from '../../support/raw-relay.js';
import { JSON_TYPE, rawServers, says, wire, write } from '../../support/raw-server.js';
import { ASKS, authority, clientOf, dns, ip, pemOf, SERVES, serverOf } from '../../support/tls.js';

const serve = rawServers();
const agents: Agent[] = [];
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
});
/** What an office has to reach a relay: the authorities that it trusts, and its own certificate. */
function agent(connect: buildConnector.BuildOptions = {}): Agent {
  const made = new Agent({ connect: { ca: root.pem, ...connect } as buildConnector.BuildOptions });
  agents.push(made);
  return made;
}

const [root, other] = [await authority(), await authority({ name: 'Another authority' })];
const middle = await authority({ name: 'Middle', issuer: root, extensions: [ca(0), ISSUES] });
const NAMED = [SIGNS, SERVES, ip('127.0.0.1')];

/** A server of TLS that tells of every byte that came to it as plain text. */
async function listening(tls: TlsOptions) {
  let plain = '';
  const onConnect = (socket: Socket) => void socket.on('data', (text) => (plain += text));
  const server = await serve(says(wire(200, '{}', JSON_TYPE)), { tls, onConnect });
  return { server, plain: () => plain };
}

describe('a server with a certificate', () => {
  const years = 365 * DAY;
  const rows: readonly (readonly [string, () => Promise<{ readonly cert: string; readonly key: string }>])[] = [
    ['that has expired', async () => pemOf(await serverOf(root, { notBefore: 0, notAfter: Date.now() - 1000 }))],
    [
      'that is not valid yet',
      async () => pemOf(await serverOf(root, { notBefore: Date.now() + DAY, notAfter: Date.now() + years })),
    ],
    ['of another address', async () => pemOf(await serverOf(root, { extensions: [SIGNS, SERVES, ip('127.0.0.2')] }))],
    ['of a name', async () => pemOf(await serverOf(root, { extensions: [SIGNS, SERVES, dns('relay.example.jp')] }))],
    ['that names nobody', async () => pemOf(await serverOf(root, { name: '127.0.0.1', extensions: [SIGNS, SERVES] }))],
    ['of an authority that nobody knows', async () => pemOf(await serverOf(other), other)],
    ['that it signed itself', async () => pemOf(await authority({ name: 'relay', extensions: NAMED }))],
    ['whose issuer it does not show', async () => pemOf(await serverOf(middle))],
    [
      'whose issuer has expired',
      async () => {
        const late = await authority({ name: 'Late', issuer: root, notBefore: 0, notAfter: Date.now() - 1000 });
        return pemOf(await serverOf(late), late);
      },
    ],
    [
      'whose issuer may issue nothing',
      async () => {
        const office = await authority({ name: 'Office', issuer: root, extensions: [ca(0), SIGNS] });
        return pemOf(await serverOf(office), office);
      },
    ],
    [
      'whose issuer is no authority',
      async () => {
        const extensions = [new BasicConstraintsExtension(false, undefined, true), ISSUES];
        const office = await authority({ name: 'Office', issuer: root, extensions });
        return pemOf(await serverOf(office), office);
      },
    ],
    [
      'further from the authority than that allows',
      async () => {
        const deep = await authority({ name: 'Deep', issuer: middle });
        return pemOf(await serverOf(deep), deep, middle);
      },
    ],
    ['for clients', async () => pemOf(await clientOf(root, { extensions: [SIGNS, ASKS, ip('127.0.0.1')] }))],
    [
      'with the signature of another',
      async () => {
        const [forged, real] = [await authority({ name: 'Authority' }), root];
        return pemOf(await serverOf({ ...real, keys: forged.keys } as Made));
      },
    ],
  ];
  it.each(rows)('%s is told nothing: the request stays here, and a person is asked', async (_, certificate) => {
    const { server, plain } = await listening(await certificate());
    for (const verb of ALL_VERBS) {
      const error = await refused(VERBS[verb](roadTo(server.origin, { dispatcher: agent() })));
      expect(error, verb).toMatchObject({ code: 'network.tls', outcome: 'not-sent', retry: 'after-person' });
    }
    expect(plain()).toBe('');
  });
});

const good = await pemOf(await serverOf(root));
const accepting = async (tls: TlsOptions) => {
  const server = await serve(
    async ({ socket }) => write(socket, wire(200, await acceptance(server.origin), JSON_TYPE)),
    {
      tls: { ...good, ...tls },
    },
  );
  return server;
};

describe('a handshake', () => {
  it.each([
    ['TLS 1.2 alone', { maxVersion: 'TLSv1.2' }],
    ['TLS 1.3 alone', { minVersion: 'TLSv1.3' }],
  ] as const)('with a server that speaks %s is made', async (_, tls) => {
    const server = await accepting(tls);
    const road = roadTo(server.origin, { dispatcher: agent() });
    expect(await road.send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
  });

  it('with a server that shows who stands between it and the authority is made', async () => {
    const server = await accepting(await pemOf(await serverOf(middle), middle));
    const road = roadTo(server.origin, { dispatcher: agent() });
    expect(await road.send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
  });

  it('with a server that speaks TLS 1.1 at most is not made', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const { server, plain } = await listening({ ...good, ...old });
    const error = await refused(VERBS.send(roadTo(server.origin, { dispatcher: agent() })));
    expect(error).toMatchObject({ code: 'network.tls', outcome: 'not-sent', retry: 'after-person' });
    expect(plain()).toBe('');
  });

  const ALERTS = { 40: 'handshake failure', 70: 'protocol version', 80: 'internal error', 112: 'unrecognized name' };
  it.each(Object.entries(ALERTS))('that the server refuses (%i, %s) is told as that', async (alert) => {
    const server = await serve(() => {}, {
      onConnect: (socket) => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, Number(alert)])),
    });
    const origin = server.origin.replace('http:', 'https:');
    const error = await refused(VERBS.send(roadTo(origin, { dispatcher: agent() })));
    expect(error).toMatchObject({ code: 'network.tls', outcome: 'not-sent', retry: 'after-person' });
  });

  it('that the server breaks off leaves open whether anything was sent: the platform tells no more', async () => {
    for (const onConnect of [(s: Socket) => void s.end(), (s: Socket) => void s.resetAndDestroy()]) {
      const server = await serve(() => {}, { onConnect });
      const origin = server.origin.replace('http:', 'https:');
      const error = await refused(VERBS.send(roadTo(origin, { dispatcher: agent() })));
      expect(error).toMatchObject({ code: 'network.reset', outcome: 'unknown', retry: 'backoff' });
    }
  });

  it('that the server never answers ends in time, and nothing was sent', async () => {
    const server = await serve(() => {});
    const origin = server.origin.replace('http:', 'https:');
    const error = await refused(VERBS.send(roadTo(origin, { dispatcher: agent({ timeout: 200 }) })));
    expect(error).toMatchObject({ code: 'timeout.connect', outcome: 'not-sent', retry: 'backoff' });
  });
});

describe('a server that wants to know who asks', () => {
  const wants = { ...good, requestCert: true, rejectUnauthorized: true, ca: root.pem };

  it('lets in who shows a certificate of its authority', async () => {
    const server = await accepting(wants);
    const road = roadTo(server.origin, { dispatcher: agent(await pemOf(await clientOf(root))) });
    expect(await road.send(MESSAGE, options())).toMatchObject({ state: 'accepted' });
  });

  it.each(ALL_VERBS)('%s: who has no certificate is refused in the handshake of TLS 1.2', async (verb) => {
    const { server, plain } = await listening({ ...wants, maxVersion: 'TLSv1.2' });
    const error = await refused(VERBS[verb](roadTo(server.origin, { dispatcher: agent() })));
    expect(error).toMatchObject({ code: 'network.tls', outcome: 'not-sent', retry: 'after-person' });
    expect(plain()).toBe('');
  });

  // In TLS 1.3 the client is done first: its request is on its way when it is refused.
  it.each([
    ['no certificate', () => ({})],
    ['one of another authority', async () => pemOf(await clientOf(other))],
    ['one that has expired', async () => pemOf(await clientOf(root, { notBefore: 0, notAfter: Date.now() - 1000 }))],
  ] as const)('hears no word of who has %s, in TLS 1.3, and nobody says that it was sent', async (_, mine) => {
    const { server, plain } = await listening({ ...wants, minVersion: 'TLSv1.3' });
    const error = await refused(VERBS.send(roadTo(server.origin, { dispatcher: agent(await mine()) })));
    const { code, outcome, retry } = error;
    expect([
      ['network.tls', 'not-sent', 'after-person'],
      ['network.reset', 'unknown', 'backoff'],
    ]).toContainEqual([code, outcome, retry]);
    expect(plain()).toBe('');
  });
});

describe('a connection that stands', () => {
  it.each([
    ['HTTP without TLS', wire(400, 'x'.repeat(100))],
    ['a record that nobody sealed', `\x17\x03\x03\x00\x32${'x'.repeat(50)}`],
    ['a record of no length', `\x17\x03\x03\xff\xff${'x'.repeat(70_000)}`],
    ['an alert that nobody sealed', '\x15\x03\x03\x00\x02\x02\x28'],
  ])('into which somebody writes %s does not say that nothing was sent', async (_, bytes) => {
    const server = await serve(() => intrude(), { tls: good });
    let intrude = () => {};
    const between = await serve(() => {}, {
      onConnect(client) {
        const inner = connect(server.port, '127.0.0.1').on('error', () => {});
        client.setEncoding('latin1').on('data', (text: string) => inner.write(text, 'latin1'));
        client.once('close', () => inner.destroy());
        const pass = (chunk: Buffer) => client.write(chunk);
        inner.on('data', pass);
        intrude = () => {
          inner.off('data', pass);
          client.end(bytes, 'latin1');
        };
      },
    });
    const origin = between.origin.replace('http:', 'https:');
    const error = await refused(VERBS.send(roadTo(origin, { dispatcher: agent() })));
    expect(server.requests).toHaveLength(1);
    expect(error).toMatchObject({ code: 'network.reset', outcome: 'unknown', retry: 'backoff' });
  });
});
