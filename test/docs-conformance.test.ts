import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { careplanIn } from './support/command-here.js';
import { filesOfSet, setOf } from './support/conformance/drafts.js';
import { emptyFolder } from './support/fixtures.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GUIDES = ['docs/guide/conformance.md', 'docs/guide/conformance.ja.md'] as const;
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const blocks = (path: string, language: string): string[] =>
  [...text(path).matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map((m) => m[1] ?? '');
const commands = (path: string): string[] => blocks(path, 'sh').flatMap((block) => block.trim().split('\n'));

/** A folder with what a vendor's software wrote: the files of all patterns' samples. */
function exported(): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'exported'));
  for (const id of ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7'] as const) {
    for (const { path, bytes } of filesOfSet(setOf(id))) writeFileSync(join(folder, 'exported', path), bytes);
  }
  return folder;
}

/** Runs a line of the command as a shell would. */
async function run(line: string, folder: string): Promise<number | null> {
  const [command = '', file] = line.split(' > ');
  const { code, out } = await careplanIn({ cwd: folder }, ...command.split(' ').slice(1));
  if (file !== undefined) writeFileSync(join(folder, file), out);
  return code;
}

describe('the guide to the vendor test', () => {
  it('has the same sections, commands and code in both languages', () => {
    const headings = (path: string) => text(path).match(/^#+ /gm);
    const code = (path: string) => blocks(path, 'ts').map((one) => one.replaceAll(/ *\/\/.*/g, ''));
    expect(headings(GUIDES[1])).toEqual(headings(GUIDES[0]));
    expect(commands(GUIDES[1])).toEqual(commands(GUIDES[0]));
    expect(code(GUIDES[1])).toEqual(code(GUIDES[0]));
  });

  it('has commands that lead from nothing to passing', async () => {
    const [make = '', ...others] = commands(GUIDES[0]);
    const folder = exported();
    expect(await run(make, folder)).toBe(0);
    expect(others).toHaveLength(5);
    // What is compared is one transmission.
    const one = emptyFolder();
    mkdirSync(join(one, 'exported'));
    for (const path of ['expected', 'files/01']) expect(existsSync(join(folder, 'kit', path))).toBe(true);
    for (const name of readdirSync(join(folder, 'kit/files/01'))) {
      copyFileSync(join(folder, 'kit/files/01', name), join(one, 'exported', name));
    }
    mkdirSync(join(one, 'kit/expected'), { recursive: true });
    copyFileSync(join(folder, 'kit/expected/01.json'), join(one, 'kit/expected/01.json'));
    const codes = [];
    for (const line of others) codes.push(await run(line, line.includes('--compare') ? one : folder));
    expect(codes).toEqual([0, 0, 0, 0, 0]);
    const { passed, patterns } = JSON.parse(readFileSync(join(folder, 'conformance.json'), 'utf8'));
    expect([passed, patterns.length]).toEqual([true, 7]);
  });

  it('has commands that fail where a file is missing', async () => {
    const folder = exported();
    const [name = ''] = readdirSync(join(folder, 'exported')).filter((one) =>
      one.startsWith('UPSIKYU_202511_0370100105_43_0370200'),
    );
    rmSync(join(folder, 'exported', name));
    const lines = commands(GUIDES[0]).filter((line) => / (D2|all) exported/.test(line));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect([line, await run(line, folder)]).toEqual([line, 1]);
  });

  it.each(GUIDES)('%s has code that runs as it says', async (guide) => {
    const folder = exported();
    const { code } = await transform(blocks(guide, 'ts').join('\n'), { loader: 'ts' });
    const built = code.replaceAll(/(["'])careplan-renkei(\/[a-z/]+)?\1/g, (_, quote: string, path = '') =>
      [quote, pathToFileURL(join(ROOT, `dist${path}/index.js`)).href, quote].join(''),
    );
    writeFileSync(join(folder, 'snippet.mjs'), built);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['snippet.mjs'], { cwd: folder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toBe('true true');
    // The folder has the other patterns too: these documents are too much.
    expect(lines[1]).toMatch(/^false [0-9]+$/);
    expect(lines.at(-1)).toBe('true');
  });

  it('shows differences as they are told', () => {
    const [lines = ''] = blocks(GUIDES[0], 'text');
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 1)),
    ).toEqual(['~', '-']);
  });
});
