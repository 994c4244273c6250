import { Checker } from '../../src/codec/check/checker.js';
import { type CheckedFiles, type CheckFilesOptions, checkFiles, checkWith } from '../../src/codec/check.js';
import {
  type Address,
  decodeFiles,
  encodeFile,
  type FileName,
  formatFileName,
  layoutOf,
  type NamedBytes,
} from '../../src/codec/index.js';
import { type FileKind, type Issue, V4_1 } from '../../src/schema/index.js';
import type { RuleCode } from '../../src/schema/messages/rules/words.js';
import { cleanSamples } from './fixtures.js';

/** A row whose columns may be changed at will. */
export type DraftRow = Record<string, string | number | undefined>;

/** A transmission that may be changed at will before it is written. */
export interface Draft {
  from: Address;
  to: Address;
  serial: string;
  /** The rows by kind of file. */
  files: Record<string, DraftRow[]>;
  /** The month in the names of files that have one. */
  month?: string;
  images: { branch: string; bytes: Uint8Array }[];
  /** What becomes of the written files: their names, their bytes. */
  written: (file: NamedBytes) => NamedBytes | undefined;
}

/** Samples of transmissions, by the beginning of the names of their files: each of one sender, receiver and serial. */
const BASES = {
  plan: /^care-plan\/.*_0370200210_17_/,
  slip: /^slip\/.*_0370200210_17_/,
  actuals: /^actuals\/UPJSK_202511_0370200210_17_/,
  preventive: /^preventive\//,
  withdrawnPlan: /^withdrawals\/DLT1KYO_/,
  withdrawnSlip: /^withdrawals\/DLTPLAN_/,
  withdrawnActuals: /^withdrawals\/DLTJSK_/,
} as const;
export type Base = keyof typeof BASES;

/** The day on which vectors are checked. */
export const TODAY = '2025-12-10';

/** A sample transmission to change: of every file the rows of the first persons in it only, two at most. */
export function draftOf(base: Base): Draft {
  const files = cleanSamples().filter(({ path }) => BASES[base].test(path.replaceAll('\\', '/')));
  const [transmission] = decodeFiles(files).transmissions;
  if (!transmission) throw new Error(`no sample of ${base}`);
  const { from, to, serial, images } = transmission;
  const insured = new Set<unknown>();
  const rows = transmission.files.map(({ kind, records }) => {
    for (const { insuredPersonNumber } of records) if (insured.size < 2) insured.add(insuredPersonNumber);
    const own = records.filter(({ insuredPersonNumber }) => insured.has(insuredPersonNumber));
    return [kind, own.map((record) => ({ ...record }) as DraftRow)] as const;
  });
  const month = transmission.files[0]?.name.month;
  return {
    from: from as Address,
    to: to as Address,
    serial,
    files: Object.fromEntries(rows),
    ...(month === undefined ? {} : { month }),
    images: images.map(({ name, bytes }) => ({ branch: name.branch ?? '', bytes })),
    written: (file) => file,
  };
}

/** The files of a changed transmission. What a cell cannot hold is an error of the vector. */
export function filesOf(draft: Draft): NamedBytes[] {
  const { from, to, serial, month, files, images } = draft;
  const nameOf = (parts: Pick<FileName, 'kind' | 'branch' | 'month'>) => formatFileName({ from, to, serial, ...parts });
  const csv = Object.entries(files).flatMap(([kind, rows]): NamedBytes[] => {
    if (rows.length === 0) return [];
    const layout = layoutOf(kind as FileKind);
    const records = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)),
    );
    const encoded = encodeFile(layout.kind, records as unknown as never[]);
    if (!encoded.ok) throw new Error(encoded.issues.map(({ message }) => message.en).join('\n'));
    const inName = layout.monthInName ? { month: month ?? '' } : {};
    return [{ path: nameOf({ kind: layout.kind, ...inName }), bytes: encoded.bytes }];
  });
  const [image] = V4_1.images;
  const jpegs = images.map(({ branch, bytes }) => ({ path: nameOf({ kind: image.kind, branch }), bytes }));
  return [...csv, ...jpegs].flatMap((file) => draft.written(file) ?? []);
}

/** `apart`: one transmission after another; `joined`: as the files of one transmission, whatever their names say. */
export type Given = 'apart' | 'joined';

/** A way to break exactly one rule, and one to come near it that breaks none. */
export interface RuleVector {
  readonly code: RuleCode;
  /** What is changed. */
  readonly bases: readonly Base[];
  /** How it is given to the checker; as files of one folder where absent. */
  readonly given?: Given;
  /** Breaks the rule and no other. */
  break(...drafts: Draft[]): void;
  /** Where that is told: the kind of the file, the number of the row, the name of the column. */
  readonly at: { readonly kind?: FileKind | 'UPKIHON_IMAGE'; readonly row?: number; readonly field?: string };
  /** What looks alike and is right. */
  keep(...drafts: Draft[]): void;
}

/** What is said of vectors: strictly, with hints, on one day. */
export function checkDrafts(
  drafts: readonly Draft[],
  { given, ...options }: CheckFilesOptions & { given?: Given | undefined } = {},
): Pick<CheckedFiles, 'issues'> {
  const all = { today: TODAY, hints: false, ...options };
  if (given === undefined) return checkFiles(drafts.flatMap(filesOf), all);
  const checker = new Checker(all);
  const issues: Issue[] = [];
  if (given === 'apart') {
    for (const draft of drafts) issues.push(...checkWith(checker, filesOf(draft), all).issues);
  } else {
    const { transmissions, issues: found } = decodeFiles(drafts.flatMap(filesOf));
    const [first] = transmissions;
    if (!first) throw new Error('no transmission');
    const files = transmissions.flatMap((one) => one.files);
    const images = transmissions.flatMap((one) => one.images);
    issues.push(...found, ...checker.check({ ...first, files, images }));
  }
  return { issues: [...issues, ...checker.finish()] };
}

/** The first row of a kind of file. */
export function rowOf(draft: Draft, kind: FileKind, index = 0): DraftRow {
  const row = draft.files[kind]?.[index];
  if (!row) throw new Error(`no row ${index} in ${kind}`);
  return row;
}
