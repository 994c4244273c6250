import { type Issue, type IssueCode, ruleCodes, type Severity } from '../index.js';
import type { Language } from './io.js';
import { withoutPlace } from './sentence.js';

/** Issues of one code, severity and column: how many, in how many files, and the first places. */
export interface Problem {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly columnName?: string;
  readonly count: number;
  /** How many files have it. */
  readonly files: number;
  /** What is wrong and what to do, without a place. */
  readonly message: string;
  /** The first places. */
  readonly places: readonly Place[];
}

export type Place = Pick<Issue, 'file' | 'row' | 'column' | 'path'> & { readonly line?: number };

const SEVERITIES = ['error', 'warning', 'info'] as const;
const PLACES = 3;

/** What is mended first: where a file was not read, or a name, nothing that follows from it was judged. */
const STAGES = ['zip', 'name', 'file', 'char', 'csv', 'row', 'cell'];
const RULES: ReadonlyMap<string, number> = new Map(ruleCodes().map((code, index) => [code, index + STAGES.length + 1]));
const stageOf = (code: string): number => {
  const stage = STAGES.indexOf(code.slice(0, code.indexOf('.')));
  return RULES.get(code) ?? (stage < 0 ? STAGES.length : stage);
};

/** Counts issues, and keeps of each kind the first places only. */
export class Problems {
  readonly counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  private readonly kinds = new Map<
    string,
    Problem & { count: number; among: Set<string | undefined>; places: Place[] }
  >();

  constructor(private readonly language: Language) {}

  add(one: Issue, line?: number): void {
    const { code, severity, file, row, column, columnName, path } = one;
    this.counts[severity]++;
    // What travels together lacks one thing or another: each is told.
    const what = row === undefined && RULES.has(code) ? one.expected : undefined;
    const key = `${code} ${severity} ${columnName ?? ''} ${what ?? ''}`;
    let kind = this.kinds.get(key);
    if (!kind) {
      const message = withoutPlace(one, this.language);
      const named = columnName === undefined ? {} : { columnName };
      kind = { code, severity, ...named, count: 0, files: 0, message, places: [], among: new Set() };
      this.kinds.set(key, kind);
    }
    kind.count++;
    kind.among.add(file);
    if (kind.places.length < PLACES) {
      kind.places.push({
        ...(file === undefined ? {} : { file }),
        ...(row === undefined ? {} : { row }),
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
        ...(path === undefined ? {} : { path }),
      });
    }
  }

  /** Errors first. */
  list(): Problem[] {
    return [...this.kinds.values()]
      .map(({ among, ...kind }) => ({ ...kind, files: among.size }))
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  }

  /** Errors first, and of them those that hide others. */
  inOrderOfMending(): Problem[] {
    const mended = (a: Problem, b: Problem) => stageOf(a.code) - stageOf(b.code) || b.count - a.count;
    const list = this.list();
    return SEVERITIES.flatMap((severity) => list.filter((one) => one.severity === severity).sort(mended));
  }
}
