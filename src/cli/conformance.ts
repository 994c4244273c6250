import {
  type Conformance,
  checkConformanceOf,
  compareDocuments,
  makeSamples,
  patternOf,
  TEST_PATTERNS,
  type TestPattern,
} from '../conformance/index.js';
import { comparisonJson, comparisonText } from './conformance-compare-text.js';
import { expectedDocuments, exportedDocuments } from './conformance-documents.js';
import { conformanceJson, conformanceText } from './conformance-text.js';
import { CONFORMANCE_WORDS } from './conformance-words.js';
import { languageOf, UsageError } from './io.js';
import { collect, writeFolder } from './paths.js';

export interface ConformanceOptions {
  make?: string;
  out?: string;
  compare?: string;
  format?: string;
  lang?: string;
  requireCoverage?: boolean;
  showValues?: boolean;
  ignore?: string[];
}

/**
 * `careplan conformance`: the checklist of a pattern of the vendor test (`D2 PATH...`), sample transmissions of it
 * (`--make D2 --out DIR`), or a comparison (`--compare EXPECTED.json EXPORTED...`). Returns the exit code.
 */
export async function conformance(args: readonly string[], options: ConformanceOptions): Promise<number> {
  const { make, compare, format = 'text' } = options;
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format must be text or json, not "${format}"`);
  if (make !== undefined && compare !== undefined) throw new UsageError('give --make or --compare, not both');
  if (make !== undefined) return makeSet(make, args, options);
  return compare === undefined ? checkSet(args, options) : compareSets(compare, args, options);
}

/** The patterns of an argument: one, or `all`. */
function patternsOf(id: string | undefined): readonly TestPattern[] {
  if (id === 'all') return TEST_PATTERNS;
  const pattern = id === undefined ? undefined : patternOf(id.toUpperCase());
  if (pattern) return [pattern];
  const ids = TEST_PATTERNS.map((one) => one.id).join(', ');
  throw new UsageError(id === undefined ? `give a pattern (${ids}, all)` : `"${id}" is no pattern; give ${ids} or all`);
}

async function checkSet([id, ...paths]: readonly string[], options: ConformanceOptions): Promise<number> {
  const language = languageOf(options.lang);
  const patterns = patternsOf(id);
  if (paths.length === 0) throw new UsageError('give the files, folders or ZIPs that your software wrote');
  if (options.out !== undefined) throw new UsageError('--out is for --make');
  if (options.ignore !== undefined) throw new UsageError('--ignore is for --compare');
  const { showValues = false, requireCoverage = false } = options;
  const results = checkConformanceOf(patterns, await collect(paths), { showValues });
  const isPassed = (one: Conformance) => one.ok && (one.complete || !requireCoverage);
  const passed = results.every(isPassed);
  process.stdout.write(
    options.format === 'json'
      ? conformanceJson(results, language, passed)
      : results.map((one) => conformanceText(one, language, requireCoverage)).join('\n'),
  );
  return passed ? 0 : 1;
}

async function makeSet(
  id: string,
  args: readonly string[],
  { out, lang, ...others }: ConformanceOptions,
): Promise<number> {
  const words = CONFORMANCE_WORDS[languageOf(lang)];
  const patterns = patternsOf(id);
  if (out === undefined) throw new UsageError('--make needs --out DIR');
  if (args.length > 0) throw new UsageError(`--make reads nothing; what is "${args[0]}"?`);
  for (const name of ['requireCoverage', 'showValues', 'ignore', 'format'] as const) {
    if (others[name] !== undefined) throw new UsageError(`--${OPTION[name]} is not for --make`);
  }
  const several = patterns.length > 1;
  const files = patterns.flatMap((pattern) =>
    makeSamples(pattern).map(({ path, content }) => ({ path: several ? `${pattern.id}/${path}` : path, content })),
  );
  await writeFolder(out, files);
  const csv = files.filter(({ path }) => /(^|\/)files\//.test(path)).length;
  process.stderr.write(`${words.made(patterns.map((pattern) => pattern.id).join(', '), csv, out)}\n`);
  return 0;
}

const OPTION = {
  requireCoverage: 'require-coverage',
  showValues: 'show-values',
  ignore: 'ignore',
  format: 'format',
} as const;

async function compareSets(path: string, paths: readonly string[], options: ConformanceOptions): Promise<number> {
  const language = languageOf(options.lang);
  if (paths.length === 0)
    throw new UsageError('give the files, folders or ZIPs to compare with the expected documents');
  if (options.out !== undefined) throw new UsageError('--out is for --make');
  if (options.requireCoverage !== undefined) throw new UsageError('--require-coverage is for checklists');
  const { showValues = false, ignore = [] } = options;
  const expected = await expectedDocuments(path);
  const { documents, issues } = exportedDocuments(await collect(paths));
  const result = compareDocuments(expected, documents, { showValues, ignore });
  const unread = issues.filter(({ severity }) => severity === 'error');
  process.stdout.write(
    options.format === 'json' ? comparisonJson(result, unread, language) : comparisonText(result, unread, language),
  );
  return result.equal && unread.length === 0 ? 0 : 1;
}
