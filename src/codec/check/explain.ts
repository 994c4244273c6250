import {
  ISSUE_CODES,
  type IssueCode,
  type IssueDetails,
  issue,
  RULES,
  type Rule,
  type RuleCode,
  rulesEn,
  rulesJa,
  type Severity,
} from '../../schema/internal.js';
import { severityWhenStrict } from './profile.js';

interface BothLanguages {
  readonly ja: string;
  readonly en: string;
}

/** What is to be known of the code of an issue. */
export interface Explanation {
  readonly code: IssueCode;
  /** How an issue of `checkFiles` is judged. */
  readonly severity: { readonly strict: Severity; readonly tolerant: Severity };
  /** What is told, `…` in the place of what an issue knows. */
  readonly message: BothLanguages;
  /** Of the codes of rules: what the rule is, and what to do. */
  readonly rule?: {
    readonly scope: Rule['scope'];
    /** The section of the standard. */
    readonly section: string;
    /** The names of the columns that it judges. */
    readonly columns: readonly string[];
    /** Only given where hints are asked for. */
    readonly hint: boolean;
    readonly what: BothLanguages;
    readonly why: BothLanguages;
    readonly mend: BothLanguages;
  };
}

/** What an issue knows, where there is none. */
const ANYTHING: IssueDetails = { found: '…', expected: '…', codePoints: ['…'], replacement: '…' };

/** Explains the code of an issue; undefined where there is none of this name. The codes of rules: docs/rules.md. */
export function explainCode(code: string): Explanation | undefined {
  if (!Object.hasOwn(ISSUE_CODES, code)) return undefined;
  const known = code as IssueCode;
  const { message } = issue(known, {}, ANYTHING);
  const rule = RULES.find((one) => one.code === code);
  if (!rule) {
    const tolerant: Severity = ISSUE_CODES[known];
    return { code: known, severity: { strict: severityWhenStrict(tolerant), tolerant }, message };
  }
  const [ja, en] = [rulesJa[rule.code], rulesEn[rule.code]];
  const both = (of: (words: typeof ja | typeof en) => string): BothLanguages => ({ ja: of(ja), en: of(en) });
  return {
    code: known,
    severity: { strict: rule.severity.writing, tolerant: rule.severity.reading },
    message,
    rule: {
      scope: rule.scope,
      section: rule.section,
      columns: rule.columns,
      hint: rule.hint === true,
      what: both(({ what }) => what),
      why: both(({ why }) => why),
      mend: {
        ja: mendText(ja.mend, 'メッセージに示す値'),
        en: mendText(en.mend, 'what the message says'),
      },
    },
  };
}

const mendText = (mend: (typeof rulesJa)[RuleCode]['mend'], expected: string): string =>
  typeof mend === 'string' ? mend : mend({ expected }, undefined);

/** The codes of all rules, in the order in which they are run. */
export const ruleCodes = (): IssueCode[] => RULES.map(({ code }) => code);
