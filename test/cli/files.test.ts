import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { careplan } from '../support/command.js';
import { careplanHere } from '../support/command-here.js';
import { CLEAN, cleanSamples, emptyFolder, SAMPLES } from '../support/fixtures.js';

const UTF8 = 'utf8_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV';
const TRUNCATED = 'truncated_UPPLAN_202511_0370100105_43_0370200210_11_20251127100000.CSV';
const cleanFolders = CLEAN.map((folder) => join(SAMPLES, folder));

/** A document as decode prints it, with one record changed. */
async function documentWith(change: Record<string, unknown>): Promise<string> {
  const file = cleanSamples().find(({ path }) => path.includes('DLTPLAN')) as { path: string };
  const document = JSON.parse((await careplanHere('decode', join(SAMPLES, file.path))).out);
  Object.assign(document.files[0].records[0], change);
  const path = join(emptyFolder(), 'document.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
}

describe('careplan decode and encode', () => {
  it('decode then encode gives every clean sample again, byte for byte, images included', async () => {
    const folder = emptyFolder();
    const json = join(folder, 'all.json');
    const out = join(folder, 'out');
    expect(await careplanHere('decode', ...cleanFolders, '--out', json)).toEqual({ code: 0, out: '', err: '' });
    expect(await careplanHere('encode', json, '--out', out)).toEqual({ code: 0, out: '', err: '' });
    const written = Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'latin1')]));
    const samples = cleanSamples();
    expect(samples.length).toBeGreaterThan(50);
    expect(written).toEqual(
      Object.fromEntries(samples.map(({ path, bytes }) => [basename(path), Buffer.from(bytes).toString('latin1')])),
    );
  });

  it('decode prints what a file is, who sent it to whom, and its records', async () => {
    const { code, out } = await careplanHere('decode', join(SAMPLES, 'withdrawals'));
    const { files, issues } = JSON.parse(out);
    expect(code).toBe(0);
    expect(issues).toEqual([]);
    expect(files).toContainEqual({
      path: join(SAMPLES, 'withdrawals/DLTJSK_202511_0370200210_11_0370100105_43_20251126090200.CSV'),
      kind: 'DLTJSK',
      edition: '4.1',
      charset: 'ms932',
      from: { officeNumber: '0370200210', serviceType: '11' },
      to: { officeNumber: '0370100105', serviceType: '43' },
      serial: '20251126090200',
      month: '2025-11',
      complete: true,
      records: [
        {
          csvVersion: '202407',
          insurerNumber: '032026',
          insuredPersonNumber: '0001267459',
          serviceMonth: '2025-11',
          serviceOfficeNumber: '0370200210',
          serviceType: '11',
        },
      ],
    });
  });

  it('decode then encode gives a file of edition 3 again, in its edition', async () => {
    const name = readdirSync(join(SAMPLES, 'dirty')).find((one) => one.startsWith('edition3_')) ?? '';
    const json = join(emptyFolder(), 'old.json');
    const out = emptyFolder();
    expect((await careplanHere('decode', join(SAMPLES, 'dirty', name), '--out', json)).code).toBe(0);
    expect(await careplanHere('encode', json, '--out', out)).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(out)).toEqual([name.replace('edition3_', '')]);
    expect(readFileSync(join(out, readdirSync(out)[0] ?? '')).equals(readFileSync(join(SAMPLES, 'dirty', name)))).toBe(
      true,
    );
  });

  it('decode exits with 0 where there are only warnings, with 1 where there is an error', async () => {
    const warned = await careplanHere('decode', join(SAMPLES, 'dirty', UTF8), '--lang', 'ja');
    const failed = await careplanHere('decode', join(SAMPLES, 'dirty', TRUNCATED), '--lang', 'en');
    expect(warned.code).toBe(0);
    expect(JSON.parse(warned.out).issues).toContainEqual({
      code: 'file.charset',
      severity: 'warning',
      file: join(SAMPLES, 'dirty', UTF8),
      message: expect.stringContaining('文字コードが MS932 ではなく utf-8 です'),
    });
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.out).issues).toContainEqual(
      expect.objectContaining({ code: 'row.cutOff', severity: 'error', row: 32 }),
    );
  });

  it('encode refuses a record with an error, says where, and writes no file', async () => {
    const out = join(emptyFolder(), 'out');
    const { code, err } = await careplanHere(
      'encode',
      await documentWith({ insurerNumber: '3202' }),
      '--out',
      out,
      '--lang',
      'en',
    );
    expect(code).toBe(1);
    expect(err).toContain('row 1, column 2 (保険者番号)');
    expect(err).not.toContain('3202');
    expect(existsSync(out)).toBe(false);
  });

  it('encode writes over nothing half: files of the folder stay as they are when one file is refused', async () => {
    const out = emptyFolder();
    writeFileSync(join(out, 'kept.txt'), 'kept');
    expect((await careplanHere('encode', await documentWith({ unknownName: 1 }), '--out', out)).code).toBe(1);
    expect(readdirSync(out)).toEqual(['kept.txt']);
  });

  it('encode never writes outside its folder, whatever the path of an image says', async () => {
    const folder = emptyFolder();
    const json = join(folder, 'image.json');
    const name = 'UPKIHON_IMAGE_0300100013_46_0370200228_A6_20251120101500_0001.jpg';
    const encode = async (path: string) => {
      writeFileSync(json, JSON.stringify({ files: [{ path, kind: 'UPKIHON_IMAGE', base64: 'AAAA' }] }));
      return (await careplanHere('encode', json, '--out', join(folder, 'out'))).code;
    };
    expect(await encode(`../../${name}`)).toBe(0);
    for (const path of ['', '..', 'a/.', '/x/.bashrc', name.replace('.jpg', '.CSV'), name.replace('_0001', '')]) {
      expect(await encode(path)).toBe(1);
    }
    expect(readdirSync(folder).sort()).toEqual(['image.json', 'out']);
    expect(readdirSync(join(folder, 'out'))).toEqual([name]);
  });

  it('encode puts back what was there when one of its files cannot be written', async () => {
    const out = emptyFolder();
    const json = join(emptyFolder(), 'all.json');
    await careplanHere('decode', join(SAMPLES, 'withdrawals'), '--out', json);
    const [first = '', second = ''] = readdirSync(join(SAMPLES, 'withdrawals'));
    writeFileSync(join(out, first), 'old');
    mkdirSync(join(out, second));
    expect((await careplanHere('encode', json, '--out', out)).code).toBe(2);
    expect(readdirSync(out).sort()).toEqual([first, second].sort());
    expect(readFileSync(join(out, first), 'utf8')).toBe('old');
  });

  it('decode passes over what is no file of the exchange in a folder, and follows no loop', async () => {
    const folder = emptyFolder();
    for (const name of ['.DS_Store', 'Thumbs.db', 'notes.txt']) writeFileSync(join(folder, name), 'x');
    symlinkSync('.', join(folder, 'loop'));
    symlinkSync('nowhere', join(folder, 'broken.CSV'));
    const { code, out } = await careplanHere('decode', folder);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ files: [], issues: [] });
  });

  it('decode writes to a link and to a device as to what they are', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'real.json'), 'old');
    symlinkSync('real.json', join(folder, 'link.json'));
    expect((await careplanHere('decode', join(SAMPLES, 'withdrawals'), '--out', join(folder, 'link.json'))).code).toBe(
      0,
    );
    expect(lstatSync(join(folder, 'link.json')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'real.json'), 'utf8')).files).toHaveLength(5);
    expect(readdirSync(folder).sort()).toEqual(['link.json', 'real.json']);
    expect((await careplanHere('decode', join(SAMPLES, 'withdrawals'), '--out', '/dev/null')).code).toBe(0);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('encode tells of 200,000 wrong records, each with its row', async () => {
    const record = {
      csvVersion: '202407',
      insurerNumber: '1',
      insuredPersonNumber: '0000000001',
      serviceMonth: '2025-11',
    };
    const path = await documentWith({});
    const document = JSON.parse(readFileSync(path, 'utf8'));
    document.files[0].records = Array(200_000).fill(record);
    writeFileSync(path, JSON.stringify(document));
    const { code, err } = careplan('encode', path, '--out', join(emptyFolder(), 'out'), '--lang', 'en');
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(200_000);
    expect(err).toContain('row 200000, column 2');
  });

  it.each([
    ['no arguments', []],
    ['an unknown command', ['frobnicate']],
    ['decode without a path', ['decode']],
    ['decode of a path that is not there', ['decode', '/nowhere/at/all']],
    ['encode without --out', ['encode', 'x.json']],
    ['an unknown language', ['decode', SAMPLES, '--lang', 'fr']],
    ['encode of what is not JSON', ['encode', join(SAMPLES, 'README.md'), '--out', '/nowhere']],
  ])('%s is wrong use: exit code 2, a sentence and no output', async (_, args) => {
    const { code, out, err } = await careplanHere(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
    expect(err).not.toMatch(/^\s+at /m);
  });
});
