import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { characters as charactersOf } from '../../src/cli/characters.js';
import { UsageError } from '../../src/cli/io.js';
import { checkText, decodeMs932, encodeMs932, encodeZip, layoutOf } from '../../src/codec/index.js';
import { careplanIn } from '../support/command-here.js';
import { emptyFolder, FIXTURES, SAMPLES } from '../support/fixtures.js';
import { SENTENCES } from '../support/sentences.js';

const characters = (cwd: string, ...args: string[]) => careplanIn({ cwd }, 'characters', ...args);

interface Place {
  readonly file: string;
  readonly line: number;
  readonly row?: number;
  readonly column?: number;
  readonly columnName?: string;
  readonly pointer?: string;
  readonly index: number;
  readonly number: number;
  readonly value?: string;
}
interface Found {
  readonly character: string;
  readonly codePoints: readonly string[];
  readonly class: string;
  readonly suggestion?: string;
  readonly safe: boolean;
  readonly count: number;
  readonly fixed: number;
  readonly places: readonly Place[];
}
const json = async (cwd: string, ...args: string[]) => {
  const { code, out, err } = await characters(cwd, ...args, '--format', 'json', '--lang', 'en');
  return { code, err, ...(JSON.parse(out) as { ok: boolean; characters: Found[]; summary: Record<string, number> }) };
};

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = emptyFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
const text = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

const NAME = 'UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV';
/** A sample as UTF-8, with this text for the planner's name, and free text of several lines if there is a column of it. */
function sampleInUtf8(name: string): string {
  const folder = join(SAMPLES, 'slip');
  const file = readdirSync(folder).find((one) => one.startsWith('UPPLAN_')) ?? '';
  const no = layoutOf('UPPLAN').placed.find(({ ja }) => ja === 'プラン担当者名')?.no ?? 0;
  return decodeMs932(readFileSync(join(folder, file)))
    .text.split('\r\n')
    .map((line, i) =>
      i === 1
        ? line
            .split(',')
            .with(no - 1, name)
            .join(',')
        : line,
    )
    .join('\r\n');
}

const RECORDS = `{
  "carePlans": [
    { "name": "𠮷田　花子", "note": "9時〜10時、入浴\\u200b介助😊", "rate": 1.0 }
  ],
  "山田太郎": { "0000000123": "森鷗外〜" },
  "other": ["外字\ue000", "㉑", true, null, "①～"]
}
`;

describe('careplan characters', () => {
  it.each(['ja', 'en'])('tells what cannot be sent in %s', async (language) => {
    const folder = folderOf({ 'records.json': RECORDS, [NAME]: sampleInUtf8('"﨑山𠮷江"'), 'notes.txt': 'x' });
    const told = await characters(folder, '.', '--lang', language);
    expect([told.code, told.err]).toEqual([1, '']);
    await expect(told.out).toMatchFileSnapshot(join(FIXTURES, `characters/report.${language}.txt`));
  });

  it('has nothing to say of what can be sent', async () => {
    const folder = folderOf({ 'a.json': '{"note":"①～髙﨑㈱ｱ"}' });
    for (const language of ['ja', 'en']) expect((await characters(folder, '.', '--lang', language)).code).toBe(0);
    const {
      code,
      ok,
      characters: found,
    } = await json(SAMPLES, 'slip', 'care-plan', 'actuals', 'preventive', 'withdrawals');
    expect([code, ok, found]).toEqual([0, true, []]);
  });

  it('says so where there is nothing to look at', async () => {
    const told = await characters(folderOf({ 'a.txt': '𠮷' }), '.', '--lang', 'en');
    expect([told.code, told.out]).toEqual([1, expect.stringMatching(/no file to look at[\s\S]*a\.txt/)]);
  });

  it('finds in the two hundred sentences what stands in them, each in its place', async () => {
    const notes = SENTENCES.map(({ sentence }) => ({ note: sentence }));
    const folder = folderOf({ 'records.json': JSON.stringify({ notes }, null, 2) });
    const { characters: found, summary } = await json(folder, 'records.json');
    const told = found
      .flatMap(({ places, codePoints, safe, suggestion, class: group }) =>
        places.map(({ pointer, index, number }) => ({
          pointer,
          index,
          length: String.fromCodePoint(...codePoints.map((one) => Number.parseInt(one.slice(2), 16))).length,
          number,
          codePoints,
          class: group,
          safe,
          suggestion,
        })),
      )
      .sort((a, b) => Number(a.pointer?.split('/')[2]) - Number(b.pointer?.split('/')[2]) || a.index - b.index);
    const expected = SENTENCES.flatMap(({ findings }, i) =>
      findings.map((one) => ({ pointer: `/notes/${i}/note`, ...one })),
    );
    expect(told).toEqual(expected);
    expect([summary.texts, summary.found]).toEqual([SENTENCES.length, expected.length]);
  });

  it('names file, line, row and the column of the standard, behind texts of several lines too', async () => {
    const { placed } = layoutOf('UP1KYO');
    const no = placed.findIndex(({ kind }) => kind.type === 'text');
    const row = (cell: string) => placed.map((_, i) => (i === 0 ? '202407' : i === no ? cell : '')).join(',');
    const name = NAME.replace('UPPLAN', 'UP1KYO');
    const folder = folderOf({ [name]: `${row('"一行目\r\n""二"",行目"')}\r\n${row('"三\n四〜"')}\r\n` });
    const [{ places = [], safe } = {}] = (await json(folder, name)).characters;
    expect(safe).toBe(true);
    expect(places).toEqual([
      { file: name, line: 4, row: 2, column: no + 1, columnName: placed[no]?.ja, index: 3, number: 4 },
    ]);
  });

  it('reads MS932: gaiji in a column of the sample', async () => {
    const file = readdirSync(join(SAMPLES, 'dirty')).find((one) => one.startsWith('gaiji_')) ?? '';
    const { code, characters: found } = await json(join(SAMPLES, 'dirty'), file);
    expect(code).toBe(1);
    expect(found.map((one) => [one.codePoints, one.class, one.safe])).toEqual([[['U+E000'], 'none', false]]);
    expect(found[0]?.places[0]).toMatchObject({ file, line: 1, row: 1, columnName: 'プラン担当者名' });
  });

  it('looks into ZIPs, and tells of what is damaged there', async () => {
    const zip = encodeZip([
      { name: 'a.csv', bytes: new TextEncoder().encode('𠮷〜,b\r\n') },
      { name: 'b.json', bytes: new TextEncoder().encode('{') },
      { name: 'c.jpg', bytes: new Uint8Array(4) },
    ]);
    const folder = folderOf({ 'all.zip': zip.bytes ?? '', 'bad.zip': 'no archive' });
    const { code, characters: found, ...report } = await json(folder, '.');
    expect(code).toBe(1);
    expect(found.map((one) => [one.character, one.places[0]?.file])).toEqual([
      ['𠮷', 'all.zip/a.csv'],
      ['〜', 'all.zip/a.csv'],
    ]);
    expect(report).toMatchObject({
      ok: false,
      unreadable: [{ file: 'all.zip/b.json' }, { file: 'bad.zip' }],
      notRead: ['all.zip/c.jpg'],
    });
  });

  it('shows neither values nor keys that may be names, unless asked', async () => {
    const folder = folderOf({ 'records.json': RECORDS });
    const secrets = ['田　花子', '山田太郎', '0000000123', '森', '入浴'];
    for (const options of [[], ['--format', 'json']]) {
      const { out } = await characters(folder, 'records.json', ...options);
      expect(secrets.filter((one) => out.includes(one))).toEqual([]);
      const shown = (await characters(folder, 'records.json', ...options, '--show-values')).out;
      expect(secrets.filter((one) => !shown.includes(one))).toEqual([]);
    }
  });

  it('ends with 2 where it is used wrongly, and writes nothing', async () => {
    const folder = folderOf({
      'a.json': '["〜"]',
      'bad.json': '{',
      'euc.csv': Uint8Array.of(0xb2, 0xf0, 0xb8, 0xee, 0xa4, 0xce, 0xa4, 0xb3, 0xa4, 0xc8),
      'utf16.csv': Uint8Array.of(0xff, 0xfe, 0x61, 0),
    });
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/a.json'), '["〜"]');
    const before = readdirSync(folder, { recursive: true });
    const wrong: [paths: string[], options: Parameters<typeof charactersOf>[1], says: RegExp][] = [
      [['a.json'], { format: 'xml' }, /--format/],
      [['a.json'], { fix: true }, /--out/],
      [['a.json'], { fix: true, out: 'b.json', inPlace: true }, /--in-place/],
      [['a.json'], { out: 'b.json' }, /--fix/],
      [['a.json'], { fix: true, out: 'a.json' }, /--in-place/],
      [['.'], { fix: true, out: '.' }, /--in-place/],
      [['a.json', 'sub/a.json'], { fix: true, out: 'new' }, /two files/],
      [['a.json', 'bad.json'], { fix: true, inPlace: true }, /bad\.json: no JSON/],
      [['euc.csv'], {}, /EUC-JP/],
      [['utf16.csv'], {}, /UTF-16/],
    ];
    const at = (path: string) => join(folder, path);
    for (const [paths, { out, ...options }, says] of wrong) {
      const given = { lang: 'en', ...options, ...(out === undefined ? {} : { out: at(out) }) };
      await expect(charactersOf(paths.map(at), given)).rejects.toThrow(UsageError);
      await expect(charactersOf(paths.map(at), given)).rejects.toThrow(says);
    }
    for (const args of [['bad.json'], ['nothing.json'], []]) {
      expect(await characters(folder, ...args)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining(args[0] ?? 'argument'),
      });
    }
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
    expect(text(folder, 'a.json')).toBe('["〜"]');
  });

  it('passes over, and tells of, what it cannot read in a folder', async () => {
    const folder = folderOf({ 'a.json': '["〜"]', 'bad.json': '{', 'utf16.csv': Uint8Array.of(0xff, 0xfe, 0x61, 0) });
    const { code, out } = await characters(folder, '.', '--lang', 'en', '--fix', '--in-place');
    expect([code, text(folder, 'a.json')]).toEqual([1, '["～"]']);
    expect(out).toMatch(/could not be read[\s\S]*bad\.json {2}no JSON in UTF-8\n {2}utf16\.csv {2}UTF-16 is not read/);
  });
});

describe('careplan characters --fix', () => {
  it('mends in JSON what is safe, changes no other character of the file, and leaves the rest to a person', async () => {
    const folder = folderOf({ 'records.json': RECORDS });
    const { code, out } = await characters(folder, 'records.json', '--fix', '--out', 'mended.json', '--lang', 'en');
    expect(code).toBe(1);
    const mended = RECORDS.replaceAll('〜', '～').replace('\\u200b', '');
    expect(text(folder, 'mended.json')).toBe(mended);
    expect(text(folder, 'records.json')).toBe(RECORDS);
    const [decide = '', fixed = ''] = out.split(/^Mended$/m);
    expect(['U+20BB7', 'U+9DD7', 'U+1F60A', 'U+E000', 'U+3251'].filter((one) => !decide.includes(one))).toEqual([]);
    expect(fixed).toMatch(/U\+301C[\s\S]*U\+200B[\s\S]*Files written\n {2}mended\.json {2}3 times/);
  });

  it('ends with 0 where nothing is left, and finds nothing in what it wrote', async () => {
    const folder = folderOf({ 'a.json': '{"note":"9時〜10時"}' });
    expect((await characters(folder, 'a.json', '--fix', '--out', 'b.json')).code).toBe(0);
    expect((await characters(folder, 'b.json')).code).toBe(0);
    expect(text(folder, 'b.json')).toBe('{"note":"9時～10時"}');
  });

  it('mends the two hundred sentences as checkText does', async () => {
    const folder = folderOf({ 'a.json': JSON.stringify(SENTENCES.map(({ sentence }) => sentence)) });
    await characters(folder, 'a.json', '--fix', '--out', 'b.json');
    expect(JSON.parse(text(folder, 'b.json'))).toEqual(SENTENCES.map(({ sentence }) => checkText(sentence).fixed));
  });

  it('mends CSV in UTF-8 with its byte order mark, quotes and line ends as they are', async () => {
    const csv = '\ufeffa〜,"b〜""c"\r\n"d",e−\n\r"f〜"g,𠮷\r\n"h〜';
    const folder = folderOf({ 'a.csv': csv });
    const { code, out } = await characters(folder, 'a.csv', '--fix', '--out', 'b.csv', '--lang', 'en');
    expect(text(folder, 'b.csv')).toBe('\ufeffa～,"b～""c"\r\n"d",e－\n\r"f〜"g,𠮷\r\n"h～');
    expect([code, out]).toEqual([1, expect.stringMatching(/Safe to mend\n {2}〜/)]);
  });

  it('never changes digits, codes and dates', async () => {
    const { placed } = layoutOf('DLTPLAN');
    const row = placed.map(({ kind }) => `${kind.constant ?? '0'}\u200b`).join(',');
    const folder = folderOf({ [NAME.replace('UPPLAN', 'DLTPLAN')]: `${row}\r\nあ` });
    const { code, summary } = await json(folder, '.', '--fix', '--in-place');
    expect([code, summary]).toMatchObject([1, { found: placed.length, safe: 0, toDecide: placed.length, fixed: 0 }]);
  });

  it('leaves MS932 and ZIPs as they are, and says why', async () => {
    const zip = encodeZip([{ name: 'a.csv', bytes: new TextEncoder().encode('９時〜') }]).bytes ?? '';
    const folder = folderOf({ 'a.zip': zip, 'b.csv': encodeMs932('介護,9時～').bytes });
    const { code, out } = await characters(folder, '.', '--fix', '--out', 'out', '--lang', 'en');
    expect([code, out]).toEqual([1, expect.stringMatching(/Unpack a ZIP first/)]);
    expect(readdirSync(folder)).toEqual(['a.zip', 'b.csv']);
  });

  it('writes several files below a folder as they lie, changed or not', async () => {
    const folder = folderOf({});
    mkdirSync(join(folder, 'in/sub'), { recursive: true });
    writeFileSync(join(folder, 'in/a.json'), '["〜"]');
    writeFileSync(join(folder, 'in/sub/a.json'), '["～"]');
    expect((await characters(folder, 'in', '--fix', '--out', 'out')).code).toBe(0);
    expect(readdirSync(join(folder, 'out'), { recursive: true }).sort()).toEqual([
      'a.json',
      'sub',
      join('sub', 'a.json'),
    ]);
    expect([text(folder, 'out/a.json'), text(folder, 'in/a.json')]).toEqual(['["～"]', '["〜"]']);
  });

  it('writes in place only what changes, and who may read it stays so', async () => {
    const folder = folderOf({ 'a.json': '["〜"]', 'b.json': '["～"]' });
    chmodSync(join(folder, 'a.json'), 0o600);
    const untouched = statSync(join(folder, 'b.json'));
    expect((await characters(folder, '.', '--fix', '--in-place')).code).toBe(0);
    expect(text(folder, 'a.json')).toBe('["～"]');
    expect(statSync(join(folder, 'a.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'b.json')).ino).toBe(untouched.ino);
    expect(readdirSync(folder)).toEqual(['a.json', 'b.json']);
  });
});
