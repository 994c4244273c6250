import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServeOptions, serve } from '../src/cli/serve.js';
import { UsageError, WORDS } from '../src/cli/words.js';
import { relayClient } from '../src/conformance/client.js';
import { audit } from '../src/core/audit.js';
import { type DemoOffice, newDemoDirectory } from '../src/sandbox/offices.js';
import { openSqlite } from '../src/store/sqlite.js';
import { run, startCommand, startProcess, temporaryFolder } from './support/process.js';

const CLIENT = fileURLToPath(new URL('fixtures/tls/client.pem', import.meta.url));

let folder: string;
let office: DemoOffice;
beforeAll(async () => {
  folder = await temporaryFolder();
  const { registrar, offices } = await newDemoDirectory(Date.now());
  if (!offices[0]) throw new Error('no office');
  [office] = [offices[0]];
  await writeFile(join(folder, 'registrar.json'), JSON.stringify(registrar));
  await writeFile(join(folder, 'entry.jws'), `${offices[0]?.entry}\n`);
  await writeFile(join(folder, 'broken.jws'), `${offices[0]?.entry.slice(0, -4)}AAAA\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('careplan-relay', () => {
  it('says the same in both languages', () => {
    expect(Object.keys(WORDS.ja)).toEqual(Object.keys(WORDS.en));
    expect(Object.keys(WORDS.ja.auditFaults)).toEqual(Object.keys(WORDS.en.auditFaults));
  });

  it.each<[string, ServeOptions, string]>([
    ['both --sandbox and --registrar', { sandbox: true, registrar: 'x' }, WORDS.en.registrar],
    ['a sandbox elsewhere', { sandbox: true, database: 'postgres://x' }, WORDS.en.sandboxDatabase],
    ['a sandbox for others', { sandbox: true, host: '0.0.0.0' }, WORDS.en.loopback],
    ['a relay without origin', { registrar: 'x' }, WORDS.en.origin],
    ['an origin with a path', { registrar: 'x', origin: 'https://x.example/relay' }, WORDS.en.origin],
    ['a certificate without key', { registrar: 'x', origin: 'https://x.example', tlsCert: 'x' }, WORDS.en.tls],
    ['a key that is not there', { registrar: '/nowhere', origin: 'https://x.example' }, WORDS.en.noFile('/nowhere')],
  ])('refuses %s', async (_, options, says) => {
    await expect(serve({ lang: 'en', port: '0', folder: join(folder, 'never'), ...options })).rejects.toThrow(
      new UsageError(says),
    );
  });

  it.each([
    ['neither --sandbox nor --registrar', [], WORDS.en.mode],
    ['a key that is none', ['--registrar', 'entry.jws', '--origin', 'https://x.example'], WORDS.en.noJson('entry.jws')],
    [
      'an audit log where there is none',
      ['audit', 'verify', '--folder', 'nowhere'],
      'There is no relay in this folder',
    ],
  ])('ends with code 2 for %s', async (_, args, says) => {
    const { code, stderr, stdout } = await run(args, folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });

  it('keeps a directory: put, refuse, suspend, certificate; and an audit log that shows a change', async () => {
    const common = ['--folder', 'store'];
    const put = await run(['office', 'put', 'entry.jws', '--registrar', 'registrar.json', ...common], folder);
    expect(put).toEqual({ code: 0, stdout: 'The directory has the entry of 0370100105-43.\n', stderr: '' });
    const broken = await run(
      ['office', 'put', 'broken.jws', '--registrar', 'registrar.json', '--lang', 'ja', ...common],
      folder,
    );
    expect([broken.code, broken.stderr]).toEqual([1, `${WORDS.ja.officeRefused}\n`]);
    expect((await run(['office', 'suspend', '0370100105-43', ...common], folder)).stdout).toContain('suspended');
    expect((await run(['office', 'suspend', '9999999999-43', ...common], folder)).code).toBe(1);
    expect((await run(['office', 'resume', 'nobody', ...common], folder)).code).toBe(2);
    const certificate = ['office', 'certificate', '0370100105-43', CLIENT, ...common];
    expect((await run(certificate, folder)).stdout).toBe(`${WORDS.en.certificatePut('0370100105-43')}\n`);
    expect((await run([...certificate, '--remove'], folder)).stdout).toBe(
      `${WORDS.en.certificateGone('0370100105-43')}\n`,
    );
    const gone = await run([...certificate, '--remove'], folder);
    expect([gone.code, gone.stderr]).toEqual([1, `${WORDS.en.certificateUnknown('0370100105-43')}\n`]);
    const verified = await run(['audit', 'verify', ...common], folder);
    expect(verified.stdout).toMatch(/^The audit log is whole: 4 entries\. .*: 4:[0-9a-f]{64}\n$/);
    const head = /4:[0-9a-f]{64}/.exec(verified.stdout)?.[0] ?? '';
    const database = openSqlite(join(folder, 'store/relay.sqlite'));
    await database.run('DELETE FROM audit WHERE seq = 4');
    await database.close();
    const changed = await run(['audit', 'verify', '--head', head, ...common], folder);
    expect([changed.code, changed.stderr]).toEqual([1, `${WORDS.en.auditFaults.missing(4)}\n`]);
  });

  it('tells the head of the audit log up to which it has read it, beside a relay that goes on writing', async () => {
    const at = ['--folder', 'busy'];
    await run(['office', 'put', 'entry.jws', '--registrar', 'registrar.json', ...at], folder);
    const database = openSqlite(join(folder, 'busy/relay.sqlite'));
    let ended = false;
    const verified = run(['audit', 'verify', ...at], folder).finally(() => {
      ended = true;
    });
    while (!ended) await database.transact((tx) => audit(tx, 1, 'x', 'fetch', null));
    const [, entries, seq] = /whole: (\d+) entries\. .*: (\d+):[0-9a-f]{64}\n$/.exec((await verified).stdout) ?? [];
    expect(Number(seq)).toBeGreaterThan(1);
    expect(seq).toBe(entries);
    await database.close();
  });

  it('runs a relay that is no sandbox: tokens of the directory alone, and SIGTERM ends it', async () => {
    const origin = 'https://relay.example.jp';
    const at = ['--folder', 'production'];
    await run(['office', 'put', 'entry.jws', '--registrar', 'registrar.json', ...at], folder);
    const started = await startCommand(
      ['--registrar', 'registrar.json', '--origin', origin, '--port', '0', ...at],
      folder,
    );
    const line = await started.until(/"event":"listening".*"count":([0-9]+)/);
    expect(started.output.stdout).toBe(`${WORDS.en.relay(origin)}\n`);
    const via = (request: Request) => {
      const url = new URL(request.url);
      return fetch(new Request(`http://127.0.0.1:${line[1]}${url.pathname}${url.search}`, request));
    };
    const client = relayClient(origin, office, via);
    expect((await client.ask('GET', `${client.mailbox}/inbox`)).status).toBe(200);
    const demo = { Authorization: `Demo ${office.address}` };
    expect((await client.ask('GET', `${client.mailbox}/inbox`, { headers: demo })).problem).toBe('token-missing');
    expect((await client.ask('GET', '/sandbox/v1/snapshot')).problem).toBe('not-found');
    started.child.kill('SIGTERM');
    expect(await started.exited).toBe(0);
    expect(
      started.output.stderr
        .trim()
        .split('\n')
        .every((one) => JSON.parse(one).time),
    ).toBe(true);
  });

  it('proves a sandbox that it started, and says so; a port that is taken is told', async () => {
    const at = join(folder, 'sandbox');
    const { child, origin, output, exited } = await startProcess(at);
    const shown = /npx careplan-relay (conformance --base-url \S+ --offices \S+)/.exec(output.stdout)?.[1] ?? '';
    const { code, stdout } = await run([...shown.split(' '), '--json'], folder);
    expect([code, JSON.parse(stdout).failed]).toEqual([0, 0]);
    const taken = await run(['--sandbox', '--folder', 'other', '--port', new URL(origin).port], folder);
    expect([taken.code, taken.stderr]).toEqual([1, `${WORDS.en.portTaken(Number(new URL(origin).port))}\n`]);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    const mode = execFileSync('stat', ['-c', '%a', join(at, 'demo-offices.json')])
      .toString()
      .trim();
    expect(mode).toBe('600');
    expect(JSON.parse(await readFile(join(at, 'demo-offices.json'), 'utf8')).notice).toContain('Everybody may know');
  });

  it('says of a relay that is not there that no case has a usable answer', async () => {
    const server = createServer().listen(0);
    const { port } = server.address() as AddressInfo;
    server.close();
    await writeFile(join(folder, 'offices.json'), JSON.stringify(await newDemoDirectory(Date.now())));
    const { code, stdout } = await run(
      ['conformance', '--base-url', `http://127.0.0.1:${port}`, '--offices', 'offices.json'],
      folder,
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/0 as the protocol says, 22 not\.\n$/);
  });
});
