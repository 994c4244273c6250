/** Counts the tests of several runs of vitest, by their JSON reports; the last line is the sum. Run: tsx scripts/count-tests.ts REPORT... */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What is read of a report of vitest. */
export interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * The tests of a run. A file that fails without a failed test (it cannot be loaded, a hook throws) counts as one failure,
 * and so does a run without a report, one that passed no test, and one that failed in another way.
 */
export function countTests(report: Report | undefined): Count {
  const files = report?.testResults ?? [];
  const statuses = files.flatMap(({ status, assertionResults }) => {
    const own = assertionResults.map((test) => test.status);
    return status === 'failed' && !own.includes('failed') ? [...own, 'failed'] : own;
  });
  const passed = statuses.filter((status) => status === 'passed').length;
  const failed = statuses.filter((status) => status === 'failed').length;
  const sound = report?.success === true && passed > 0;
  return { passed, failed: failed === 0 && !sound ? 1 : failed, skipped: statuses.length - passed - failed };
}

export const sum = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
  skipped: counts.reduce((total, { skipped }) => total + skipped, 0),
});

const line = ({ passed, failed, skipped }: Count) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

function read(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const runs = process.argv.slice(2).map((path) => ({ name: basename(path, '.json'), count: countTests(read(path)) }));
  for (const { name, count } of runs) console.log(`${name}: ${line(count)}`);
  const total = sum(runs.map(({ count }) => count));
  console.log(line(total));
  if (total.failed > 0 || runs.length === 0) process.exitCode = 1;
}
