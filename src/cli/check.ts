import { Checker, checkWith, type Issue, type Profile } from '../index.js';
import { type Batch, batchesOf } from './check-batches.js';
import { explain } from './check-explain.js';
import { GithubLines } from './check-github.js';
import { CheckJson } from './check-json.js';
import { type CheckReport, Reporter } from './check-report.js';
import { Sarif } from './check-sarif.js';
import { checkText } from './check-text.js';
import type { CheckedUnit } from './check-unit.js';
import { type Language, languageOf, UsageError } from './io.js';
import { Lines } from './lines.js';
import { read } from './paths.js';
import { withProgress } from './progress.js';

interface CheckOptions {
  profile?: string;
  lang?: string;
  format?: string;
  hints?: boolean;
  showValues?: boolean;
  explain?: string;
}

/** How a report is printed: of some, every issue is kept; the text keeps counts and first places. */
interface Output {
  add(one: Issue, line: number | undefined, unit: CheckedUnit | undefined): void;
  text(report: CheckReport): Iterable<string>;
}

const FORMATS: Readonly<Record<string, (language: Language) => Output>> = {
  text: (language) => ({ add: () => {}, text: (report) => checkText(report, language) }),
  json: (language) => new CheckJson(language),
  sarif: (language) => new Sarif(language),
  github: (language) => new GithubLines(language),
};

/** How much is written at a time, in characters. */
const BLOCK = 1 << 16;

const PROFILES: readonly string[] = ['strict', 'tolerant'] satisfies Profile[];

/**
 * `careplan check PATH...`: files, folders and ZIPs by every rule of the standard. One transmission is read after another,
 * so that any number takes little memory. Returns the exit code.
 */
export async function check(paths: readonly string[], options: CheckOptions): Promise<number> {
  const language = languageOf(options.lang);
  const { profile = 'strict', format = 'text', hints = false, showValues = false } = options;
  const make = FORMATS[format];
  if (!make) throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}, not "${format}"`);
  if (!PROFILES.includes(profile)) throw new UsageError(`--profile must be strict or tolerant, not "${profile}"`);
  if (options.explain !== undefined) {
    process.stdout.write(explain(options.explain, language));
    return 0;
  }
  if (paths.length === 0) throw new UsageError('give files, folders or ZIPs to check, or --explain CODE');

  const output = make(language);
  const notOurs: string[] = [];
  const batches: (Batch | undefined)[] = await batchesOf(paths, (path) => notOurs.push(path));
  const checker = new Checker({ profile: profile as Profile, hints, showValues });
  const reporter = new Reporter(
    profile as Profile,
    language,
    (one, line, unit) => output.add(one, line, unit),
    notOurs,
  );
  for (const i of withProgress([...batches.keys()])) {
    const { paths, alone } = batches[i] as Batch;
    // What was checked is let go: there may be thousands.
    batches[i] = undefined;
    const files = [];
    for (const path of paths) files.push({ path, bytes: await read(path) });
    reporter.add(checkWith(checker, files, { showValues, alone }), alone, new Lines(files));
  }
  reporter.finish(checker.finish());
  const report = reporter.report();
  let text = '';
  for (const part of output.text(report)) {
    text += part;
    if (text.length < BLOCK) continue;
    process.stdout.write(text);
    text = '';
  }
  process.stdout.write(text);
  return report.ok ? 0 : 1;
}
