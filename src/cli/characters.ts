import { realpath } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { decodeZip, hasError } from '../index.js';
import { Characters } from './characters-report.js';
import { charactersText } from './characters-text.js';
import { CHARACTERS_WORDS } from './characters-words.js';
import { languageOf, UsageError } from './io.js';
import { isFolder, read, walk, writeAll } from './paths.js';
import { withProgress } from './progress.js';
import { textFile } from './texts-of-file.js';

interface CharactersOptions {
  format?: string;
  lang?: string;
  showValues?: boolean;
  fix?: boolean;
  out?: string;
  inPlace?: boolean;
}

/** A file to read, whether it was named by hand, and its path below what was named. */
interface Input {
  readonly path: string;
  readonly named: boolean;
  readonly inside: string;
}

const MAY_HOLD_TEXTS = /\.(csv|json|zip)$/i;

/**
 * `careplan characters PATH...`: which characters of files cannot be sent, and with `--fix` the same files with those mended
 * that are safe. Returns the exit code: 1 where something is left.
 */
export async function characters(paths: readonly string[], options: CharactersOptions): Promise<number> {
  const language = languageOf(options.lang);
  const { format = 'text', fix = false, inPlace = false, out, showValues = false } = options;
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format must be text or json, not "${format}"`);
  if (fix && (out !== undefined) === inPlace) {
    throw new UsageError('--fix needs one of --out PATH and --in-place: where to write');
  }
  if (!fix && (out !== undefined || inPlace)) throw new UsageError('--out and --in-place are for --fix');

  const found = new Characters({ showValues });
  const inputs: Input[] = [];
  for (const root of paths) {
    for await (const { path, named } of walk([root])) {
      if (!named && !MAY_HOLD_TEXTS.test(path)) found.notRead.push(path);
      else inputs.push({ path, named, inside: named ? basename(path) : relative(root, path) });
    }
  }
  const target = out === undefined ? undefined : await targets(inputs, paths, out);
  const outputs: { path: string; content: string }[] = [];
  for (const { path, named, inside } of withProgress(inputs)) {
    const bytes = await read(path);
    if (/\.zip$/i.test(path)) {
      addZip(found, path, bytes, language);
      continue;
    }
    const file = textFile({ path, bytes });
    if (typeof file === 'string') {
      if (named) throw new UsageError(`${path}: ${CHARACTERS_WORDS[language].faults[file]}`);
      found.fault(path, file);
      continue;
    }
    const { content, fixed } = found.add(path, file, fix);
    if (!fix || !file.writable || (inPlace && fixed === 0)) continue;
    const written = target?.(inside) ?? path;
    outputs.push({ path: written, content: (file.byteOrderMark ? '\ufeff' : '') + content });
    found.written.push({ file: written, fixed });
  }
  await writeAll(outputs);
  const report = found.report();
  const { summary, unreadable } = report;
  const ok = summary.found === summary.fixed && unreadable.length === 0 && summary.files > 0;
  process.stdout.write(
    format === 'json' ? `${JSON.stringify({ ok, ...report }, null, 2)}\n` : charactersText(report, language, fix),
  );
  return ok ? 0 : 1;
}

/** The files of an archive; they are told of and never mended. */
function addZip(found: Characters, path: string, bytes: Uint8Array, language: 'ja' | 'en'): void {
  const { files, issues } = decodeZip(bytes, { name: path });
  for (const one of issues) if (hasError([one])) found.fault(one.file ?? path, one.message[language]);
  for (const inner of files) {
    if (!/\.(csv|json)$/i.test(inner.path)) {
      found.notRead.push(inner.path);
      continue;
    }
    const file = textFile(inner);
    if (typeof file === 'string') found.fault(inner.path, file);
    else found.add(inner.path, file, false);
  }
}

/** Where a file is written: one that was named alone at `out` itself, others below it, and never where they are read. */
async function targets(
  inputs: readonly Input[],
  paths: readonly string[],
  out: string,
): Promise<(inside: string) => string> {
  const isOne = paths.length === 1 && inputs.length === 1 && inputs[0]?.named && !(await isFolder(out));
  const target = (inside: string) => (isOne ? out : join(out, inside));
  const written = inputs.map(({ inside }) => resolve(target(inside)));
  const twice = written.find((path, i) => written.indexOf(path) !== i);
  if (twice !== undefined) throw new UsageError(`two files would be written to ${twice}; give them apart`);
  const sources = new Set(await Promise.all(inputs.map(({ path }) => realpath(path))));
  for (const path of written) {
    const real = await realpath(path).catch(() => path);
    if (sources.has(real)) throw new UsageError(`${path} is one of the files that are read; --in-place writes there`);
  }
  return target;
}
