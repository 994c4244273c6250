import type { IssueDetails } from '../../issue.js';
import type { PlacedColumn } from '../../layout.js';
import type { rulesEn } from './en.js';

type Text = string | ((details: IssueDetails, column: PlacedColumn | undefined) => string);

/** What is said of a rule in one language: to who breaks it, and on its page. */
export interface RuleWords {
  /** What holds, as a title. */
  readonly what: string;
  /** Why it has to hold, and what happens where it does not. */
  readonly why: string;
  /** What was found where it does not hold: a sentence without its full stop. */
  readonly found: Text;
  /** What to do: a sentence. */
  readonly mend: Text;
}

/** The codes of rules. */
export type RuleCode = keyof typeof rulesEn;

export type RuleWordsOf<C extends string> = Readonly<Record<C, RuleWords>>;

/** The sentences of issues of these rules: found, then mend. */
export function sentences<C extends string>(
  words: RuleWordsOf<C>,
  join: (found: string, mend: string) => string,
): Readonly<Record<C, (details: IssueDetails, column: PlacedColumn | undefined) => string>> {
  const told = (text: Text, details: IssueDetails, column: PlacedColumn | undefined) =>
    typeof text === 'string' ? text : text(details, column);
  const entries = Object.entries<RuleWords>(words).map(([code, { found, mend }]) => [
    code,
    (details: IssueDetails, column: PlacedColumn | undefined) =>
      join(told(found, details, column), told(mend, details, column)),
  ]);
  return Object.fromEntries(entries);
}

/** The shape or value of what was found, in brackets. */
export const shapeEn = ({ found }: IssueDetails): string => (found === undefined ? '' : ` (shape: ${found})`);
export const shapeJa = ({ found }: IssueDetails): string => (found === undefined ? '' : `（値の形: ${found}）`);

/** What stands there and what should, where both are known: numbers only where the caller asked for them. */
export const againstEn = ({ found, expected }: IssueDetails): string =>
  found === undefined || expected === undefined ? '' : ` (${found} against ${expected})`;
export const againstJa = ({ found, expected }: IssueDetails): string =>
  found === undefined || expected === undefined ? '' : `（${found}、正しくは ${expected}）`;
