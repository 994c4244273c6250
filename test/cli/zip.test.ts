import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeZip, encodeZip } from '../../src/codec/index.js';
import { careplanHere } from '../support/command-here.js';
import { CLEAN, cleanSamples, emptyFolder, SAMPLES } from '../support/fixtures.js';

/** A ZIP of the samples in some folders. */
function zipped(name: string, ...folders: readonly string[]): string {
  const files = cleanSamples().filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)));
  const path = join(emptyFolder(), name);
  writeFileSync(path, encodeZip(files).bytes ?? '');
  return path;
}

describe('the command and ZIPs', () => {
  it('decodes a ZIP as the files in it, and encodes into one: byte for byte what it was', async () => {
    const folder = emptyFolder();
    const [json, out] = [join(folder, 'all.json'), join(folder, 'out.zip')];
    expect(await careplanHere('decode', zipped('in.zip', ...CLEAN), '--out', json)).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(await careplanHere('encode', json, '--out', out)).toEqual({ code: 0, out: '', err: '' });
    const { files, issues } = decodeZip(readFileSync(out));
    expect(issues).toEqual([]);
    expect(new Map(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('latin1')]))).toEqual(
      new Map(cleanSamples().map(({ path, bytes }) => [basename(path), Buffer.from(bytes).toString('latin1')])),
    );
    const first = readFileSync(out);
    expect((await careplanHere('encode', json, '--out', out)).code).toBe(0);
    expect(readFileSync(out)).toEqual(first);
    expect(readdirSync(folder).sort()).toEqual(['all.json', 'out.zip']);
  });

  it('finds ZIPs in folders, and shows the archive before the path of a file', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'below'));
    writeFileSync(join(folder, 'below/受信.ZIP'), readFileSync(zipped('x', 'withdrawals')));
    const { code, out } = await careplanHere('decode', folder);
    expect(code).toBe(0);
    const paths: string[] = JSON.parse(out).files.map(({ path }: { path: string }) => path);
    expect(paths).toHaveLength(5);
    for (const path of paths) expect(path).toMatch(/below\/受信\.ZIP\/withdrawals\/DLT[0-9A-Z]+_.*\.CSV$/);
  });

  it('imports a ZIP, and exports into one', async () => {
    const folder = emptyFolder();
    const [json, out] = [join(folder, 'all.json'), join(folder, 'out.zip')];
    expect(await careplanHere('import', zipped('in.zip', 'slip'), '--out', json)).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect((await careplanHere('export', json, '--out', out)).code).toBe(0);
    const written = decodeZip(readFileSync(out)).files.map(({ path }) => path);
    expect(written.sort()).toEqual(readdirSync(join(SAMPLES, 'slip')).sort());
  });

  it('reconciles ZIPs as it does folders', async () => {
    const plan = zipped('plan.zip', 'slip');
    const actuals = zipped('actuals.zip', 'actuals');
    const folders = ['slip', 'actuals'].map((name) => join(SAMPLES, name));
    expect(await careplanHere('reconcile', plan, actuals, '--lang', 'ja')).toEqual(
      await careplanHere('reconcile', ...folders, '--lang', 'ja'),
    );
  });

  it('writes no ZIP where a record is refused, and leaves the one that is there', async () => {
    const folder = emptyFolder();
    const [json, out] = [join(folder, 'all.json'), join(folder, 'out.zip')];
    await careplanHere('decode', join(SAMPLES, 'withdrawals'), '--out', json);
    const document = JSON.parse(readFileSync(json, 'utf8'));
    document.files[0].records[0].insurerNumber = '1';
    writeFileSync(json, JSON.stringify(document));
    expect((await careplanHere('encode', json, '--out', out)).code).toBe(1);
    expect(existsSync(out)).toBe(false);
    writeFileSync(out, 'old');
    expect((await careplanHere('encode', json, '--out', out)).code).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('old');
  });

  it('tells of a damaged ZIP, reads the rest of it, and exits with 1', async () => {
    const path = zipped('in.zip', 'withdrawals');
    writeFileSync(path, readFileSync(path).subarray(0, -30));
    const { code, out } = await careplanHere('decode', path, '--lang', 'ja');
    const { files, issues } = JSON.parse(out);
    expect(code).toBe(1);
    expect(files).toHaveLength(5);
    expect(issues.map((one: { code: string }) => one.code)).toEqual(['zip.directory']);
    expect(issues[0].message).toContain('in.zip: ZIPの目次が');
  });
});
