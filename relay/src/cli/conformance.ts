import type { KnownOffice } from '../conformance/client.js';
import { proveRelay } from '../conformance/conformance.js';
import { readText } from './files.js';
import { languageOf, UsageError, WORDS } from './words.js';

export interface ConformanceOptions {
  readonly baseUrl: string;
  readonly offices: string;
  readonly json?: boolean;
  readonly lang?: string;
}

/** Proves a relay from outside and prints the report. Resolves with the exit code. */
export async function conformance(options: ConformanceOptions): Promise<number> {
  const words = WORDS[languageOf(options.lang)];
  const text = await readText(options.offices, words);
  const report = await proveRelay(originOf(options.baseUrl, words.baseUrl), twoOffices(text, words.noOffices));
  if (options.json) {
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return report.ok ? 0 : 1;
  }
  for (const { ok, name, section, found } of report.cases) {
    process.stdout.write(
      `${ok ? 'ok  ' : 'FAIL'} ${name} (${section})\n${found === undefined ? '' : `     ${found}\n`}`,
    );
  }
  process.stdout.write(`${words.proved(report.passed, report.failed)}\n`);
  return report.ok ? 0 : 1;
}

function originOf(text: string, otherwise: string): string {
  try {
    return new URL(text).origin;
  } catch {
    throw new UsageError(otherwise);
  }
}

function twoOffices(text: string, otherwise: string): [KnownOffice, KnownOffice] {
  try {
    const { offices } = JSON.parse(text) as { offices: KnownOffice[] };
    const [a, b] = offices;
    if (typeof a?.signingKey.kid === 'string' && typeof b?.signingKey.kid === 'string') return [a, b];
  } catch {
    // Told below.
  }
  throw new UsageError(otherwise);
}
