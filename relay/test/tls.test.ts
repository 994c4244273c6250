import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Told, told } from '../src/conformance/client.js';
import { putCertificate } from '../src/core/certificates.js';
import { type OpenRelay, openRelay } from '../src/core/open.js';
import { newDemoDirectory } from '../src/sandbox/offices.js';
import { enterOffices } from '../src/sandbox/sandbox.js';
import { listen, type RunningRelay } from '../src/server.js';

const pem = (name: string) => readFileSync(fileURLToPath(new URL(`fixtures/tls/${name}`, import.meta.url)), 'utf8');
const ca = pem('ca.pem');

let folder: string;
let relay: OpenRelay;
let running: RunningRelay;
let address: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careplan-relay-tls-'));
  const directory = await newDemoDirectory(Date.now());
  address = directory.offices[0]?.address ?? '';
  relay = await openRelay({ folder, config: { origin: 'https://127.0.0.1' } });
  await enterOffices(relay, directory);
  await putCertificate(relay, address, new X509Certificate(pem('client.pem')));
  // Whose certificate is not of the authority is nobody, even where it is written down.
  await putCertificate(relay, address, new X509Certificate(pem('stranger.pem')));
  running = await listen(relay, { tls: { cert: pem('server.pem'), key: pem('server.key'), ca }, sweepMs: 0 });
});
afterAll(async () => {
  await running.stop(1000);
  await rm(folder, { recursive: true, force: true });
});

/** Asks over TLS, with a client certificate where a name is given. */
const ask = (path: string, client?: string, headers: Record<string, string> = {}): Promise<Told> =>
  new Promise((resolve, reject) => {
    const mine = client ? { cert: pem(`${client}.pem`), key: pem(`${client}.key`) } : {};
    const sent = request(
      { host: '127.0.0.1', port: running.port, path, ca, headers, agent: false, ...mine },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const fields = Object.entries(answer.headers).map(
            ([name, value]) => [name, String(value)] as [string, string],
          );
          told(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0, headers: fields })).then(
            resolve,
            reject,
          );
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });

describe('over TLS', () => {
  it('a certificate of the authority that is written down speaks for its address, without a token', async () => {
    expect((await ask(`/v1/mailboxes/${address}/inbox`, 'client')).status).toBe(200);
    expect((await ask('/v1/mailboxes/0370100204-11/inbox', 'client')).problem).toBe('not-found');
  });

  it('a certificate that is not of the authority speaks for nobody; so does none', async () => {
    expect((await ask(`/v1/mailboxes/${address}/inbox`, 'stranger')).problem).toBe('token-missing');
    expect((await ask(`/v1/mailboxes/${address}/inbox`)).problem).toBe('token-missing');
  });

  it('a certificate does not make a wrong credential right', async () => {
    for (const Authorization of ['Careplan a.b.c', `Demo ${address}`, 'Basic eDp5']) {
      const answer = await ask(`/v1/mailboxes/${address}/inbox`, 'client', { Authorization });
      expect(answer.status, Authorization).toBe(401);
    }
  });

  it('what needs no credential is answered to all', async () => {
    expect((await ask('/v1/relay')).json).toMatchObject({ protocol: 1, sandbox: false });
  });
});
