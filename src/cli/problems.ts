import { type Issue, type IssueCode, ruleCodes, type Severity } from '../index.js';
import type { Language } from './io.js';
import { withoutPlace } from './sentence.js';

/** Issues of one code, severity and column: how many, in how many files, and the first places. */
export interface Problem {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly columnName: string | undefined;
  readonly count: number;
  /** How many files have it. */
  readonly files: number;
  /** What is wrong and what to do, without a place. */
  readonly message: string;
  /** The first places. */
  readonly places: readonly Place[];
}

type Place = { readonly [K in 'file' | 'row' | 'column' | 'path']: Issue[K] | undefined } & {
  readonly line: number | undefined;
};

const SEVERITIES = ['error', 'warning', 'info'] as const;
const PLACES = 3;

/** What is mended first: where a file was not read, or a name, nothing that follows from it was judged. */
const STAGES = ['zip', 'name', 'file', 'char', 'csv', 'row', 'cell'];
const RULES: ReadonlyMap<string, number> = new Map(ruleCodes().map((code, index) => [code, index + STAGES.length + 1]));
const stageOf = (code: string): number => {
  const stage = STAGES.indexOf(code.slice(0, code.indexOf('.')));
  return RULES.get(code) ?? (stage < 0 ? STAGES.length : stage);
};

interface Kind extends Problem {
  count: number;
  places: readonly Place[];
  /** The files that have it; absent where they are not counted. */
  readonly among: Set<string | undefined> | undefined;
}

/** Counts issues, and keeps of each kind the first places only; without a language neither sentences nor files. */
export class Problems {
  readonly counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  private readonly kinds = new Map<string, Kind>();

  constructor(private readonly language?: Language) {}

  add(one: Issue, line?: number): void {
    const { code, severity, file, row, column, columnName, path } = one;
    this.counts[severity]++;
    // What travels together lacks one thing or another: each is told.
    const what = row === undefined && RULES.has(code) ? one.expected : undefined;
    const key = `${code} ${severity} ${columnName ?? ''} ${what ?? ''}`;
    let kind = this.kinds.get(key);
    if (!kind) {
      const { language } = this;
      const message = language ? withoutPlace(one, language) : '';
      const among = language ? new Set<string>() : undefined;
      kind = { code, severity, columnName, count: 0, files: 0, message, places: [], among };
      this.kinds.set(key, kind);
    }
    kind.count++;
    kind.among?.add(file);
    if (kind.places.length < PLACES) {
      // In one piece, and added without room to spare: thousands of transmissions may keep some.
      kind.places = [...kind.places, { file, row, line, column, path }];
    }
  }

  /** Errors first. */
  list(): Problem[] {
    return [...this.kinds.values()]
      .map(({ among, ...kind }) => ({ ...kind, files: among?.size ?? 0 }))
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  }

  /** Errors first, and of them those that hide others. */
  inOrderOfMending(): Problem[] {
    const mended = (a: Problem, b: Problem) => stageOf(a.code) - stageOf(b.code) || b.count - a.count;
    const list = this.list();
    return SEVERITIES.flatMap((severity) => list.filter((one) => one.severity === severity).sort(mended));
  }
}
