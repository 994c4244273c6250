import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decodeDocuments, decodeFiles, hasError } from '../src/index.js';
import { emptyFolder, FIXTURES, SAMPLES } from './support/fixtures.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function example(name: string, ...args: string[]) {
  return exampleIn({}, name, ...args);
}

function exampleIn(env: NodeJS.ProcessEnv, name: string, ...args: string[]) {
  const command = ['--import', 'tsx', join(ROOT, 'examples', name), ...args];
  const options = { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...env } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, options);
  return { status, stdout, stderr };
}

describe('the examples run', () => {
  test('month-end.ts: a month for five offices, their actuals, and the three differences that were made', () => {
    const { status, stdout, stderr } = example('month-end.ts');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toBe(readFileSync(join(FIXTURES, 'examples/month-end.txt'), 'utf8'));
  });

  test('export-care-plan.ts: one care plan for the three offices that serve the person', () => {
    const folder = emptyFolder();
    expect(example('export-care-plan.ts', folder)).toMatchObject({ status: 0, stderr: '' });
    const names = readdirSync(folder);
    expect(names).toHaveLength(12);
    const inputs = names.map((name) => ({ path: name, bytes: readFileSync(join(folder, name)) }));
    const { transmissions, issues } = decodeFiles(inputs);
    expect(hasError(issues)).toBe(false);
    const plans = transmissions.map((one) => decodeDocuments(one).documents.carePlans);
    expect(plans.map((list) => list?.length)).toEqual([1, 1, 1]);
    expect(plans[0]?.[0]?.sheet2?.needs[0]?.longTermGoals[0]?.shortTermGoals).toHaveLength(2);
  });

  test('import-folder.ts: what received files change, and what is known then', () => {
    const { status, stdout } = example('import-folder.ts', join(SAMPLES, 'slip'));
    expect(status).toBe(0);
    expect(stdout).toContain('20251125200701  added usageSlip: UPPLAN UPSIKYU\n');
    expect(stdout.trim().endsWith('usageSlips: 6')).toBe(true);
    expect(example('import-folder.ts').status).not.toBe(0);
  });

  test('demo.ts: the samples byte for byte, then the month, then the same month through a relay', () => {
    const temporary = emptyFolder();
    const { status, stdout, stderr } = exampleIn({ TMPDIR: temporary }, 'demo.ts');
    expect([status, stderr]).toEqual([0, '']);
    const said = [
      '51 of 51 files were written again with the same name and the same bytes.\n',
      '\n4 people, 3 differences between what was planned and what was delivered.\n',
      readFileSync(join(FIXTURES, 'examples/relay.txt'), 'utf8'),
    ];
    for (const text of said) expect(stdout).toContain(text);
    expect(stdout.endsWith('\n4 people, 3 differences: the same.\n')).toBe(true);
    // Databases, journals and keys are taken away.
    expect(readdirSync(temporary).filter((name) => name.startsWith('careplan-'))).toEqual([]);
  });
});
