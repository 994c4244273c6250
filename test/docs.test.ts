import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { anchor } from '../scripts/docs/markdown.js';
import { checkText, decodeDocuments, decodeFiles, documentKey, encodeMs932, encodeZip } from '../src/index.js';
import { careplanIn } from './support/command-here.js';
import { emptyFolder, SAMPLES } from './support/fixtures.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READMES = ['README.md', 'README.ja.md'];
const PAGES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.md') && !/node_modules|fixtures|\.tools|docs.api/.test(path),
);
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const snippets = (path: string): string[] => [...text(path).matchAll(/```ts\n(.*?)```/gs)].map((m) => m[1] ?? '');

/** The slips of the samples, each person's once: what stands for a database in the guides. */
const SLIPS = decodeFiles(
  readdirSync(join(SAMPLES, 'slip')).map((name) => ({ path: name, bytes: readFileSync(join(SAMPLES, 'slip', name)) })),
)
  .transmissions.flatMap((one) => decodeDocuments(one).documents.usageSlips ?? [])
  .filter((slip, i, all) => all.findIndex((other) => documentKey(other) === documentKey(slip)) === i);

/** A folder with the sample slips as what has arrived and as what was exported. */
function folderOfSlips(): string {
  const folder = emptyFolder();
  for (const name of ['inbox', 'export']) {
    mkdirSync(join(folder, name));
    cpSync(join(SAMPLES, 'slip'), join(folder, name), { recursive: true });
  }
  return folder;
}

/** Runs a snippet as a file of its own in such a folder; prints what it printed. */
async function run(snippet: string): Promise<{ folder: string; out: string }> {
  const folder = folderOfSlips();
  cpSync(join(SAMPLES, 'actuals'), join(folder, 'actuals'), { recursive: true });
  writeFileSync(join(folder, 'slips.json'), JSON.stringify(SLIPS));
  const { code } = await transform(snippet, { loader: 'ts' });
  const library = pathToFileURL(join(ROOT, 'dist/index.js')).href;
  writeFileSync(join(folder, 'snippet.mjs'), code.replaceAll(/(["'])careplan-renkei\1/g, `'${library}'`));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['snippet.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return { folder, out: stdout };
}

/** The exit codes of lines of the command in a folder, one after the other. */
async function codesOf(lines: readonly string[], cwd: string): Promise<(number | null)[]> {
  const codes = [];
  for (const line of lines) codes.push((await careplanIn({ cwd }, ...line.split(' '))).code);
  return codes;
}

describe.each(READMES)('%s', (readme) => {
  const [button = '', reading = '', writing = '', characters = ''] = snippets(readme);

  it('shows four pieces of code', () => {
    expect(snippets(readme)).toHaveLength(4);
  });

  it('has an export button of ten lines that writes the files of every office', async () => {
    const { folder, out } = await run(button);
    expect(out).toBe('');
    expect(readdirSync(join(folder, 'outbox'))).toHaveLength(15);
    const lines = button.split('\n').filter((line) => line !== '' && !/^(import|})/.test(line));
    expect(lines.length).toBeLessThanOrEqual(10);
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

/** What the snippets of a guide, run one after the other, print and write. */
const GUIDES: Readonly<Record<string, (ran: { folder: string; out: string[] }) => void>> = {
  export({ folder, out }) {
    expect(readdirSync(join(folder, 'outbox'))).toHaveLength(15);
    expect(out.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(out).toContain('usageSlips[0].lines[0].days[0].serviceDate');
    expect(out.find((line) => line.includes('2025-10'))).toMatch(/not in the month/);
    expect(out).toContain('3');
    expect(out.some((line) => /^03[0-9]{8} \[ 'usageSlips' \]$/.test(line))).toBe(true);
  },
  codec({ out }) {
    expect(out[0]).toBe('2025-11-01 111111 244');
    expect(out).toContain("{ serviceMonth: '202513' }");
    expect(out).toContain('error cell.calendar');
    expect(out).toContain('1 4 削除対象年月 serviceMonth');
    expect(out).toContain('1 33');
    expect(out).toContain("{ charset: 'utf-8', bom: 0 }");
    expect(out.filter((line) => / UPHOSOKU UPPLAN UPSIKYU 0$/.test(line))).toHaveLength(5);
    expect(out).toContain('0 0');
    expect(out.filter((line) => /^5 inbox\.zip\/UPHOSOKU_.*\.CSV$/.test(line))).toHaveLength(1);
    expect(out).toContain('zip.tooLarge');
    expect(out).toContain('202208 true');
    expect(out.filter((line) => line === 'true')).toHaveLength(2);
    expect(out).toContain('UPPLAN 2025-11 20251125200708');
    expect(out).toContain('name.renamed');
    expect(out).toContain('UPPLAN_202511_0370100105_43_0370200210_11_20251125200708.CSV');
    expect(out).toContain('要介護１ 訪問介護');
    expect(out).toContain("[ 'insurerNumber', 'insuredPersonNumber', 'serviceMonth' ]");
    expect(out).toContain('DLTPLAN 第６表（サービス利用票）予定_削除');
    expect(out).toContain('4 削除対象年月 true');
    expect(out).toContain('33');
    expect(out).toContain("false [ '1 insurerNumber cell.length', '2 serviceMonth cell.calendar' ]");
    expect(
      out.filter((line) => /^DLTPLAN_202511_0370100105_43_0370200210_11_20[0-9]{12}\.CSV 33$/.test(line)),
    ).toHaveLength(1);
    expect(out).toContain('20251125200201 20251125200202');
    expect(out).toContain('20251125200203');
    expect(out.at(-1)).toBe("char.replaced [ 'U+20BB7' ] 吉");
  },
  import({ out }) {
    expect(out.filter((line) => / 2025-11 [0-9]+ lines$/.test(line)).length).toBeGreaterThan(5);
    expect(out.filter((line) => line === '0 rows are part of no document')).toHaveLength(5);
    expect(out.filter((line) => / added usageSlip$/.test(line))).toHaveLength(6);
    expect(out.at(-1)).toBe('6 slips, 0 older care plans');
  },
  check({ out }) {
    expect(out[0]).toBe('to be sent');
    const lost = out.filter((line) => / warning transmission\.incomplete UPPLAN_/.test(line));
    expect(lost).toHaveLength(5);
    expect(out).toContain('true');
    expect(out.find((line) => line.startsWith('error warning '))).toMatch(/[ぁ-ヿ一-鿿]/);
    expect(out.filter((line) => /^20[0-9]{12} 0$/.test(line))).toHaveLength(5);
    expect(out.at(-1)).toBe('0 issues of transmissions together');
  },
  characters({ out }) {
    expect(out).toEqual([
      expect.stringMatching(/^1 variant false 吉 1文字目「𠮷」（U\+20BB7）: .*「吉」/),
      expect.stringMatching(/^7 same true ～ 7文字目「〜」（U\+301C）: .*「～」/),
      expect.stringMatching(/^16 none false undefined 16文字目「😊」（U\+1F60A）: /),
      'false 𠮷田様、9時～10時に入浴介助😊',
      'true あと3文字',
    ]);
  },
  'month-end'({ out }) {
    expect(out[0]).toMatch(/^[0-9]+ units, [0-9]+ yen$/);
    expect(out.filter((line) => line.includes('予定した日の実績がない')).length).toBeGreaterThan(3);
    expect(out).toContain('0 people without actuals, 0 actuals without a slip');
    expect(out.at(-1)).toMatch(/^03[0-9]{8} [0-9]{2} 1$/);
  },
};

describe.each(Object.keys(GUIDES))('docs/guide/%s', (guide) => {
  it.each(['', '.ja'])('runs as it says%s', async (language) => {
    const { folder, out } = await run(snippets(`docs/guide/${guide}${language}.md`).join('\n'));
    GUIDES[guide]?.({ folder, out: out.trim().split('\n') });
  });

  it('has the same code in both languages', () => {
    const code = (page: string) => snippets(page).map((one) => one.replaceAll(/ *\/\/.*/g, ''));
    expect(code(`docs/guide/${guide}.ja.md`)).toEqual(code(`docs/guide/${guide}.md`));
  });
});

describe('docs/guide/characters', () => {
  const page = (language: string): string => text(`docs/guide/characters${language}.md`);
  const commands = (language: string): string[] =>
    [...page(language).matchAll(/^careplan (characters .*)$/gm)].map(([, line = '']) => line);

  it.each(['', '.ja'])('has lines of the command that do what they say%s', async (language) => {
    const folder = folderOfSlips();
    const files = readdirSync(join(folder, 'inbox')).map((name) => ({
      name,
      bytes: readFileSync(join(folder, 'inbox', name)),
    }));
    writeFileSync(join(folder, 'export.zip'), encodeZip(files).bytes ?? '');
    writeFileSync(join(folder, 'records.json'), '{"note":"9時〜10時"}');
    expect(await codesOf(commands(language), folder)).toEqual([1, 0, 0]);
    expect(readFileSync(join(folder, 'fixed.json'), 'utf8')).toBe('{"note":"9時～10時"}');
  });

  it('has the same commands and the same characters in its tables in both languages', () => {
    const bare = (line: string) => line.replace(/ --lang [a-z]+/, '');
    expect(commands('.ja').map(bare)).toEqual(commands('').map(bare));
    const codes = (language: string) => page(language).match(/U\+[0-9A-F]{4,}/g);
    expect(codes('.ja')).toEqual(codes(''));
  });

  it.each(['', '.ja'])('tells of each kanji of names what encoding does%s', (language) => {
    const rows = [...page(language).matchAll(/^\| .+ \| (U\+[0-9A-F U+]+) \| (\S+) \| ?(.*?) ?\|$/gm)];
    expect(rows.length).toBeGreaterThan(15);
    for (const [, codePoints = '', can, instead = ''] of rows) {
      const kanji = String.fromCodePoint(...codePoints.split(' ').map((one) => Number.parseInt(one.slice(2), 16)));
      expect([codePoints, /^(yes|送れる)$/.test(can ?? '')]).toEqual([
        codePoints,
        encodeMs932(kanji).issues.length === 0,
      ]);
      const { suggestion } = checkText(kanji).issues[0] ?? {};
      if (suggestion !== undefined) expect(instead).toBe(suggestion);
    }
  });
});

describe('docs/guide/ci', () => {
  const yaml = (page: string): string => /```yaml\n(.*?)```/s.exec(text(page))?.[1] ?? '';
  const bare = (code: string): string => code.replaceAll(/ *#.*/g, '').replaceAll(/--lang [a-z]+/g, '');

  it('has the same workflow and code in both languages', () => {
    expect(bare(yaml('docs/guide/ci.ja.md'))).toBe(bare(yaml('docs/guide/ci.md')));
    expect(snippets('docs/guide/ci.ja.md')).toEqual(snippets('docs/guide/ci.md'));
    expect(snippets('docs/guide/ci.md')).toHaveLength(1);
  });

  it.each(['', '.ja'])('has lines of the command that do what they say%s', async (language) => {
    const folder = folderOfSlips();
    const [damaged = ''] = readdirSync(join(folder, 'export'));
    const page = text(`docs/guide/ci${language}.md`);
    const lines = [...page.matchAll(/^(?: *run: npx )?careplan (check [^\n>]*)/gm)].map(([, line = '']) => line.trim());
    expect(lines).toHaveLength(3);
    expect(await codesOf(lines, folder)).toEqual([0, 0, 0]);
    rmSync(join(folder, 'export', damaged));
    expect(await codesOf(lines, folder)).toEqual([1, 1, 1]);
  });

  it('has a test that passes where every rule is kept, and fails where a file is missing', () => {
    const folder = folderOfSlips();
    const [test = ''] = snippets('docs/guide/ci.md');
    const library = pathToFileURL(join(ROOT, 'dist/index.js')).href;
    writeFileSync(join(folder, 'export.test.ts'), test.replace("'careplan-renkei'", `'${library}'`));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const vitest = () => {
      const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder];
      return spawnSync(process.execPath, args, {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      });
    };
    const passed = vitest();
    expect([passed.status, passed.stdout]).toEqual([0, expect.stringMatching(/Tests +1 passed/)]);
    rmSync(join(folder, 'export', readdirSync(join(folder, 'export'))[0] ?? ''));
    const failed = vitest();
    expect([failed.status, failed.stdout + failed.stderr]).toEqual([1, expect.stringMatching(/a file is missing/)]);
  });
});

/** Whether the snippets of a page go on from one another. */
const isOnePiece = (page: string): boolean =>
  [...Object.keys(GUIDES), 'conformance'].some((guide) => page.startsWith(`docs/guide/${guide}.`));

describe('the documentation', () => {
  it('shows code that a strict compiler takes', () => {
    const folder = emptyFolder();
    const names = PAGES.flatMap((page, n) =>
      [...(isOnePiece(page) ? [snippets(page).join('\n')] : snippets(page))].map((code, i) => {
        const name = join(folder, `page${n}-${i}.ts`);
        writeFileSync(name, code);
        return name;
      }),
    );
    const program = ts.createProgram(names, {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules/@types')],
      paths: {
        'vitest': [join(ROOT, 'node_modules/vitest')],
        'undici': [join(ROOT, 'node_modules/undici')],
        'careplan-renkei': [join(ROOT, 'dist/index.d.ts')],
        'careplan-renkei/*': [join(ROOT, 'dist/*/index.d.ts'), join(ROOT, 'dist/*.d.ts')],
      },
    });
    const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const page = PAGES[Number(/page([0-9]+)-/.exec(file?.fileName ?? '')?.[1])];
      return `${page}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(names.length).toBeGreaterThan(5);
    expect(problems).toEqual([]);
  });

  it.each(PAGES)('%s links only to what is there', (page) => {
    const targets = [...text(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((m) => m[1] ?? '');
    expect(targets.filter((target) => !existsSync(resolve(ROOT, dirname(page), target)))).toEqual([]);
    const headings = [...text(page).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)/g)].map(
      ([, file = '', heading = '']) => ({
        file: file === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), file)),
        heading,
      }),
    );
    const there = (file: string) => [...text(file).matchAll(/^#+ (.*)$/gm)].map(([, one = '']) => anchor(one));
    expect(headings.filter(({ file, heading }) => !there(file).includes(heading))).toEqual([]);
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
    const streams = (readme: string) =>
      /<!-- stream -->(.*)<!-- \/stream -->/s.exec(readme)?.[1]?.match(/[0-9]+ MB(?:\/s)?/g);
    expect(streams(japanese)).toEqual(streams(english));
    expect(streams(english)).toHaveLength(4);
    expect(commands(japanese)).toEqual(commands(english));
  });

  it('names every issue code of the open questions as it is', () => {
    const codes = text('src/schema/issue.ts');
    const named = ['docs/OPEN_QUESTIONS.md', 'docs/DISCREPANCIES.md'].flatMap((page) =>
      [...text(page).matchAll(/`((?:cell|csv|row|file|name|char|record|transmission|zip)\.[a-zA-Z]+)`/g)].map(
        (m) => m[1],
      ),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((code) => !codes.includes(`'${code}'`))).toEqual([]);
  });
});
