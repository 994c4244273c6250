import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { encodeZip } from '../../src/codec/index.js';
import { careplanIn } from '../support/command-here.js';
import { cleanSamples, emptyFolder, FIXTURES, SAMPLES } from '../support/fixtures.js';

/** Runs `careplan inspect` where the samples are, in an environment that says nothing of colours but what is given. */
const inspect = (args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = SAMPLES) =>
  careplanIn({ cwd, env }, 'inspect', ...args);

interface Unit {
  readonly serial: string;
  readonly persons: number;
  readonly names?: readonly { readonly name: string }[];
}

/** The names of persons in the samples, as they stand in their records. */
async function namesInSamples(): Promise<string[]> {
  const { out } = await inspect(['slip', 'preventive', '--json', '--show-persons']);
  const { transmissions } = JSON.parse(out) as { transmissions: Unit[] };
  return [...new Set(transmissions.flatMap(({ names = [] }) => names.map(({ name }) => name)))];
}

describe('careplan inspect', () => {
  it.each([
    ['slip', 'ja', 0],
    ['slip', 'en', 0],
    ['dirty', 'ja', 1],
    ['dirty', 'en', 1],
  ])('tells of the folder %s in %s', async (folder, language, code) => {
    const told = await inspect([folder, '--lang', language]);
    expect([told.code, told.err]).toEqual([code, '']);
    await expect(told.out).toMatchFileSnapshot(join(FIXTURES, `inspect/${folder}.${language}.txt`));
  });

  it('names no person unless asked', async () => {
    const persons = await namesInSamples();
    expect(persons.length).toBe(5);
    const all = ['slip', 'care-plan', 'actuals', 'preventive', 'withdrawals', 'dirty'];
    for (const options of [[], ['--json']]) {
      const { out } = await inspect([...all, ...options]);
      expect(persons.filter((name) => out.includes(name))).toEqual([]);
    }
    const { out } = await inspect(['slip', 'preventive', '--show-persons']);
    expect(persons.filter((name) => !out.includes(name))).toEqual([]);
  });

  it('tells what every kind of unit is, in the order of their serials', async () => {
    const { transmissions, summary } = JSON.parse(
      (await inspect(['withdrawals', 'preventive', 'actuals', 'care-plan', '--json'])).out,
    );
    const serials = transmissions.map(({ serial }: Unit) => serial);
    expect(serials).toEqual([...serials].sort());
    expect([...new Set(transmissions.flatMap(({ groups }: { groups: string[] }) => groups))].sort()).toEqual([
      'actuals',
      'actuals-delete',
      'basic',
      'basic-delete',
      'plan',
      'plan-delete',
      'preventive',
      'preventive-delete',
      'slip-delete',
    ]);
    expect(summary).toMatchObject({ transmissions: transmissions.length, images: 1, error: 0, warning: 0, info: 0 });
    for (const language of ['ja', 'en']) {
      expect((await inspect(['withdrawals', 'preventive', '--lang', language])).out).not.toMatch(/undefined|-delete/);
    }
  });

  it('gives machines the same as people: one entry for a code in many rows, with the first places', async () => {
    const { code, out } = await inspect(['dirty', '--json', '--lang', 'en']);
    const { summary, problems } = JSON.parse(out);
    expect(code).toBe(1);
    expect(problems).toContainEqual({
      code: 'row.missingColumns',
      severity: 'warning',
      count: 32,
      files: 1,
      message: 'columns are missing (24 of 25). They were read as empty; write all.',
      places: [1, 2, 3].map((row) => ({ file: expect.stringContaining('dirty/short-row_'), row })),
    });
    const total = (severity: string) =>
      problems
        .filter((one: { severity: string }) => one.severity === severity)
        .reduce((sum: number, { count }: { count: number }) => sum + count, 0);
    for (const severity of ['error', 'warning', 'info']) expect(total(severity)).toBe(summary[severity]);
  });

  it('tells of a ZIP what it tells of its files', async () => {
    const folder = emptyFolder();
    const slips = cleanSamples().filter(({ path }) => path.startsWith('slip/'));
    writeFileSync(join(folder, 'a.zip'), encodeZip(slips).bytes ?? '');
    const { code, out } = await inspect(['a.zip', '--lang', 'ja'], {}, folder);
    expect(code).toBe(0);
    const tidy = (text: string) => text.replaceAll('a.zip/', '');
    expect(tidy(out)).toBe((await inspect(['slip', '--lang', 'ja'])).out);
    expect(out).toContain('a.zip/slip/UPPLAN_');
  });

  it('lists what is not of the exchange, in folders and in ZIPs, and tells what is wrong with a ZIP', async () => {
    const folder = emptyFolder();
    cpSync(join(SAMPLES, 'withdrawals'), folder, { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), 'x');
    const zip = encodeZip([{ name: 'memo.doc', bytes: Buffer.from('x') }]).bytes as Uint8Array;
    writeFileSync(join(folder, 'b.zip'), zip);
    writeFileSync(join(folder, 'c.zip'), zip.subarray(0, 20));
    const { code, out } = await inspect(['.', '--json'], {}, folder);
    const { notOurs, problems } = JSON.parse(out);
    expect(code).toBe(1);
    expect(notOurs).toEqual(['b.zip', 'b.zip/memo.doc', 'c.zip', 'notes.txt']);
    expect(problems.map(({ code }: { code: string }) => code)).toEqual(['zip.directory', 'zip.empty', 'name.notOurs']);
  });

  it('says so where there is nothing', async () => {
    const { code, out } = await inspect(['.', '--lang', 'ja'], {}, emptyFolder());
    expect(code).toBe(0);
    expect(out).toContain('ケアプランデータ連携のファイルはありません。');
  });

  it('is coloured on a terminal only, unless FORCE_COLOR or NO_COLOR say else', async () => {
    const bare = (await inspect(['dirty', '--lang', 'ja'])).out;
    const forced = (await inspect(['dirty', '--lang', 'ja'], { FORCE_COLOR: '1' })).out;
    expect(bare).not.toContain('\x1b');
    expect((await inspect(['dirty', '--lang', 'ja'], { NO_COLOR: '1' })).out).toBe(bare);
    expect(forced).toContain('\x1b[31m');
    expect(stripVTControlCharacters(forced)).toBe(bare);
    expect((await inspect(['dirty', '--json'], { FORCE_COLOR: '1' })).out).not.toContain('\x1b');
  });

  it('prints no control character that a file name holds', async () => {
    const folder = emptyFolder();
    const [name = ''] = readdirSync(join(SAMPLES, 'withdrawals'));
    writeFileSync(join(folder, `\x1b[2J${name}`), readFileSync(join(SAMPLES, 'withdrawals', name)));
    writeFileSync(join(folder, '\x1b[2Jx.txt'), '');
    const { out } = await inspect(['.', '--lang', 'ja'], {}, folder);
    expect(out).toContain('\ufffd[2Jx.txt');
    expect(out).toContain(`\ufffd[2J${name}`);
    expect(out).not.toContain('\x1b');
  });

  it.each([
    ['no path', []],
    ['a path that is not there', ['/nowhere/at/all']],
    ['an unknown language', ['slip', '--lang', 'fr']],
  ])('takes %s for wrong use', async (_, args) => {
    const { code, out, err } = await inspect(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
  });
});
