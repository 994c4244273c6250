import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { emptyFolder, SAMPLES } from './support/fixtures.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GUIDES = ['docs/guide/transport.md', 'docs/guide/transport.ja.md'] as const;
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const snippets = (path: string): string[] => [...text(path).matchAll(/```ts\n(.*?)```/gs)].map((m) => m[1] ?? '');

/** Runs a snippet as its reader would: a file of its own, beside a folder `exchange` into which slips were downloaded. */
async function run(snippet: string): Promise<{ folder: string; out: string }> {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'exchange'));
  cpSync(join(SAMPLES, 'slip'), join(folder, 'exchange', 'in'), { recursive: true });
  const { code } = await transform(snippet, { loader: 'ts' });
  const built = code.replaceAll(/(["'])careplan-renkei(\/[a-z/]+)?\1/g, (_, quote: string, path = '') =>
    [quote, pathToFileURL(join(ROOT, `dist${path}/index.js`)).href, quote].join(''),
  );
  writeFileSync(join(folder, 'snippet.mjs'), built);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['snippet.mjs'], { cwd: folder, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return { folder, out: stdout };
}

describe('the guide to transports', () => {
  const [sending = '', receiving = '', failing = '', testing = ''] = snippets(GUIDES[0]);

  it('has the same sections, code and commands in both languages', () => {
    const [english, japanese] = GUIDES.map(text) as [string, string];
    expect(snippets(GUIDES[1])).toEqual(snippets(GUIDES[0]));
    expect(snippets(GUIDES[0])).toHaveLength(4);
    const headings = (page: string) => page.match(/^#+ /gm);
    const commands = (page: string) => [...page.matchAll(/^careplan[^#\n]*/gm)].map(([line]) => line.trim());
    expect([headings(japanese), commands(japanese)]).toEqual([headings(english), commands(english)]);
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
