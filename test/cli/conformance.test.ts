import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type ConformanceOptions, conformance } from '../../src/cli/conformance.js';
import { writeFolder } from '../../src/cli/paths.js';
import { makeSamples, type PatternId } from '../../src/conformance/index.js';
import { careplanHere as run } from '../support/command-here.js';
import { patternNamed } from '../support/conformance/drafts.js';
import { emptyFolder } from '../support/fixtures.js';

/** The command by itself: as a program it takes a while to start. */
async function careplan(args: readonly string[], options: ConformanceOptions = {}) {
  const out: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const err: string[] = [];
  const tell = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  try {
    const code = await conformance(args, { lang: 'en', ...options });
    return { code, out: stripVTControlCharacters(out.join('')), err: err.join('') };
  } finally {
    write.mockRestore();
    tell.mockRestore();
  }
}
const make = (id: PatternId, folder: string): Promise<void> => writeFolder(folder, makeSamples(patternNamed(id)));

let folder = '';
const at = (...path: string[]): string => join(folder, ...path);
beforeEach(() => {
  folder = emptyFolder();
});
const filesOf = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[A-Za-z]+$/.test(name))
    .sort();

describe('--make', () => {
  test('makes a folder with files, what they hold, and a page that tells what to look at', async () => {
    const { code, out, err } = await run('conformance', '--make', 'D3', '--out', at('kit'), '--lang', 'en');
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('D3: 10 files in ');
    const files = filesOf(at('kit'));
    expect(files.filter((path) => /^files\/0[1-9]\/(UPJSK|DLTJSK)_202511_.*\.CSV$/.test(path))).toHaveLength(9);
    expect(files.filter((path) => /^expected\/(\d\d|all)\.json$/.test(path))).toHaveLength(11);
    expect(files.filter((path) => /^expected\/\d\d\.txt$/.test(path))).toHaveLength(10);
    const readme = readFileSync(at('kit', 'README.txt'), 'utf8');
    expect(readme).toMatch(/^D3 サービス利用票（実績）/);
    expect(readme).toContain('D3 actuals: transmissions to import');
    expect(readFileSync(at('kit', 'expected', '01.txt'), 'utf8')).toContain('第6表 サービス利用票（実績）');
  });

  test('makes the same bytes twice', async () => {
    expect((await careplan([], { make: 'd4', out: at('a') })).code).toBe(0);
    expect((await careplan([], { make: 'D4', out: at('b') })).code).toBe(0);
    const bytes = (name: string) => filesOf(at(name)).map((path) => [path, readFileSync(at(name, path), 'latin1')]);
    expect(bytes('b')).toEqual(bytes('a'));
  });

  test('refuses a folder that holds something, and leaves nothing behind', async () => {
    mkdirSync(at('kit'));
    writeFileSync(at('kit', 'mine.txt'), 'mine');
    await expect(careplan([], { make: 'D7', out: at('kit') })).rejects.toThrow('is not empty');
    expect(readdirSync(folder)).toEqual(['kit']);
    expect(readdirSync(at('kit'))).toEqual(['mine.txt']);
    await expect(careplan([], { make: 'D7', out: at('kit', 'mine.txt') })).rejects.toThrow('is a file');
    rmSync(at('kit', 'mine.txt'));
    expect((await careplan([], { make: 'D7', out: at('kit') })).code).toBe(0);
  });

  test('leaves nothing behind where a file cannot be written', async () => {
    const files = [
      { path: 'a', content: 'a' },
      { path: 'a/b', content: 'b' },
    ];
    await expect(writeFolder(at('kit'), files)).rejects.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('all patterns', () => {
  test('are made, pass, are imported as expected, and are not mixed up', async () => {
    expect((await careplan([], { make: 'all', out: at('kit') })).code).toBe(0);
    expect(readdirSync(at('kit'))).toEqual(['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7']);
    const { code, out } = await careplan(['all', at('kit')], { requireCoverage: true, format: 'json' });
    expect(code).toBe(0);
    const { passed, patterns } = JSON.parse(out);
    expect(passed).toBe(true);
    expect(patterns.map(({ id, ok, complete }: Record<string, unknown>) => [id, ok, complete])).toEqual(
      ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7'].map((id) => [id, true, true]),
    );
    for (const id of ['D1', 'D6']) {
      const compared = await careplan([at('kit', id, 'files')], { compare: at('kit', id, 'expected', 'all.json') });
      expect(compared).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^equal: as expected\./),
      });
      const expected = JSON.parse(readFileSync(at('kit', id, 'expected', '01.json'), 'utf8'));
      const imported = JSON.parse((await run('import', at('kit', id, 'files', '01'))).out);
      expect(imported).toEqual(expected);
      const again = await run('export', at('kit', id, 'expected', '01.json'), '--out', at(`again-${id}`));
      expect(again.code).toBe(0);
      for (const name of readdirSync(at(`again-${id}`))) {
        expect(readFileSync(at(`again-${id}`, name), 'latin1')).toBe(
          readFileSync(at('kit', id, 'files', '01', name), 'latin1'),
        );
      }
    }
  });
});

describe('a checklist', () => {
  beforeEach(() => make('D6', at('kit')));

  test('passes, with notes where each situation is shown', async () => {
    const { code, out } = await careplan(['D6', at('kit', 'files')], { lang: 'ja' });
    expect(code).toBe(0);
    expect(out).toMatch(/^D6 介護予防 サービス利用票（予定） {2}送信単位 8、ファイル 22\n合格/);
    expect(out).toMatch(/○ municipalServices .* 例 .*UPPLAN_.*CSV \d+行目/);
    expect(out).not.toContain('×');
  });

  test('says what is not shown yet, and fails for that only where asked to', async () => {
    const names = readdirSync(at('kit', 'files')).filter((name) => name !== '01');
    for (const name of names) rmSync(at('kit', 'files', name), { recursive: true });
    const { code, out } = await careplan(['D6', at('kit', 'files')]);
    expect(code).toBe(0);
    expect(out).toMatch(/nothing is wrong; some situations are not shown yet/);
    expect(out).toMatch(/- {4}correction {2}A correction\n {7}Send the same document again/);
    expect((await careplan(['D6', at('kit', 'files')], { requireCoverage: true })).code).toBe(1);
  });

  test('fails where something is wrong, and says where', async () => {
    const place = at('kit', 'files', '02');
    const name = readdirSync(place).find((one) => one.startsWith('UPSIKYU')) ?? '';
    rmSync(join(place, name));
    const { code, out } = await careplan(['D6', at('kit', 'files')]);
    expect(code).toBe(1);
    expect(out).toMatch(/^failed: /m);
    expect(out).toMatch(/FAIL unit .*\n.*\n *transmission\.incomplete .*UPPLAN_.*UPSIKYU/);
    const json = JSON.parse((await careplan(['D6', at('kit', 'files')], { format: 'json', lang: 'ja' })).out);
    const failed = json.patterns[0].points.filter(({ state }: { state: string }) => state === 'fail');
    expect(failed).toMatchObject([
      { id: 'unit', obligation: 'must', section: '1', findings: [{ code: 'transmission.incomplete' }] },
    ]);
  });

  test('holds no personal data unless it is asked for', async () => {
    const place = at('kit', 'files', '01');
    const name = readdirSync(place).find((one) => one.startsWith('UPHOSOKU')) ?? '';
    const text = readFileSync(join(place, name), 'latin1');
    writeFileSync(join(place, name), text.replace(',0002100010,', ',X002100010,'), 'latin1');
    const hidden = await careplan(['D6', at('kit', 'files')]);
    expect([hidden.code, hidden.out]).toEqual([1, expect.stringMatching(/cell\.form .*shape: A999999999/)]);
    expect(hidden.out).not.toContain('X002100010');
    expect((await careplan(['D6', at('kit', 'files')], { showValues: true })).out).toContain('X002100010');
  });

  test('tells of files whose names say nothing', async () => {
    const place = at('kit', 'files', '01');
    const [name = ''] = readdirSync(place);
    renameSync(join(place, name), join(place, 'slip.CSV'));
    const { code, out } = await careplan(['D6', at('kit', 'files')]);
    expect([code, out]).toEqual([1, expect.stringMatching(/FAIL names .*\n.*\n *name\.form .*slip\.CSV/)]);
  });
});

describe('--compare', () => {
  test('tells differences with their columns, without values unless asked for', async () => {
    await make('D2', at('kit'));
    const path = at('kit', 'expected', '01.json');
    const expected = JSON.parse(readFileSync(path, 'utf8'));
    expected.transmissions[0].documents.usageSlips[0].serviceUser.supplement.name = '別　人';
    expected.transmissions[0].documents.usageSlips[1].lines[0].units = 999;
    writeFileSync(path, JSON.stringify(expected));
    const place = [at('kit', 'files', '01')];
    const { code, out } = await careplan(place, { compare: path, lang: 'ja' });
    expect(code).toBe(1);
    expect(out.split('\n').slice(0, 4)).toEqual([
      '不一致: 2 件',
      '期待した文書 4、書き出された文書 4',
      '~ transmissions[0].documents.usageSlips[0].serviceUser.supplement.name [6]  「利用者氏名」の値が違います（期待 〇〇〇、実際 〇〇〇〇）。',
      '~ transmissions[0].documents.usageSlips[1].lines[0].units [8]  「単位数」の値が違います（期待 999、実際 999）。',
    ]);
    expect((await careplan(place, { compare: path, showValues: true })).out).toContain('(expected 999, found 366)');
    const json = JSON.parse((await careplan(place, { compare: path, format: 'json' })).out);
    expect(json).toMatchObject({ equal: false, expected: 4, found: 4, unread: [] });
    expect(json.differences[1]).toMatchObject({ kind: 'different', of: 'field', column: 8, columnName: '単位数' });
    expect((await run('conformance', '--compare', path, ...place, '--ignore', 'name', 'units')).code).toBe(0);
  });

  test('fails where files could not be read whole', async () => {
    await make('D7', at('kit'));
    const place = at('kit', 'files', '01');
    const [name = ''] = readdirSync(place);
    const text = readFileSync(join(place, name), 'latin1');
    writeFileSync(join(place, name), text.slice(0, -40), 'latin1');
    const { code, out } = await careplan([place], { compare: at('kit', 'expected', '01.json') });
    expect([code, out]).toEqual([1, expect.stringMatching(/What could not be read\n {2}row\.cutOff /)]);
  });
});

describe('wrong use', () => {
  const WRONG: readonly [readonly string[], ConformanceOptions, string][] = [
    [[], {}, 'give a pattern'],
    [['D9', 'x'], {}, '"D9" is no pattern'],
    [['D1'], {}, 'give the files'],
    [['D1', '.'], { format: 'xml' }, '--format'],
    [['D1', '.'], { lang: 'fr' }, '--lang'],
    [['D1', '.'], { out: 'x' }, '--out is for --make'],
    [['D1', '.'], { ignore: ['x'] }, '--ignore is for --compare'],
    [[], { make: 'D1' }, '--out DIR'],
    [['.'], { make: 'D1', out: 'x' }, 'reads nothing'],
    [[], { make: 'D1', out: 'x', requireCoverage: true }, '--require-coverage'],
    [[], { make: 'D1', compare: 'x', out: 'x' }, 'not both'],
    [[], { compare: 'none.json' }, 'to compare'],
    [['.'], { compare: 'x', requireCoverage: true }, '--require-coverage'],
    [['.'], { compare: 'package.json' }, 'package.json'],
    [['.'], { compare: 'README.md' }, 'not JSON'],
  ];
  test.each(WRONG)('%j %j', async (args, options, message) => {
    await expect(careplan(args, options)).rejects.toThrow(message);
    expect(existsSync('x')).toBe(false);
  });

  test('has the exit code 2', async () => {
    expect(await run('conformance', 'D9', '.')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('"D9"'),
    });
    expect(await run('conformance', 'D1', 'not-there')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not-there'),
    });
  });
});
