import {
  type Address,
  decodeFiles,
  encodeDocuments,
  layoutOf,
  type NamedBytes,
  type Transmission,
} from '../../../src/codec/index.js';
import { type SampleSet, sampleSet } from '../../../src/conformance/index.js';
import { headOf, type PatternId, patternOf, type TestPattern } from '../../../src/conformance/pattern.js';
import { encodeSample } from '../../../src/conformance/samples/encode.js';
import type { Layout } from '../../../src/schema/index.js';
import { type Draft, type DraftRow, filesOf } from '../rule-samples.js';

export const patternNamed = (id: PatternId): TestPattern => {
  const pattern = patternOf(id);
  if (!pattern) throw new Error(`no pattern ${id}`);
  return pattern;
};

const SETS = new Map<PatternId, SampleSet>();
/** The samples of a pattern, made once. */
export function setOf(id: PatternId): SampleSet {
  const set = SETS.get(id) ?? sampleSet(id);
  SETS.set(id, set);
  return set;
}

/** The files of a sample set, all in one folder. The checklist finds what is wrong in them. */
export function filesOfSet({ transmissions }: SampleSet): NamedBytes[] {
  return transmissions.flatMap((sample) => {
    const { ok, files, issues } = encodeDocuments(sample, { rules: 'none' });
    if (!ok) throw new Error(issues.map(({ message }) => message.en).join('\n'));
    return files.map(({ name, bytes }) => ({ path: name, bytes }));
  });
}

const DECODED = new Map<PatternId, readonly Transmission[]>();
function decodedOf(id: PatternId): readonly Transmission[] {
  const found = DECODED.get(id) ?? decodeFiles(setOf(id).transmissions.flatMap(encodeSample)).transmissions;
  DECODED.set(id, found);
  return found;
}

/** The transmissions of a pattern's samples, to be changed before they are written. */
export function draftsOf(id: PatternId): Draft[] {
  return decodedOf(id).map((one) => {
    const month = one.files.map(({ name }) => name.month).find((text) => text !== undefined);
    return {
      from: one.from as Address,
      to: one.to as Address,
      serial: one.serial,
      files: Object.fromEntries(
        one.files.map(({ kind, records }) => [kind, records.map((record) => ({ ...record }) as DraftRow)]),
      ),
      ...(month === undefined ? {} : { month }),
      images: one.images.map(({ name, bytes }) => ({ branch: name.branch ?? '', bytes })),
      written: (file) => file,
    };
  });
}

export const filesOfDrafts = (drafts: readonly Draft[]): NamedBytes[] => drafts.flatMap(filesOf);

/** A row of the drafts, and what it stands in. */
export interface Found {
  readonly draft: Draft;
  readonly rows: DraftRow[];
  readonly row: DraftRow;
  readonly index: number;
  readonly layout: Layout;
}

/** The first row of files of some layout for which something holds. */
export function find(
  drafts: readonly Draft[],
  of: (layout: Layout) => boolean,
  holds: (row: DraftRow, index: number, rows: readonly DraftRow[]) => boolean = () => true,
): Found {
  for (const draft of drafts) {
    for (const [kind, rows] of Object.entries(draft.files)) {
      const layout = layoutOf(kind);
      if (!layout || !of(layout)) continue;
      const index = rows.findIndex((row, i) => holds(row, i, rows));
      const row = rows[index];
      if (row) return { draft, rows, row, index, layout };
    }
  }
  throw new Error('no such row');
}

/** The rows of one document: those with the key of a row. */
export const unitOf = ({ rows, row, layout }: Found): DraftRow[] =>
  rows.filter((other) =>
    layout.unitKey.every((name) => {
      const length = (layout.unitKeyPrefix as Record<string, number> | undefined)?.[name];
      return String(other[name]).slice(0, length) === String(row[name]).slice(0, length);
    }),
  );

export const isHeadOf =
  (id: PatternId) =>
  ({ kind }: Layout): boolean =>
    kind === headOf(patternNamed(id)).kind;
export const isSupplement = ({ accompanies }: Layout): boolean => accompanies !== undefined;
export const withdraws = ({ withdraws }: Layout): boolean => withdraws !== undefined;
