import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importKeys } from '../src/transport/envelope/index.js';
import { careplanHere } from './support/command-here.js';
import { emptyFolder, SAMPLES } from './support/fixtures.js';
import { commandsOf, headingsOf, runSnippet, snippetsOf } from './support/snippets.js';

const GUIDES = ['docs/guide/delivery.md', 'docs/guide/delivery.ja.md'] as const;

/** A folder with keys, and a folder `exchange` into which slips were downloaded. */
async function office(): Promise<string> {
  const folder = emptyFolder();
  expect((await careplanHere('keys', 'new', '--keys', join(folder, 'keys.json'))).code).toBe(0);
  mkdirSync(join(folder, 'exchange'));
  cpSync(join(SAMPLES, 'slip'), join(folder, 'exchange', 'in'), { recursive: true });
  return folder;
}

describe('the guide to delivery', () => {
  const [sending = '', receiving = '', sealing = '', renewing = ''] = snippetsOf(GUIDES[0]);

  it('has the same sections, code and commands in both languages', () => {
    expect(snippetsOf(GUIDES[1])).toEqual(snippetsOf(GUIDES[0]));
    expect(snippetsOf(GUIDES[0])).toHaveLength(4);
    expect(headingsOf(GUIDES[1])).toEqual(headingsOf(GUIDES[0]));
    expect(commandsOf(GUIDES[1])).toEqual(commandsOf(GUIDES[0]));
  });

  it('has commands that run in their order, each as it says', async () => {
    const folder = await office();
    cpSync(join(SAMPLES, 'slip'), join(folder, 'plans'), { recursive: true });
    const places = (word: string) =>
      word
        .replace(/^plans\/$/, join(folder, 'plans'))
        .replace(/^folder:exchange$/, `folder:${join(folder, 'exchange')}`)
        .replace(/^(arrived|proof\.json)$/, (name) => join(folder, name));
    let id = '';
    for (const line of commandsOf(GUIDES[0])) {
      const args = line.replace('ID', id).split(/ +/).slice(1).map(places);
      const { code, out, err } = await careplanHere(...args, '--lang', 'en');
      expect([line, code, line.startsWith('careplan keys') ? err : '']).toEqual([line, 0, '']);
      if (line.endsWith('--all')) id = /^([0-9a-f]{8}) {2}/m.exec(out)?.[1] ?? '';
    }
    expect(readdirSync(join(folder, 'arrived'))).toHaveLength(15);
    expect(JSON.parse(readFileSync(join(folder, 'proof.json'), 'utf8')).state).toBe('handed-off');
  });

  it('sends as it says, and the same key again sends nothing', async () => {
    const folder = await office();
    expect(await runSnippet(sending, folder)).toBe('queued\nhanded-off\n');
    expect(readdirSync(join(folder, 'exchange', 'out'))).toEqual([expect.stringMatching(/^DLTPLAN_202511_.*\.CSV$/)]);
    const again = sending.replace('await outbox.run', 'await outbox.flush();\nstop.abort();\nawait outbox.run');
    expect(await runSnippet(again, folder)).toBe('');
    expect(readdirSync(join(folder, 'exchange', 'out'))).toHaveLength(1);
  });

  it('receives as it says: once', async () => {
    const folder = await office();
    expect((await runSnippet(receiving, folder)).match(/^[0-9]{14}$/gm)).toHaveLength(5);
    expect(readdirSync(join(folder, 'exchange', 'done'))).toHaveLength(15);
    cpSync(join(SAMPLES, 'slip'), join(folder, 'exchange', 'in'), { recursive: true });
    expect(await runSnippet(receiving, folder)).toBe('');
  });

  it('seals and proves as it says', async () => {
    expect(await runSnippet(sealing, emptyFolder())).toBe('read 1\n');
  });

  it('renews keys as it says', async () => {
    const folder = await office();
    await runSnippet(sending, folder);
    const before = await importKeys(readFileSync(join(folder, 'keys.json'), 'utf8'));
    expect(await runSnippet(renewing, folder)).toBe('4\n');
    const after = await importKeys(readFileSync(join(folder, 'keys.json'), 'utf8'));
    expect(after.signer.kid).not.toBe(before.signer.kid);
    expect(existsSync(join(folder, 'keys.json.new'))).toBe(false);
  });
});
