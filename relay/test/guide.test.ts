import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeMessage, relayClient } from '../src/conformance/client.js';
import { run, type SandboxProcess, startProcess, temporaryFolder } from './support/process.js';

const page = (name: string) => readFileSync(new URL(`../../docs/guide/${name}`, import.meta.url), 'utf8');
const [english, japanese] = [page('relay.md'), page('relay.ja.md')];
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((m) => m[1] ?? '');

let folder: string;
let current: SandboxProcess;
beforeAll(async () => {
  folder = await temporaryFolder();
  current = await startProcess(join(folder, 'data'));
});
afterAll(async () => {
  current.child.kill('SIGTERM');
  await current.exited;
  await rm(folder, { recursive: true, force: true });
});

describe('the guide to the relay', () => {
  it('has the same sections, commands and code in both languages', () => {
    const bare = (code: string) => code.replaceAll(/ *\/\/ .*$/gm, '');
    for (const language of ['sh', 'yaml', 'ts']) {
      expect(blocks(japanese, language).map(bare)).toEqual(blocks(english, language).map(bare));
    }
    expect(blocks(english, 'ts')).toHaveLength(3);
    expect(japanese.match(/^#+ /gm)).toEqual(english.match(/^#+ /gm));
  });

  it('has a test whose lost answer loses no message, and whose month ends it', async () => {
    const code = blocks(english, 'ts').find((one) => one.includes('snapshot')) ?? '';
    const { id, header, parts } = fakeMessage('0370100105-43', '0370100204-11', { expiresAt: Date.now() + 86_400_000 });
    const send = `const send = () => fetch('${current.origin}/v1/mailboxes/0370100105-43/outbox/${id}', { method: 'PUT',
      headers: { Authorization: 'Demo 0370100105-43', 'Content-Type': 'application/json' },
      body: ${JSON.stringify(JSON.stringify({ header, parts }))} });
      await send().then(() => { throw new Error('an answer'); }, () => {}); await send();`;
    const whole = code.replace('http://127.0.0.1:8787', current.origin).replace(/^\/\/ \.\.\. .*$/m, send);
    await writeFile(join(folder, 'snippet.mjs'), (await transform(whole, { loader: 'ts' })).code);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'snippet.mjs')], { encoding: 'utf8' });
    expect([status, stderr, stdout.trim()]).toEqual([0, '', '']);
  });

  it('has commands whose options exist', async () => {
    const lines = [...blocks(english, 'sh'), ...blocks(english, 'yaml')].join('\n');
    const options = new Set(lines.match(/--[a-z-]+/g));
    const helps = await Promise.all(
      [[], ['office', 'put'], ['conformance']].map((command) => run([...command, '--help'], folder)),
    );
    const help = helps.map(({ stdout }) => stdout).join('');
    for (const option of options) expect(help).toContain(option);
    expect(helps.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it('has lines of curl that the sandbox answers', async () => {
    for (const path of ['/v1/mailboxes/0370100204-11/inbox', '/sandbox/v1/snapshot', '/readyz']) {
      expect(english).toContain(`http://127.0.0.1:8787${path}`);
      const answer = await fetch(current.origin + path, { headers: { Authorization: 'Demo 0370100204-11' } });
      expect(answer.status).toBe(200);
    }
    expect(existsSync(join(folder, 'data/demo-offices.json'))).toBe(true);
  });

  it('means keys that sign tokens: the demo offices may be used with them', async () => {
    const [office] = current.directory.offices;
    if (!office) throw new Error('no office');
    const client = relayClient(current.origin, office);
    await fetch(`${current.origin}/sandbox/v1/reset`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect((await client.ask('GET', `${client.mailbox}/inbox`)).status).toBe(200);
  });
});
