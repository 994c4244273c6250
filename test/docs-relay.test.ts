import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { putCertificate } from '../relay/src/core/certificates.js';
import { listen, openRelay, putOffice } from '../relay/src/index.js';
import { systemClock } from '../src/transport/index.js';
import { memoryStore, openInbox, openOutbox } from '../src/transport/outbox/index.js';
import { emptyFolder } from './support/fixtures.js';
import { officeOf, sandbox } from './support/relay-harness.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TLS = join(ROOT, 'relay/test/fixtures/tls');
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const snippets = (path: string): string[] => [...text(path).matchAll(/```ts\n(.*?)```/gs)].map((m) => m[1] ?? '');
const GUIDES = ['docs/guide/relay.md', 'docs/guide/relay.ja.md'] as const;

/** Runs a snippet in a folder, beside a relay of this process. */
async function run(snippet: string, folder: string): Promise<string> {
  const { code } = await transform(snippet, { loader: 'ts' });
  const built = code.replaceAll(/(["'])careplan-renkei(\/[a-z/]+)?\1/g, (_, quote: string, path = '') =>
    [quote, pathToFileURL(join(ROOT, `dist${path}/index.js`)).href, quote].join(''),
  );
  writeFileSync(join(folder, 'snippet.mjs'), built);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['snippet.mjs'], { cwd: folder });
  expect(stderr).toBe('');
  return stdout;
}

async function started() {
  const running = await sandbox();
  onTestFinished(() => running.stop(0));
  return running;
}

describe.each(GUIDES)('the client in %s', (guide) => {
  const [program = '', certificate = ''] = snippets(guide);

  it('sends, takes in and learns of it as it says', async () => {
    const running = await started();
    const folder = emptyFolder();
    cpSync(running.keysFile, join(folder, 'relay-data/demo-offices.json'), { recursive: true });
    const out = await run(program.replace('http://127.0.0.1:8787', running.origin), folder);
    expect(out).toBe('DLTPLAN 1\ndelivered\n');
    const { messages } = await (await fetch(`${running.origin}/sandbox/v1/snapshot`)).json();
    expect(messages).toEqual([expect.objectContaining({ state: 'delivered' })]);
  });

  it('speaks for an office by its certificate as it says', async () => {
    const { directory } = await started();
    const folder = emptyFolder();
    const relay = await openRelay({ folder: join(folder, 'relay') });
    const { kty, crv, x, y } = directory.registrar;
    for (const { entry } of directory.offices) await putOffice(relay, { kty, crv, x, y } as never, entry);
    const pem = (name: string) => readFileSync(join(TLS, name));
    await putCertificate(relay, '0370100105-43', new X509Certificate(pem('client.pem')));
    const tls = { cert: pem('server.pem'), key: pem('server.key'), ca: pem('ca.pem') };
    const running = await listen(relay, { tls, sweepMs: 0 });
    onTestFinished(() => running.stop(0));
    for (const name of ['ca.pem', 'client.pem', 'client.key']) cpSync(join(TLS, name), join(folder, name));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const origin = `https://127.0.0.1:${running.port}`;
    expect(await run(certificate.replace('https://relay.example.jp', origin), folder)).toBe('');
    const without = certificate.replace('{ ca, cert, key }', '{ ca }').replace('https://relay.example.jp', origin);
    await expect(run(without, folder)).rejects.toThrow(/auth\./);
  });
});

describe('what the guide says of faults', () => {
  const faults = [...text(GUIDES[0]).matchAll(/^\| `({ "operation".*})` \|/gm)].map(([, json = '']) => json);
  const [lost = '', down = '', receipt = ''] = faults;

  /** Two offices, and a message that is queued. */
  async function month(fault: string) {
    const running = await started();
    const offices = [await officeOf(running, 0), await officeOf(running, 1)] as const;
    const call = (method: string, path: string, body: string) =>
      fetch(`${running.origin}/sandbox/v1/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body,
      }).then(({ status }) => expect(status).toBeLessThan(300));
    if (fault) await call('POST', 'faults', fault);
    let ahead = 0;
    const clock = { ...systemClock, now: () => Date.now() + ahead };
    const deliveries = offices.map(({ sealing: { keys, directory }, connect }) => {
      const transport = connect();
      onTestFinished(() => transport.close());
      return { store: memoryStore(), transport, keys, directory, clock };
    });
    const [a, b] = deliveries as [(typeof deliveries)[0], (typeof deliveries)[0]];
    const [outbox, inbox] = [openOutbox(a), openInbox(b)];
    const [from, to] = [offices[0].address, offices[1].address];
    const files = [{ name: 'a.CSV', kind: 'DLTPLAN', bytes: new Uint8Array(3) }];
    const serial = await outbox.nextSerial(from, to);
    const { id } = await outbox.enqueue({ from, to, serial, standard: '4.1', files });
    const state = async () => (await outbox.get(id))?.state;
    const later = async (ms: number) => {
      ahead += ms;
      await outbox.flush();
    };
    await outbox.flush();
    return { outbox, inbox, state, later, call, id };
  }

  it('has the same in both languages', () => {
    const said = (page: string) => [...text(page).matchAll(/^\| `({ "operation".*})` \|/gm)].map(([, json]) => json);
    expect(said(GUIDES[1])).toEqual(faults);
    expect(faults).toHaveLength(3);
  });

  it('an answer that is lost: sent again, there once, and accepted', async () => {
    const { inbox, state, later } = await month(lost);
    expect(await state()).not.toBe('accepted');
    await later(86_400_000 / 24);
    expect(await state()).toBe('accepted');
    const arrived = [];
    for await (const one of inbox.receive()) arrived.push(one);
    expect(arrived).toHaveLength(1);
  });

  it('a relay that is not there: it waits, and goes through by itself', async () => {
    const { outbox, state, later, id } = await month(down);
    expect(await outbox.get(id)).toMatchObject({ state: 'waiting', retryAt: expect.any(Number) });
    for (let i = 0; i < 3; i++) await later(3_600_000);
    expect(await state()).toBe('accepted');
  });

  it('a receipt whose answer is lost: given again, and the same', async () => {
    const { outbox, inbox, state, id } = await month(receipt);
    for await (const one of inbox.receive()) await expect(one.done()).rejects.toThrow();
    const { signed } = (await inbox.get(id)) ?? {};
    expect(signed).toBeTypeOf('string');
    for await (const _ of inbox.receive()) throw new Error('it was done');
    await outbox.refresh();
    expect(await state()).toBe('delivered');
    expect((await inbox.get(id))?.signed).toBe(signed);
  });

  it('a clock beyond its end: expired', async () => {
    const { outbox, state, call } = await month('');
    await call('PUT', 'clock', JSON.stringify({ offsetMs: 401 * 86_400_000 }));
    await outbox.refresh();
    expect(await state()).toBe('expired');
  });
});
