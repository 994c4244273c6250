import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { careplan } from '../support/command.js';
import { careplanHere } from '../support/command-here.js';
import { emptyFolder, SAMPLES } from '../support/fixtures.js';

const SLIPS = join(SAMPLES, 'slip');
const names = (folder: string) => readdirSync(folder).sort();
/** Two folders: what the first one handed over lies where the second takes in. */
async function carried(...options: string[]) {
  const [a, b] = [emptyFolder(), emptyFolder()];
  const sent = await careplanHere('send', SLIPS, '--via', `folder:${a}`, '--lang', 'en', ...options);
  renameSync(join(a, 'out'), join(b, 'in'));
  return { a, b, sent };
}
const receive = (folder: string, out: string, ...options: string[]) =>
  careplanHere('receive', '--via', `folder:${folder}`, '--out', out, '--stable', '0', '--lang', 'en', ...options);

describe('careplan send and receive', () => {
  it.each([
    ['loose', []],
    ['in ZIPs', ['--zip']],
  ])('bring every file of five slips to the other side, byte for byte: %s', async (_, options) => {
    const { b, sent } = await carried(...options);
    expect([sent.code, sent.out.trim()]).toEqual([0, expect.stringContaining('5 transmissions are in')]);
    const out = join(emptyFolder(), 'new', 'out');
    const { code, err } = await receive(b, out);
    expect([code, err.split('\n').filter((line) => line.startsWith('serial ')).length]).toEqual([0, 5]);
    expect(names(out)).toEqual(names(SLIPS));
    for (const name of names(out)) expect(readFileSync(join(out, name))).toEqual(readFileSync(join(SLIPS, name)));
    expect(names(join(b, 'in'))).toEqual([]);
    expect(names(join(b, 'done'))).toHaveLength(options.length === 0 ? 15 : 5);
  });

  it('show how far they are: one line for each transmission where there is no terminal', async () => {
    const { sent } = await carried();
    const [made, ...labels] = sent.err.trim().split('\n');
    expect(made).toMatch(/^keys made: .*keys\.json \(without a passphrase/);
    expect(labels).toEqual(
      [1, 2, 3, 4, 5].map((n) => expect.stringMatching(new RegExp(`^transmission ${n} of 5 \\(serial [0-9]{14}\\)$`))),
    );
    expect(sent.err).not.toContain('\r');
  });

  it('tell what they do before they wait: receive looks at the folder', async () => {
    const { b } = await carried();
    const { err } = await receive(b, emptyFolder());
    const [first, ...others] = err.trim().split('\n');
    expect(first).toBe(`looking at ${join(b, 'in')}: files must look the same for 0 seconds`);
    expect(others).toHaveLength(5);
    const nothing = await receive(emptyFolder(), emptyFolder(), '--lang', 'ja');
    expect(nothing.err).toMatch(/^.*を見ています（0秒のあいだ変化がないか確かめます）\n$/);
  });

  it('speak Japanese', () => {
    const folder = emptyFolder();
    const sent = careplan('send', SLIPS, '--via', `folder:${folder}`, '--lang', 'ja');
    expect(sent.out).toContain('5件の送信単位を');
    expect(sent.err).toContain('送信単位 1/5（連番 20251125200701）');
  });

  it('send the same files twice as one message, and tell of a serial that others have', async () => {
    const folder = emptyFolder();
    for (let n = 0; n < 2; n++) expect((await careplanHere('send', SLIPS, '--via', `folder:${folder}`)).code).toBe(0);
    expect(names(join(folder, 'out'))).toHaveLength(15);
    const changed = emptyFolder();
    cpSync(join(SAMPLES, 'withdrawals'), changed, { recursive: true });
    expect((await careplanHere('send', changed, '--via', `folder:${folder}`)).code).toBe(0);
    const [first = ''] = names(changed);
    writeFileSync(
      join(changed, first),
      readFileSync(join(changed, first), 'latin1').replace(/0001267459/, '0001267467'),
    );
    const { code, err } = await careplanHere('send', join(changed, first), '--via', `folder:${folder}`, '--lang', 'en');
    expect([code, err]).toEqual([1, expect.stringContaining('error serial.conflict (rejected)')]);
  });

  it('send nothing where one file has an error, and say which', async () => {
    const [folder, bad] = [emptyFolder(), emptyFolder()];
    cpSync(SLIPS, bad, { recursive: true });
    const [first = ''] = names(bad);
    writeFileSync(join(bad, first), '202407,1\r\n');
    const { code, err } = await careplanHere('send', bad, '--via', `folder:${folder}`, '--lang', 'en');
    expect(code).toBe(1);
    expect(err).toContain(first);
    expect(names(folder)).toEqual([]);
  });

  it('send nothing where one file of a transmission is missing, and what there is only on purpose', async () => {
    const [folder, half] = [emptyFolder(), emptyFolder()];
    cpSync(SLIPS, half, { recursive: true });
    const missing = names(half).find((name) => name.startsWith('UPHOSOKU')) ?? '';
    rmSync(join(half, missing));
    const plain = await careplanHere('send', half, '--via', `folder:${folder}`, '--lang', 'en');
    expect([plain.code, names(folder)]).toEqual([1, []]);
    expect(plain.err).toMatch(/^error transmission\.incomplete .*UPHOSOKU[\s\S]*--incomplete/m);
    const forced = await careplanHere('send', half, '--via', `folder:${folder}`, '--lang', 'en', '--incomplete');
    expect([forced.code, names(join(folder, 'out')).length]).toEqual([0, 14]);
    expect(forced.err).toContain('info transmission.incomplete');
  });

  it('send the files of a ZIP', async () => {
    const [folder, made] = [emptyFolder(), emptyFolder()];
    await careplanHere('send', SLIPS, '--via', `folder:${made}`, '--zip');
    const { code } = await careplanHere('send', join(made, 'out'), '--via', `folder:${folder}`);
    expect([code, names(join(folder, 'out'))]).toEqual([0, names(SLIPS)]);
  });

  it('receive whole transmissions only, say what they left, and name it only when asked', async () => {
    const { b } = await carried();
    const [first = ''] = names(join(b, 'in'));
    renameSync(join(b, 'in', first), join(b, first));
    writeFileSync(join(b, 'in', '山田花子.CSV'), 'x');
    const out = emptyFolder();
    const plain = await receive(b, out);
    expect([plain.code, names(out).length, names(join(b, 'in')).length]).toEqual([0, 12, 3]);
    expect(plain.err).toContain('2 files were left: other files of the same transmission are missing');
    expect(plain.err).not.toContain('山田');
    expect((await receive(b, out, '--show-names')).err).toContain('"山田花子.CSV"');
    expect((await receive(b, out, '--take-incomplete')).code).toBe(0);
    expect(names(out)).toHaveLength(14);
  });

  it('receive nothing over a file with other content: it and the transmission stay', async () => {
    const { b } = await carried();
    const out = emptyFolder();
    const [first = ''] = names(SLIPS);
    writeFileSync(join(out, first), 'mine');
    const { code, err } = await receive(b, out);
    expect([code, names(join(b, 'in')).length, readFileSync(join(out, first), 'utf8')]).toEqual([1, 3, 'mine']);
    expect(err).toContain(`${first} is there already`);
  });

  it('receive nothing, and say so, where nothing is', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'in'));
    const { code, out } = await receive(folder, join(folder, 'out2'));
    expect([code, out]).toEqual([0, expect.stringContaining('0 transmissions written')]);
  });

  it.each([
    ['send without --via', ['send', SLIPS]],
    ['an unknown road', ['send', SLIPS, '--via', 'pigeon:x']],
    ['receive without --out', ['receive', '--via', 'folder:x']],
    ['a time that is no number', ['receive', '--via', 'folder:x', '--out', 'y', '--stable', 'soon']],
  ])('%s is wrong use: exit code 2', async (_, args) => {
    const { code, err } = await careplanHere(...args);
    expect(code).toBe(2);
    expect(err).not.toMatch(/^\s+at /m);
  });
});
