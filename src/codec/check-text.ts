import { type Column, characters, NOT_BARE } from '../schema/internal.js';
import { type CharacterKind, kindOf, mayBeName } from './character-kind.js';
import { clustersOf, codePointsOf, isEncodable, isUnasked, type ReplacementClass, suggest } from './ms932-replace.js';

export interface CheckTextOptions {
  /**
   * The column that the text is for: `layoutOf(kind).columns[name]`, or one of `placed`. It says how long the text may be,
   * whether it may hold commas, quotes and line breaks, and whether characters in it may be replaced.
   */
  readonly column?: Column;
}

/** A character of a text that cannot be sent: what a person sees as one, with its marks and variation selectors. */
export interface TextIssue {
  /** `error`: export refuses the text; `info`: export writes `suggestion` by itself, and tells of it. */
  readonly severity: 'error' | 'info';
  readonly kind: CharacterKind;
  /** The class of the replacement; `none` where the tables know none. */
  readonly class: ReplacementClass | 'none';
  /** The character as it stands in the text: personal data where the text is. */
  readonly text: string;
  /** `U+20BB7`, one for each code point of the character. */
  readonly codePoints: readonly string[];
  /** Place in the text, in UTF-16 units from 0. */
  readonly index: number;
  /** In UTF-16 units. */
  readonly length: number;
  /** Which character it is as people count them, 1 for the first. */
  readonly number: number;
  /** What could be written instead, `''` for nothing; absent where the tables know nothing. */
  readonly suggestion?: string;
  /** Whether the suggestion is taken in `fixed`: it reads the same, nothing is lost, and it is no kanji of a name. */
  readonly safe: boolean;
}

export interface TextLength {
  /** Of the text as it would be sent (`fixed`), in characters as the standard counts them: code points. */
  readonly characters: number;
  /** The most that the column takes; absent where there is no limit. */
  readonly limit?: number;
  /** How many more the column takes, below zero where there are too many; absent where there is no limit. */
  readonly left?: number;
}

export interface CheckedText {
  /** Whether export takes the text: no issue is an error, and it is not too long. */
  readonly ok: boolean;
  /** In the order of the text. */
  readonly issues: readonly TextIssue[];
  /** The text with the safe suggestions taken, and nothing else changed. */
  readonly fixed: string;
  readonly length: TextLength;
}

/**
 * Tells which characters of a text cannot be sent, while a person types it: where, of what kind, and what to write instead.
 *
 * Never throws, whatever the text. Safe suggestions are of the classes `same` and `drop` (another code of the same character,
 * invisible characters); a kanji is never replaced unasked, nor a selector of its variant dropped, because it may stand in
 * a person's name. The characters stand in the result, and in what `describeTextIssue` says of it, because the caller
 * has them already and asked: do not write them into a log. Values of codes and dates are not judged. Section 3 of the
 * standard.
 */
export function checkText(value: string, options: CheckTextOptions = {}): CheckedText {
  const { replaceable = true, quoted = true, length: limit = null } = options.column?.kind ?? {};
  const isClean = isEncodable(value) && (quoted || !NOT_BARE.test(value));
  const { issues, fixed } = isClean ? { issues: [], fixed: value } : judge(value, replaceable, quoted);
  const count = characters(fixed);
  return {
    ok: issues.every(({ severity }) => severity === 'info') && (limit === null || count <= limit),
    issues,
    fixed,
    length: limit === null ? { characters: count } : { characters: count, limit, left: limit - count },
  };
}

function judge(value: string, replaceable: boolean, quoted: boolean): Pick<CheckedText, 'issues' | 'fixed'> {
  const issues: TextIssue[] = [];
  const written: string[] = [];
  let behind = '';
  // From the end, because what stands behind a character may keep it from being dropped.
  for (const { text, index, number } of numbered(value).reverse()) {
    if (isEncodable(text)) {
      if (!quoted && NOT_BARE.test(text)) {
        const kind = /[\r\n]/.test(text) ? 'lineBreak' : 'delimiter';
        issues.push({ ...placed(text, index, number), severity: 'error', kind, class: 'none', safe: false });
      }
      written.push(text);
      behind = text;
      continue;
    }
    const found = suggest(text);
    const kind = kindOf(text);
    const unasked = found !== undefined && replaceable && isUnasked(found.class);
    const harmless = unasked && kind !== 'emoji' && !mayBeName(text, found.text);
    const safe = harmless && !(found.text === '' && MARK.test(behind));
    issues.push({
      ...placed(text, index, number),
      severity: unasked ? 'info' : 'error',
      kind,
      class: found?.class ?? 'none',
      ...(found ? { suggestion: found.text } : {}),
      safe,
    });
    written.push(safe ? found.text : text);
    behind = written.at(-1) || behind;
  }
  return { issues: issues.reverse(), fixed: written.reverse().join('') };
}

const placed = (text: string, index: number, number: number) => ({
  text,
  codePoints: codePointsOf(text),
  index,
  length: text.length,
  number,
});

/** Where a mark stands: without what is before it, it would go to another character. */
const MARK = /^\p{M}/u;
/** Grapheme clusters take them to their kana; people count them. */
const HALF_MARKS = /(?<!^)[\uff9e\uff9f]/g;

/** What is seen as one character each, and which it is as people count. */
function numbered(value: string) {
  let number = 0;
  return Array.from(clustersOf(value), ({ segment: text, index }) => {
    const one = { text, index, number: number + 1 };
    number += 1 + (isEncodable(text) ? (text.match(HALF_MARKS)?.length ?? 0) : 0);
    return one;
  });
}
