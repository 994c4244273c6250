import { hasError, type Issue } from '../schema/internal.js';
import { Checker, type CheckerOptions } from './check/checker.js';
import { judged } from './check/profile.js';
import { layoutOfFile } from './kinds.js';
import type { NamedBytes } from './named-bytes.js';
import { type DecodeFilesOptions, decodeFiles, type Transmission } from './transmission.js';

export interface CheckFilesOptions extends CheckerOptions, Pick<DecodeFilesOptions, 'charset' | 'zip'> {
  /** Files given by themselves: of a transmission of which only one file is there, none is said to be missing. */
  readonly alone?: boolean;
}

/** A transmission and everything that is wrong with it. */
export interface CheckedTransmission extends Transmission {
  readonly issues: readonly Issue[];
}

/** What `checkFiles` found. */
export interface CheckedFiles {
  /** Whether no issue is an error. */
  readonly ok: boolean;
  /** In the order of their serials. */
  readonly transmissions: readonly CheckedTransmission[];
  /** Paths that are no file of the exchange. */
  readonly unknown: readonly string[];
  /** All issues: of names and archives, of each transmission, and of the transmissions together. */
  readonly issues: readonly Issue[];
}

/**
 * Checks files by every rule of the standard: what each cell, record and file says, what travels together, and what
 * transmissions say of each other.
 *
 * `profile: 'strict'` (default) is for what is to be sent: any departure from the standard is an error. `'tolerant'` is for
 * what has arrived: an error is what cannot be used as it is. Never throws for bad data; a rule whose input is already in
 * error does not run. Issues hold shapes of values, unless `showValues`. docs/rules.md lists the rules.
 */
export function checkFiles(files: Iterable<NamedBytes>, options: CheckFilesOptions = {}): CheckedFiles {
  const checker = new Checker(options);
  const checked = checkWith(checker, files, options);
  const issues = [...checked.issues, ...checker.finish()];
  return { ...checked, issues, ok: !hasError(issues) };
}

/**
 * The same of some files after others, with a checker that has seen those and will see more: `groupFiles` says which
 * travel together. `checker.finish()` then tells what transmissions say of each other; nothing but names, serials and
 * hashes of keys is kept until then.
 */
export function checkWith(
  checker: Checker,
  files: Iterable<NamedBytes>,
  { charset, zip, showValues, alone = false }: CheckFilesOptions = {},
): Omit<CheckedFiles, 'ok'> {
  const decoded = decodeFiles(files, {
    ...(charset === undefined ? {} : { charset }),
    ...(zip === undefined ? {} : { zip }),
    ...(showValues === undefined ? {} : { showValues }),
  });
  const byPath = new Map<string, Issue[]>();
  const ofFiles = new Map(
    decoded.transmissions.flatMap(({ files }) => files.map((file) => [file.path, file] as const)),
  );
  const elsewhere: Issue[] = [];
  const paths = new Set(
    decoded.transmissions.flatMap(({ files, images }) => [...files, ...images].map(({ path }) => path)),
  );
  for (const one of decoded.issues) {
    const file = one.file === undefined ? undefined : ofFiles.get(one.file);
    const found = judged(one, checker.profile, file && layoutOfFile(file));
    if (one.file === undefined || !paths.has(one.file)) elsewhere.push(found);
    else {
      const ofFile = byPath.get(one.file);
      if (ofFile) ofFile.push(found);
      else byPath.set(one.file, [found]);
    }
  }
  const transmissions = decoded.transmissions.map((transmission) => {
    const { files, images } = transmission;
    const read = [...files, ...images].flatMap(({ path }) => byPath.get(path) ?? []);
    const isAlone = alone && files.length + images.length === 1;
    const issues = sorted([...read, ...checker.check(transmission, { alone: isAlone })]);
    return { ...transmission, issues };
  });
  const issues = [...elsewhere, ...transmissions.flatMap((one) => one.issues)];
  return { transmissions, unknown: decoded.unknown, issues };
}

/** By file, row and column; what is of the file as a whole comes first. */
function sorted(issues: Issue[]): Issue[] {
  const order = new Map<string | undefined, number>();
  for (const { file } of issues) if (!order.has(file)) order.set(file, order.size);
  return issues.sort(
    (a, b) =>
      (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) ||
      (a.row ?? 0) - (b.row ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}
