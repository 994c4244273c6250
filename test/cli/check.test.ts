import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checkFiles, decodeFile, encodeFile, encodeZip, explainCode } from '../../src/codec/index.js';
import { ISSUE_CODES, type IssueCode } from '../../src/schema/index.js';
import { RULES } from '../../src/schema/internal.js';
import { careplanIn, type Surroundings } from '../support/command-here.js';
import { CLEAN, cleanSamples, emptyFolder, FIXTURES, SAMPLES } from '../support/fixtures.js';
import { DIRTY_FILES } from '../support/samples.js';

/** Runs `careplan check`, where the samples are if not said otherwise, with nothing in the environment but what is given. */
const check = (args: readonly string[], surroundings: Surroundings = {}) =>
  careplanIn({ cwd: SAMPLES, ...surroundings }, 'check', ...args);
const json = async (args: readonly string[], cwd?: string) => {
  const { code, out } = await check([...args, '--format', 'json', '--lang', 'en'], cwd === undefined ? {} : { cwd });
  return { code, ...JSON.parse(out) };
};
const codesOf = (issues: readonly { code: string }[]) => [...new Set(issues.map(({ code }) => code))];

interface Told {
  readonly code: string;
  readonly severity: string;
  readonly file: string;
  readonly row?: number;
  readonly line?: number;
}
const allOf = (report: { transmissions: { issues: Told[] }[]; issues: Told[] }): Told[] => [
  ...report.transmissions.flatMap(({ issues }) => issues),
  ...report.issues,
];

describe('careplan check', () => {
  it.each([
    ['slip', 'ja', 0],
    ['slip', 'en', 0],
    ['dirty', 'ja', 1],
    ['dirty', 'en', 1],
  ])('tells of the folder %s in %s', async (folder, language, code) => {
    const told = await check([folder, '--lang', language]);
    expect([told.code, told.err]).toEqual([code, '']);
    await expect(told.out).toMatchFileSnapshot(join(FIXTURES, `check/${folder}.${language}.txt`));
  });

  it('finds nothing above info in the clean samples, one by one and together, in both profiles', async () => {
    for (const profile of ['strict', 'tolerant']) {
      for (const folders of [...CLEAN.map((one) => [one]), [...CLEAN]]) {
        const { code, ok, summary } = await json([...folders, '--profile', profile]);
        expect([code, ok, summary.error, summary.warning]).toEqual([0, true, 0, 0]);
      }
    }
  });

  it('exits with 1 where there are errors by the profile, with 0 where there are warnings', async () => {
    const file = 'dirty/header_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV';
    expect(await json([file])).toMatchObject({ code: 1, ok: false, profile: 'strict' });
    const tolerant = await json([file, '--profile', 'tolerant']);
    expect(tolerant).toMatchObject({ code: 0, ok: true, profile: 'tolerant', summary: { error: 0 } });
    expect(tolerant.summary.warning).toBeGreaterThan(0);
  });

  it.each([
    ['no path', []],
    ['a path that is not there', ['/nowhere/at/all']],
    ['an unknown language', ['slip', '--lang', 'fr']],
    ['an unknown profile', ['slip', '--profile', 'lax']],
    ['an unknown format', ['slip', '--format', 'xml']],
    ['an unknown code', ['--explain', 'record.tims']],
    ['an unknown option', ['slip', '--nonsense']],
  ])('takes %s for wrong use', async (_, args) => {
    const { code, out, err } = await check(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
  });

  it('says so where there is nothing', async () => {
    const { code, out } = await check(['.', '--lang', 'ja'], { cwd: emptyFolder() });
    expect(code).toBe(0);
    expect(out).toContain('ケアプランデータ連携のファイルはありません。');
  });

  it('is coloured on a terminal only, unless FORCE_COLOR or NO_COLOR say else', async () => {
    const bare = (await check(['dirty', '--lang', 'ja'])).out;
    const forced = (await check(['dirty', '--lang', 'ja'], { env: { FORCE_COLOR: '1' } })).out;
    expect(bare).not.toContain('\x1b');
    expect(forced).toContain('\x1b[31m');
    expect(stripVTControlCharacters(forced)).toBe(bare);
    for (const format of ['json', 'sarif', 'github']) {
      expect((await check(['dirty', '--format', format], { env: { FORCE_COLOR: '1' } })).out).not.toContain('\x1b');
    }
  });

  it('shows shapes of values, and values only where they are asked for', async () => {
    const args = ['dirty/spaces_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV', '--lang', 'en'];
    expect((await check(args)).out).toContain('␣9999999999');
    expect((await check(args)).out).not.toContain(' 0370100105)');
    expect((await check([...args, '--show-values'])).out).toContain(' 0370100105)');
  });

  it('gives check digits only where hints are asked for', async () => {
    expect((await json(['slip'])).summary.info).toBe(0);
    const { code, summary, problems } = await json(['slip', '--hints']);
    expect([code, summary.error]).toEqual([0, 0]);
    expect(codesOf(problems).every((one) => RULES.find((rule) => rule.code === one)?.hint)).toBe(true);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('names first what hides other things, and counts what is in many rows once', async () => {
    const { problems, summary, transmissions, issues } = await json(['dirty']);
    expect(problems[0].severity).toBe('error');
    const order = codesOf(problems.filter(({ severity }: Told) => severity === 'error')).map(
      (code) => code.split('.')[0],
    );
    expect(order.indexOf('file')).toBeLessThan(order.indexOf('cell'));
    expect(order.indexOf('cell')).toBeLessThan(order.lastIndexOf('transmission'));
    const total = problems.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
    expect(total).toBe(summary.error + summary.warning + summary.info);
    expect(allOf({ transmissions, issues })).toHaveLength(total);
    expect(problems.find(({ code }: Told) => code === 'row.missingColumns')).toMatchObject({ count: 32, files: 1 });
  });
});

describe('What careplan check reads', () => {
  const slips = () => cleanSamples().filter(({ path }) => path.startsWith('slip'));
  const PART = '0370100105_43_0360190037_13_20251125200701.CSV';
  const part = (kind: string) =>
    slips().find(({ path }) => path.endsWith(`${kind}_202511_${PART}`)) as (typeof first)[0];
  const first = slips();

  it('misses nothing beside a file that was named by itself, and does where it was found in a folder', async () => {
    const folder = emptyFolder();
    const { path, bytes } = part('UPPLAN');
    writeFileSync(join(folder, basename(path)), bytes);
    const alone = await json([basename(path)], folder);
    expect(alone).toMatchObject({ code: 0, transmissions: [{ alone: true, issues: [] }] });
    expect((await check([basename(path), '--lang', 'en'], { cwd: folder })).out).toContain(
      'Only this file was checked',
    );
    for (const paths of [['.'], [basename(path), '.']]) {
      const inFolder = await json(paths, folder);
      expect(inFolder).toMatchObject({ code: 1, transmissions: [{ alone: false }] });
      expect(codesOf(allOf(inFolder))).toEqual(['transmission.incomplete']);
    }
  });

  it('takes files of one transmission together, however they were given', async () => {
    const folder = emptyFolder();
    const [plan, statement, supplement] = ['UPPLAN', 'UPSIKYU', 'UPHOSOKU'].map(part) as [
      (typeof first)[0],
      (typeof first)[0],
      (typeof first)[0],
    ];
    const place = (name: string, bytes: Uint8Array | undefined) =>
      writeFileSync(join(folder, name), bytes as Uint8Array);
    mkdirSync(join(folder, 'b'));
    place(basename(plan.path), plan.bytes);
    place(`b/${basename(statement.path)}`, statement.bytes);
    place('c.zip', encodeZip([{ name: basename(supplement.path), bytes: supplement.bytes }]).bytes);
    place(
      'd.zip',
      encodeZip(
        slips()
          .filter(({ path }) => !path.includes(PART))
          .map(({ path, bytes }) => ({ name: path, bytes })),
      ).bytes,
    );
    const report = await json([basename(plan.path), 'b', 'c.zip', 'd.zip', 'd.zip'], folder);
    expect(report).toMatchObject({ code: 0, summary: { transmissions: 5, files: 15, error: 0 } });
    expect(await json([basename(plan.path), 'b'], folder)).toMatchObject({
      code: 1,
      summary: { transmissions: 1, files: 2 },
    });
    const serials = report.transmissions.map(({ serial }: { serial: string }) => serial);
    expect(serials).toEqual([...serials].sort());
  });

  it('tells of a ZIP what it tells of its files', async () => {
    const folder = emptyFolder();
    const dirty = readdirSync(join(SAMPLES, 'dirty')).map((name) => ({
      name,
      bytes: readFileSync(join(SAMPLES, 'dirty', name)),
    }));
    writeFileSync(join(folder, 'dirty.zip'), encodeZip(dirty).bytes ?? '');
    cpSync(join(SAMPLES, 'dirty'), join(folder, 'dirty'), { recursive: true });
    const count = ({ file: _file, ...one }: Told) => JSON.stringify([one.code, one.severity, one.row]);
    const [zip, files] = [await json(['dirty.zip'], folder), await json(['dirty'], folder)];
    expect(allOf(zip).map(count).sort()).toEqual(allOf(files).map(count).sort());
    expect(zip.summary).toEqual(files.summary);
    expect(allOf(zip).every(({ file }) => file.startsWith('dirty.zip/'))).toBe(true);
  });

  it('tells of damaged ZIPs, of files without a name of the standard, and of what is not of the exchange', async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'a.zip'),
      encodeZip([{ name: 'memo.doc', bytes: Buffer.from('x') }]).bytes?.subarray(0, 20) ?? '',
    );
    writeFileSync(join(folder, 'list.csv'), 'x');
    writeFileSync(join(folder, 'notes.txt'), 'x');
    const report = await json(['.'], folder);
    expect(report).toMatchObject({ code: 1, transmissions: [] });
    expect(report.issues.map(({ code, file }: Told) => [code, file])).toEqual([
      ['zip.directory', 'a.zip'],
      ['name.form', 'list.csv'],
    ]);
    expect(report.notOurs.sort()).toEqual(['a.zip', 'list.csv', 'notes.txt']);
  });

  it('tells what transmissions say of each other, in the transmission where it is', async () => {
    const folder = emptyFolder();
    const [name = ''] = readdirSync(join(SAMPLES, 'withdrawals')).filter((one) => one.startsWith('DLTPLAN'));
    const bytes = readFileSync(join(SAMPLES, 'withdrawals', name));
    writeFileSync(join(folder, name), bytes);
    writeFileSync(join(folder, name.replace('20251126090100', '20251127090100')), bytes);
    const { code, transmissions, issues } = await json(['.'], folder);
    expect([code, issues]).toEqual([expect.any(Number), []]);
    expect(transmissions.map((one: { issues: Told[] }) => codesOf(one.issues))).toEqual([[], ['set.withdrawal']]);
  });
});

describe('The formats of careplan check', () => {
  /** A slip whose first row has a line break in a text, and whose second row has a wrong time. */
  function twoLines(): { folder: string; name: string } {
    const folder = emptyFolder();
    const name = 'UPPLAN_202511_0370100105_43_0370200210_11_20251125200708.CSV';
    const { records } = decodeFile(readFileSync(join(SAMPLES, 'slip', name)), { name });
    const [a, b] = records as Record<string, unknown>[];
    const rows = [
      { ...a, careManagerName: '岩手\r\n太郎' },
      { ...b, careManagerName: '岩手\r\n太郎', startTime: '9999' },
    ];
    mkdirSync(join(folder, 'out, 100%'));
    writeFileSync(join(folder, 'out, 100%', name), encodeFile('UPPLAN', rows as never[], { name }).bytes as Uint8Array);
    return { folder, name: `out, 100%/${name}` };
  }

  it('tells lines of the file, though a row of it is several', async () => {
    const { folder, name } = twoLines();
    expect(allOf(await json([name], folder)).find(({ code }) => code === 'record.times')).toMatchObject({
      row: 2,
      line: 3,
    });
  });

  it('writes annotations of GitHub, with what would end them escaped', async () => {
    const { folder, name } = twoLines();
    const { code, out } = await check([name, '--format', 'github', '--lang', 'en'], { cwd: folder });
    expect(code).toBe(1);
    const lines = out.trimEnd().split('\n');
    const told = lines.find((line) => line.includes('record.times')) ?? '';
    expect(told).toMatch(/^::error file=out%2C 100%25\/UPPLAN_[^,]*,line=3,title=record\.times::row 2, column 12 \(/);
    expect(lines.slice(0, -1).every((line) => /^::(error|warning|notice) [^:]*::./.test(line))).toBe(true);
    expect(lines.at(-1)).toContain('There are errors.');
    const inside = await check([name, '--format', 'github'], {
      cwd: folder,
      env: { GITHUB_WORKSPACE: join(folder, 'out, 100%') },
    });
    expect(inside.out).toContain('file=UPPLAN_');
  });

  it('gives the first of each kind before all others: GitHub shows ten', async () => {
    const { out } = await check(['dirty', '--format', 'github', '--lang', 'ja']);
    const lines = out.split('\n').filter((line) => line.startsWith('::error'));
    const codes = lines.map((line) => /title=([a-zA-Z.]+)/.exec(line)?.[1]);
    expect(new Set(codes.slice(0, 10)).size).toBeGreaterThan(6);
    const { summary } = await json(['dirty']);
    expect(lines).toHaveLength(summary.error);
  });

  it.each(['ja', 'en'] as const)('writes a log of SARIF 2.1.0 in %s', async (language) => {
    const { folder, name } = twoLines();
    cpSync(join(SAMPLES, 'dirty'), join(folder, 'dirty'), { recursive: true });
    const { code, out } = await check([name, 'dirty', '--format', 'sarif', '--lang', language], { cwd: folder });
    expect(code).toBe(1);
    const log = JSON.parse(out);
    expect([log.version, log.$schema]).toEqual(['2.1.0', expect.stringContaining('sarif-2.1.0')]);
    expect(log.runs).toHaveLength(1);
    const [run] = log.runs;
    const { name: tool, rules } = run.tool.driver;
    expect(tool).toBe('careplan-renkei');
    expect(run.invocations).toEqual([{ executionSuccessful: true }]);
    const ids = rules.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, shortDescription, fullDescription, help, defaultConfiguration } of rules) {
      expect(ISSUE_CODES).toHaveProperty([id]);
      for (const { text } of [shortDescription, fullDescription, help]) expect(text).not.toBe('');
      expect(help.text).not.toContain('undefined');
      if (language === 'ja') expect(shortDescription.text).toMatch(/[ぁ-ヿ一-鿿]/);
      expect(['error', 'warning', 'note']).toContain(defaultConfiguration.level);
    }
    expect(codesOf(run.results.map(({ ruleId }: { ruleId: string }) => ({ code: ruleId }))).sort()).toEqual(
      [...ids].sort(),
    );
    for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
      expect(ids[ruleIndex]).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toBe('');
      const { artifactLocation, region } = locations[0].physicalLocation;
      expect(artifactLocation.uri).toMatch(/^[A-Za-z0-9._~%/()-]+$/);
      const bytes = readFileSync(join(folder, decodeURIComponent(artifactLocation.uri)));
      if (region?.byteOffset === undefined) continue;
      expect(region.byteOffset + region.byteLength).toBeLessThanOrEqual(bytes.length);
      const before = bytes.subarray(0, region.byteOffset).toString('latin1');
      expect(region.startLine).toBe(before.split(/\r\n|\r|\n/).length);
    }
  });
});

describe('careplan check --explain', () => {
  it('prints the page of every rule, in both languages', async () => {
    const { code, out } = await check(['--explain', 'record.times', '--lang', 'en']);
    expect(code).toBe(0);
    for (const part of ['record.times', 'why', 'mend', 'severity', 'section 9', 'example', 'row '])
      expect(out).toContain(part);
    expect((await check(['--explain', 'record.times', '--lang', 'ja'])).out).toMatch(/理由[\s\S]*直し方[\s\S]*例/);
    expect((await check(['--explain', 'cell.form', '--lang', 'ja'])).out).toMatch(/メッセージ[\s\S]*strict: エラー/);
  });

  it('knows every code, and says nothing that is not known', () => {
    for (const code of Object.keys(ISSUE_CODES) as IssueCode[]) {
      const { message, severity, rule } = explainCode(code) ?? {};
      const texts = [message, rule?.what, rule?.why, rule?.mend].flatMap((one) => (one ? [one.ja, one.en] : []));
      expect(texts.filter((text) => text === '' || /undefined|NaN|\[object/.test(text))).toEqual([]);
      expect(severity?.strict === 'warning' && !rule).toBe(false);
    }
    expect(explainCode('no.such')).toBeUndefined();
    expect(explainCode('toString')).toBeUndefined();
  });
});

/** What each of the dirty samples is told for. */
const EXPECTED: Readonly<Record<string, IssueCode>> = {
  'UPPLAN': 'name.renamed',
  'all-quoted': 'csv.quotedCell',
  'edition3': 'name.edition',
  'empty': 'file.empty',
  'eof-1a': 'file.endMark',
  'gaiji': 'char.gaiji',
  'header': 'row.header',
  'lf': 'csv.lineEnd',
  'nec-selected': 'char.necSelected',
  'no-final-newline': 'csv.noFinalNewline',
  'short-row': 'row.missingColumns',
  'spaces': 'cell.spaces',
  'truncated': 'row.cutOff',
  'unquoted': 'csv.unquotedText',
  'utf8': 'file.charset',
  'utf8-bom': 'file.charset',
  'version-202410': 'cell.version',
};

/** The second person in the samples uses another service of the receiver than the one addressed: a warning. */
const OTHER_TYPE: IssueCode = 'transmission.otherType';

describe.each([...DIRTY_FILES])('The dirty sample %s', (sample, { name, bytes }) => {
  const expected = EXPECTED[sample] as IssueCode;
  // What stands before the first `_` says what is odd; the true name is what follows.
  const path = sample === 'UPPLAN' ? name : name.slice(sample.length + 1);
  const told = (profile: 'strict' | 'tolerant') =>
    checkFiles([{ path, bytes }], { alone: true, profile, today: '2025-12-10' }).issues.filter(
      ({ code, severity }) => code !== OTHER_TYPE || severity === 'error',
    );

  it('is told for that, and for nothing else', () => {
    for (const profile of ['strict', 'tolerant'] as const) expect(codesOf(told(profile))).toEqual([expected]);
  });

  it('is in error where it is to be sent, and where it has arrived only if something is lost', () => {
    const usual = ISSUE_CODES[expected];
    const isNote = usual === 'info' || sample === 'edition3';
    expect([...new Set(told('strict').map(({ severity }) => severity))]).toEqual([isNote ? 'info' : 'error']);
    const severity = isNote ? 'info' : expected === 'row.cutOff' ? 'error' : 'warning';
    expect([...new Set(told('tolerant').map((one) => one.severity))]).toEqual([severity]);
  });
});
