import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shortId } from '../../src/cli/account.js';
import { exportKeys, generateOfficeKeys, importKeys, staticDirectory } from '../../src/transport/envelope/index.js';
import { fileJournalStore, journalSeal } from '../../src/transport/outbox/index.js';
import { careplanHome } from '../support/command.js';
import { careplanHere } from '../support/command-here.js';
import { emptyFolder, SAMPLES } from '../support/fixtures.js';

const keysFile = () => join(careplanHome(), 'keys.json');
const keys = (...args: string[]) => careplanHere('keys', ...args, '--lang', 'en');
const modeOf = (path: string) => statSync(path).mode & 0o777;
const DAY = 86_400_000;

/** A file with a passphrase in its first line. */
function passphrase(text: string): string[] {
  const path = join(emptyFolder(), 'passphrase');
  writeFileSync(path, `${text}\r\nand a note\n`);
  return ['--passphrase-file', path];
}

describe('careplan keys new', () => {
  it('makes a file for its owner alone, and names the keys, not their private halves', async () => {
    const { code, out, err } = await keys('new');
    expect([code, err]).toEqual([0, '']);
    const made = await importKeys(readFileSync(keysFile(), 'utf8'));
    for (const { kid } of made.publicKeys) expect(out).toContain(kid);
    for (const { d } of JSON.parse(readFileSync(keysFile(), 'utf8')).keys) expect(out).not.toContain(d);
    expect(readdirSync(careplanHome())).toEqual(['keys.json']);
  });

  it.skipIf(platform() === 'win32')('gives file and folder to nobody else (Windows has no such modes)', async () => {
    const home = join(careplanHome(), 'new', 'home');
    await keys('new', '--home', home);
    expect([modeOf(home), modeOf(join(home, 'keys.json'))]).toEqual([0o700, 0o600]);
    chmodSync(join(home, 'keys.json'), 0o644);
    const { code, err } = await keys('show', '--home', home);
    expect([code, err]).toEqual([0, expect.stringContaining('can be read by others of this machine')]);
  });

  it('replaces no file that is there', async () => {
    await keys('new');
    const before = readFileSync(keysFile(), 'utf8');
    const again = await keys('new');
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('is there already and stays as it is')]);
    expect(readFileSync(keysFile(), 'utf8')).toBe(before);
    expect(readdirSync(careplanHome())).toEqual(['keys.json']);
  });

  it('locks them with a passphrase, without which they are not opened', async () => {
    const right = passphrase('雨ニモマケズ');
    expect((await keys('new', ...right)).code).toBe(0);
    expect(readFileSync(keysFile(), 'utf8').split('.')).toHaveLength(5);
    const without = await keys('show');
    expect([without.code, without.err]).toEqual([1, expect.stringContaining('give --passphrase-file')]);
    const wrong = await keys('show', ...passphrase('風ニモマケズ'));
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('another passphrase')]);
    expect((await keys('show', ...right)).code).toBe(0);
  });

  it('takes an empty passphrase for a mistake', async () => {
    const { code, err } = await keys('new', ...passphrase(''));
    expect([code, err]).toEqual([2, expect.stringContaining('holds no passphrase')]);
    expect(existsSync(keysFile())).toBe(false);
  });
});

describe('careplan keys show', () => {
  it('prints what a directory takes, and nothing private', async () => {
    await keys('new');
    const { out } = await keys('show', '--json');
    const shown = JSON.parse(out);
    const address = { officeNumber: '0370100105', serviceType: '43' };
    const directory = staticDirectory([{ address, issuedAt: 0, ...shown }]);
    expect((await directory.find(address))?.keys).toEqual(shown.keys);
    expect(out).not.toContain('"d"');
  });

  it.each([
    [200, '', ''],
    [80, 'ends in 80 days', 'careplan keys rotate'],
    [30, 'ends in 30 days: renew it soon', 'careplan keys rotate'],
    [7, 'ends in 7 days: renew it now', 'careplan keys rotate'],
    [-1, 'expired', 'careplan keys rotate'],
  ])('says of keys with %i days left: %s', async (days, about, advice) => {
    const now = Date.now() + days * DAY - 365 * DAY;
    writeFileSync(keysFile(), await exportKeys(await generateOfficeKeys({ now })), { mode: 0o600 });
    const { code, out, err } = await keys('show');
    const [, ...lines] = out.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line.endsWith(about === '' ? line.slice(-10) : `  ${about}`)).toBe(true);
    expect(out.includes('ends in')).toBe(about.includes('ends in'));
    expect(err).toContain(advice);
  });

  it.each([
    ['keys that are not there', undefined, 'careplan keys new'],
    ['a file that holds none', '{"keys":[]}', 'no file of keys'],
  ])('fails for %s', async (_, text, said) => {
    if (text !== undefined) writeFileSync(keysFile(), text, { mode: 0o600 });
    const { code, err } = await keys('show');
    expect([code, err]).toEqual([1, expect.stringContaining(said)]);
  });
});

describe('careplan keys rotate', () => {
  it('renews the keys, keeps what opens older messages, and wraps the journals for the new ones', async () => {
    const folder = emptyFolder();
    expect((await careplanHere('send', join(SAMPLES, 'slip'), '--via', `folder:${folder}`)).code).toBe(0);
    const old = await importKeys(readFileSync(keysFile(), 'utf8'));
    const { code, out, err } = await keys('rotate');
    expect([code, err]).toEqual([0, '']);
    const text = readFileSync(keysFile(), 'utf8');
    const now = await importKeys(text);
    for (const { kid } of [...old.publicKeys, ...now.publicKeys]) expect(out).toContain(kid);
    expect(out).toContain('1 journal is wrapped for the new keys');
    expect(now.signer.kid).not.toBe(old.signer.kid);
    expect(now.decrypter.kids).toEqual([expect.any(String), ...old.decrypter.kids]);
    expect(readdirSync(careplanHome()).sort()).toEqual(['keys.json', 'roads']);

    // The new key alone opens the journal: the old one could be destroyed.
    const fresh = JSON.parse(text).keys.filter(({ kid }: { kid: string }) =>
      old.publicKeys.every((key) => key.kid !== kid),
    );
    const [road = ''] = readdirSync(join(careplanHome(), 'roads'));
    const path = join(careplanHome(), 'roads', road, 'journal');
    const store = await fileJournalStore({
      path,
      seal: journalSeal(await importKeys(JSON.stringify({ keys: fresh }))),
    });
    expect(await store.transact((tx) => tx.keys('out/message/'))).toHaveLength(5);
    await store.close();
  });

  it('keeps the passphrase', async () => {
    const right = passphrase('雨ニモマケズ');
    await keys('new', ...right);
    expect((await keys('rotate', ...right)).code).toBe(0);
    expect((await keys('show')).code).toBe(1);
    const { out } = await keys('show', ...right);
    expect(out.trim().split('\n')).toHaveLength(5);
    expect(out).toContain('retired: kept for what it signed');
  });

  it('makes no keys where there are none', async () => {
    expect((await keys('rotate')).code).toBe(1);
    expect(readdirSync(careplanHome())).toEqual([]);
  });
});

describe('a short id', () => {
  it('is as long as it must be to name one message', () => {
    const id = '0123456789ab';
    expect(shortId(id, [id])).toBe('01234567');
    expect(shortId(id, [id, '012345678900', 'ffffffffffff'])).toBe('0123456789a');
  });
});
