import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countTests, type Report } from '../../scripts/count-tests.js';
import { emptyFolder } from '../support/fixtures.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/count-tests.ts', import.meta.url));

/** A report with one file of tests; the file failed where one of them did, unless it is told otherwise. */
const report = (tests: readonly string[], file = tests.includes('failed') ? 'failed' : 'passed'): Report => ({
  success: file === 'passed',
  testResults: [{ status: file, assertionResults: tests.map((status) => ({ status })) }],
});

describe('the tests of a run', () => {
  it('are counted as they ended; what neither passed nor failed was skipped', () => {
    const tests = ['passed', 'failed', 'skipped', 'passed', 'pending', 'todo', 'failed'];
    expect(countTests(report(tests))).toEqual({ passed: 2, failed: 2, skipped: 3 });
    expect(countTests(report(['passed', 'skipped']))).toEqual({ passed: 1, failed: 0, skipped: 1 });
  });

  it('have one failure more where a file fails without a failed test', () => {
    expect(countTests(report(['passed'], 'failed'))).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(countTests(report([], 'failed'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('have a failure where there is no report, no test that passed, or no success', () => {
    expect(countTests(undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countTests(report([]))).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countTests(report(['skipped']))).toEqual({ passed: 0, failed: 1, skipped: 1 });
    expect(countTests({ ...report(['passed']), success: false })).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });
});

describe('the last line', () => {
  /** Runs the script on reports; what is no report is a file that is not there. */
  function count(reports: Readonly<Record<string, Report | undefined>>) {
    const folder = emptyFolder();
    const paths = Object.entries(reports).map(([name, content]) => {
      if (content) writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
      return join(folder, `${name}.json`);
    });
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', SCRIPT, ...paths], { encoding: 'utf8' });
    return { status, lines: stdout.trim().split('\n') };
  }

  it('is the sum of all runs', () => {
    expect(count({ node20: report(['passed', 'passed', 'skipped']), node22: report(['passed']) })).toEqual({
      status: 0,
      lines: [
        'node20: 2 passed, 0 failed, 1 skipped',
        'node22: 1 passed, 0 failed, 0 skipped',
        '3 passed, 0 failed, 1 skipped',
      ],
    });
  });

  it('comes with exit code 1 where one run failed or is missing', () => {
    expect(count({ node20: report(['passed']), node22: report(['passed', 'failed']) })).toMatchObject({ status: 1 });
    const { status, lines } = count({ node20: report(['passed']), node22: undefined });
    expect({ status, last: lines.at(-1) }).toEqual({ status: 1, last: '1 passed, 1 failed, 0 skipped' });
  });
});
