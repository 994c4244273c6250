import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, SAMPLES } from './support/fixtures.js';
import { commandsOf, headingsOf, runSnippet, snippetsOf } from './support/snippets.js';

const GUIDES = ['docs/guide/transport.md', 'docs/guide/transport.ja.md'] as const;

/** Runs a snippet beside a folder `exchange` into which slips were downloaded. */
async function run(snippet: string): Promise<{ folder: string; out: string }> {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'exchange'));
  cpSync(join(SAMPLES, 'slip'), join(folder, 'exchange', 'in'), { recursive: true });
  return { folder, out: await runSnippet(snippet, folder) };
}

describe('the guide to transports', () => {
  const [sending = '', receiving = '', failing = '', testing = ''] = snippetsOf(GUIDES[0]);

  it('has the same sections, code and commands in both languages', () => {
    expect(snippetsOf(GUIDES[1])).toEqual(snippetsOf(GUIDES[0]));
    expect(snippetsOf(GUIDES[0])).toHaveLength(4);
    expect(headingsOf(GUIDES[1])).toEqual(headingsOf(GUIDES[0]));
    expect(commandsOf(GUIDES[1])).toEqual(commandsOf(GUIDES[0]));
  });

  it('hands over as it says', async () => {
    const { folder, out } = await run(sending);
    expect(out).toBe('handed-off\n');
    expect(readdirSync(join(folder, 'exchange', 'out'))).toEqual([expect.stringMatching(/^DLTPLAN_202511_.*\.CSV$/)]);
    expect(readdirSync(join(folder, 'exchange', 'manifests'))).toHaveLength(1);
  });

  it('takes in as it says', async () => {
    const { folder, out } = await run(receiving);
    expect(out.match(/^UPPLAN [0-9]+$/gm)).toHaveLength(5);
    expect(readdirSync(join(folder, 'exchange', 'done'))).toHaveLength(15);
  });

  it('fails as its comments say', async () => {
    const { out } = await run(failing);
    expect(out.split('\n')).toContain('retry unavailable');
    expect(out).toContain('serial.conflict rejected 20261125100001');
  });

  it('tests a driver as it says', async () => {
    const { out } = await run(testing);
    expect(out).toMatch(/^(# |ℹ )fail 0$/m);
    expect(Number(/^(?:# |ℹ )pass ([0-9]+)$/m.exec(out)?.[1])).toBeGreaterThan(70);
  });
});
