import { PATTERN_IDS, type PatternId, TEST_PATTERNS, type TestPattern } from '../schema/editions/v4-1/patterns.js';
import { type FileKind, type Layout, missingFiles, serviceTypeIn, serviceTypeOf, V4_1 } from '../schema/internal.js';

export { PATTERN_IDS, type PatternId, TEST_PATTERNS, type TestPattern };

/** The pattern of an id, `D2`; undefined where there is none. */
export const patternOf = (id: string): TestPattern | undefined => TEST_PATTERNS.find((one) => one.id === id);

/** What a file of a pattern is to it. */
export interface PatternFile {
  readonly kind: string;
  readonly ja: string;
  /** `list`: one that nobody may have rows of, so that there is no file. */
  readonly role: 'head' | 'part' | 'list' | 'withdrawal' | 'image';
}

/** The files of a pattern, from the tables: the head, what goes with it, what withdraws it, and its images. */
export function patternFiles({ head }: TestPattern): PatternFile[] {
  const layouts: readonly Layout[] = V4_1.layouts;
  const parts = new Set(missingFiles([head]).map(({ kind }) => kind));
  const files = layouts.flatMap(({ kind, ja, withdraws, mayBeEmpty }): PatternFile[] => {
    if (kind === head) return [{ kind, ja, role: 'head' }];
    if (parts.has(kind)) return [{ kind, ja, role: mayBeEmpty ? 'list' : 'part' }];
    return withdraws === head ? [{ kind, ja, role: 'withdrawal' }] : [];
  });
  const images = V4_1.images.filter(({ namedBy }) => namedBy === head);
  return [...files, ...images.map(({ kind, ja }): PatternFile => ({ kind, ja, role: 'image' }))];
}

/** The layout that heads a pattern. */
export const headOf = ({ head }: TestPattern): Layout =>
  V4_1.layouts.find(({ kind }) => kind === head) as (typeof V4_1.layouts)[number];

/** The kinds of CSV file by which a transmission is known to be of a pattern; a supplement tells nothing by itself. */
export function tellingKinds(pattern: TestPattern): ReadonlySet<FileKind> {
  const accompanying = new Set<string>(
    (V4_1.layouts as readonly Layout[]).flatMap(({ kind, accompanies }) => (accompanies ? [kind] : [])),
  );
  const kinds = patternFiles(pattern).map(({ kind }) => kind as FileKind);
  return new Set(kinds.filter((kind) => !accompanying.has(kind)));
}

/** Whether a service code, or a service type, is of a pattern's programmes; undefined where the type is none. */
export function isOfPrograms({ programs }: TestPattern, serviceCode: string): boolean | undefined {
  const program = serviceTypeOf(serviceTypeIn(serviceCode))?.program;
  return program && programs.includes(program);
}

/** Whether several patterns have the same files, so that services have to tell them apart. */
export const sharesFiles = ({ id, head }: TestPattern): boolean =>
  TEST_PATTERNS.some((other) => other.id !== id && other.head === head);
