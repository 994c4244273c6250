import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { emptyFolder, SAMPLES } from './support/fixtures.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READMES = ['README.md', 'README.ja.md'];
const PAGES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.md') && !/node_modules|fixtures|\.tools/.test(path),
);
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const snippets = (path: string): string[] => [...text(path).matchAll(/```ts\n(.*?)```/gs)].map((m) => m[1] ?? '');

/** Runs a snippet as a file of its own in a folder with the sample slips as its inbox; prints what it printed. */
async function run(snippet: string): Promise<{ folder: string; out: string }> {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'inbox'));
  cpSync(join(SAMPLES, 'slip'), join(folder, 'inbox'), { recursive: true });
  const { code } = await transform(snippet, { loader: 'ts' });
  const library = pathToFileURL(join(ROOT, 'dist/index.js')).href;
  writeFileSync(join(folder, 'snippet.mjs'), code.replaceAll(/(["'])careplan-renkei\1/g, `'${library}'`));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['snippet.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return { folder, out: stdout };
}

describe.each(READMES)('%s', (readme) => {
  const [reading = '', writing = '', characters = ''] = snippets(readme);

  it('shows three pieces of code', () => {
    expect(snippets(readme)).toHaveLength(3);
  });

  it('reads an inbox as it says', async () => {
    const { out } = await run(reading);
    expect(out.split('\n').filter((line) => line.includes('UPPLAN'))).toHaveLength(5);
    expect(out).toContain('2025-11-02');
  });

  it('writes a transmission as it says', async () => {
    const { folder } = await run(writing);
    const [name = '', ...others] = readdirSync(join(folder, 'outbox'));
    expect(others).toEqual([]);
    expect(name).toMatch(/^DLTPLAN_202511_0370100105_43_0370200210_11_20[0-9]{12}\.CSV$/);
    expect(readFileSync(join(folder, 'outbox', name), 'latin1')).toBe('202407,032026,0001267459,202511\r\n');
  });

  it('replaces characters as its comments say', async () => {
    const calls = characters.replaceAll(/^encodeMs932\((.*)\); \/\/.*$/gm, 'said.push(encodeMs932($1));');
    const { out } = await run(
      `${calls.replace(';', '; const said: ReturnType<typeof encodeMs932>[] = [];')}
       const { decodeMs932 } = await import('careplan-renkei');
       console.log(JSON.stringify(said.map(({ bytes, issues }) => [decodeMs932(bytes).text, issues.map((i) => i.severity)])));`,
    );
    expect(JSON.parse(out)).toEqual([
      ['～', ['info']],
      ['野', ['error']],
      ['吉野', ['info']],
      ['■済', ['info']],
      ['吉野', ['info']],
    ]);
  });
});

describe('the documentation', () => {
  it.each(PAGES)('%s links only to what is there', (page) => {
    const targets = [...text(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((m) => m[1] ?? '');
    expect(targets.filter((target) => !existsSync(resolve(ROOT, dirname(page), target)))).toEqual([]);
  });

  it('both READMEs have the same sections, the same code lines and the same figures', () => {
    const [english, japanese] = READMES.map(text) as [string, string];
    const headings = (readme: string) => readme.match(/^#+ /gm)?.length;
    const figures = (readme: string) =>
      /<!-- bench -->(.*)<!-- \/bench -->/s.exec(readme)?.[1]?.match(/[0-9]+\.[0-9]+/g);
    const commands = (readme: string) =>
      [...readme.matchAll(/^(npm ci|careplan)[^#\n]*/gm)].map(([line]) => line.trim());
    expect(headings(japanese)).toBe(headings(english));
    expect(figures(japanese)).toEqual(figures(english));
    expect(commands(japanese)).toEqual(commands(english));
  });

  it('names every issue code of the open questions as it is', () => {
    const codes = text('src/schema/issue.ts');
    const named = ['docs/OPEN_QUESTIONS.md', 'docs/DISCREPANCIES.md'].flatMap((page) =>
      [...text(page).matchAll(/`((?:cell|csv|row|file|name|char|record|transmission)\.[a-zA-Z]+)`/g)].map((m) => m[1]),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((code) => !codes.includes(`'${code}'`))).toEqual([]);
  });
});
