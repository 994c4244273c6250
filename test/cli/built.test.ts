import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { careplan, MAIN } from '../support/command.js';
import { careplanHere } from '../support/command-here.js';
import { CLEAN, cleanSamples, emptyFolder, SAMPLES } from '../support/fixtures.js';

const sample = (folder: string) => join(SAMPLES, folder);

describe('the built command', () => {
  it.each([
    [0, ['layouts', 'DLTJSK']],
    [0, ['decode', sample('withdrawals')]],
    [0, ['inspect', sample('preventive'), '--lang', 'ja']],
    [1, ['inspect', sample('dirty'), '--json', '--lang', 'en']],
    [1, ['check', sample('dirty'), '--lang', 'ja']],
    [0, ['check', '--explain', 'record.times', '--lang', 'en']],
    [1, ['characters', sample('dirty'), '--lang', 'en']],
    [0, ['conformance', 'D2', sample('slip'), '--lang', 'en']],
    [1, ['reconcile', sample('slip'), sample('actuals'), '--lang', 'ja']],
    [0, ['import', sample('slip'), '--lang', 'ja']],
    [0, ['outbox', 'list', '--lang', 'en']],
    [2, ['decode', '/nowhere/at/all']],
    [1, ['keys', 'show', '--lang', 'en']],
    [2, ['frobnicate']],
    [2, []],
    [0, ['--help']],
  ])('ends with %i and says what it says within a process: %j', async (code, args) => {
    const told = careplan(...args);
    expect(told).toEqual(await careplanHere(...args));
    expect([told.code, told.out + told.err]).toEqual([code, expect.stringMatching(/\S/)]);
  });

  it.each([
    ['decode', 'encode'],
    ['import', 'export'],
  ])('writes by %s and %s what it read', (read, write) => {
    const [json, out] = [join(emptyFolder(), 'all.json'), join(emptyFolder(), 'out')];
    expect(careplan(read, ...CLEAN.map(sample), '--out', json)).toEqual({ code: 0, out: '', err: '' });
    expect(careplan(write, json, '--out', out).code).toBe(0);
    const bytes = (content: Uint8Array) => Buffer.from(content).toString('latin1');
    expect(readdirSync(out).map((name) => [name, bytes(readFileSync(join(out, name)))])).toEqual(
      cleanSamples()
        .map(({ path, bytes: content }) => [basename(path), bytes(content)])
        .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    );
  });

  it.each([
    ['careplan', 'dist/cli/main.js', 'package.json'],
    ['careplan-relay', 'relay/dist/main.js', 'relay/package.json'],
  ])('%s says the version of its package', (_, command, manifest) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, '--version'], { encoding: 'utf8' });
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    expect([status, stdout, stderr]).toEqual([0, `${version}\n`, '']);
  });

  it('ends where its reader has seen enough', () => {
    const line = `"${process.execPath}" "${MAIN}" decode "${sample('slip')}" | head -c 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['{0\n', '']);
  });
});
