import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { careplanHere } from './support/command-here.js';
import { emptyFolder, SAMPLES } from './support/fixtures.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGES = ['docs/guide/other-languages.md', 'docs/guide/other-languages.ja.md'] as const;
const DAMAGED = 'DLTPLAN_202511_0370100105_43_0370200210_11_20251126090100.CSV';

interface Block {
  language: string;
  code: string;
}
const blocks = (page: string): Block[] =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```([a-z]+)\n(.*?)^```$/gms)].map(
    ([, language = '', code = '']) => ({ language, code }),
  );
const snippet = (page: string, language: string): string =>
  blocks(page)
    .filter((block) => block.language === language)
    .map(({ code }) => code)
    .join('\n');

/** A folder as the page has it: the package installed, an inbox of five slips, a damaged withdrawal. */
function workplace(): string {
  const folder = emptyFolder();
  for (const name of ['node_modules', 'bin', 'damaged']) mkdirSync(join(folder, name));
  symlinkSync(ROOT, join(folder, 'node_modules/careplan-renkei'));
  const command = join(folder, 'bin/careplan');
  writeFileSync(command, `#!/bin/sh\nexec node "${join(ROOT, 'dist/cli/main.js')}" "$@"\n`);
  chmodSync(command, 0o755);
  cpSync(join(SAMPLES, 'slip'), join(folder, 'inbox'), { recursive: true });
  writeFileSync(join(folder, 'damaged', DAMAGED), '202407,032026,0001267459,202513\r\n');
  return folder;
}

const run = (folder: string, command: string, ...args: string[]) => {
  const env = { ...process.env, PATH: join(folder, 'bin') + delimiter + process.env.PATH };
  return spawnSync(command, args, { cwd: folder, encoding: 'utf8', env, maxBuffer: 1 << 28 });
};
const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

/** Whether a value has all that is shown of it: of an array each shown element, wherever it stands. */
function holds(actual: unknown, shown: unknown): boolean {
  if (typeof shown !== 'object' || shown === null) return actual === shown;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(shown)) return false;
  if (Array.isArray(shown)) {
    const list = actual as unknown[];
    return shown.length === 0 ? list.length === 0 : shown.every((one) => list.some((other) => holds(other, one)));
  }
  return Object.entries(shown).every(([name, value]) => holds((actual as Record<string, unknown>)[name], value));
}

describe.each(PAGES)('%s', (page) => {
  it('shows what its shell commands do: the JSON they make and what they print', () => {
    const folder = workplace();
    let json = '';
    let printed = '';
    const shown = { sh: 0, json: 0, text: 0 };
    for (const { language, code } of blocks(page)) {
      if (language === 'sh') {
        const { stdout, status } = run(folder, 'bash', '-c', code);
        expect([code, status]).toEqual([code, 0]);
        const [whole = ''] = /^[{[].*?^[}\]]\n/ms.exec(stdout) ?? [];
        const [, file] = /--out (\S+\.json)/.exec(code) ?? [];
        json = file === undefined ? whole : readFileSync(join(folder, file), 'utf8');
        printed = stdout.slice(whole.length);
      } else if (language === 'json') expect([code, holds(JSON.parse(json), JSON.parse(code))]).toEqual([code, true]);
      else if (language === 'text') expect(printed.trim()).toBe(code.trim());
      if (language in shown) shown[language as keyof typeof shown]++;
    }
    expect(shown).toEqual({ sh: 6, json: 4, text: 3 });
  });

  it.skipIf(!has('java', '-version'))('has Java that compiles and runs (skipped where there is no java)', () => {
    const folder = workplace();
    writeFileSync(join(folder, 'Careplan.java'), snippet(page, 'java'));
    const { status, stdout, stderr } = run(folder, 'java', '-Dfile.encoding=MS932', 'Careplan.java');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^decode: 0, [1-9][0-9]{4,} characters\nencode: 15 files\n$/);
  });

  it.skipIf(!has('php', '-v'))('has PHP that runs (skipped where there is no php)', () => {
    const folder = workplace();
    writeFileSync(join(folder, 'careplan.php'), snippet(page, 'php'));
    const { status, stdout, stderr } = run(folder, 'php', 'careplan.php');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.match(/^(UPPLAN|UPSIKYU|UPHOSOKU) [1-9][0-9]*$/gm)).toHaveLength(15);
  });

  it('has C# whose arguments the command takes, and whose properties its JSON has', async () => {
    const folder = workplace();
    const code = snippet(page, 'csharp');
    const [, list = ''] = /string\[\] arguments =\s*\{([^}]*)\}/.exec(code) ?? [];
    const args = [...list.matchAll(/"([^"]+)"/g)].map(([, one = '']) => one);
    expect(args).toContain('decode');
    expect(run(folder, 'node', ...args).status).toBe(0);
    const { files } = JSON.parse(readFileSync(join(folder, 'received.json'), 'utf8'));
    const { issues } = JSON.parse((await careplanHere('decode', join(folder, 'damaged'))).out);
    const names = [...code.matchAll(/GetProperty\("([^"]+)"/g)].map(([, one = '']) => one);
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !(name in { files, issues, ...files[0], ...issues[0] }))).toEqual([]);
  });
});

it('The page is the same in both languages but for its words', () => {
  const bare = ({ language, code }: Block) =>
    language === 'json' ? code : code.replaceAll(/(?<!:) *(\/\*\*.*?\*\/|\/\/.*|#.*)/g, '');
  const [english, japanese] = PAGES.map((page) => blocks(page).map(bare));
  expect(english?.length).toBeGreaterThan(10);
  expect(japanese).toEqual(english);
});
