import { CHARACTER_WORDS, type CharacterWords } from '../schema/internal.js';
import type { TextIssue, TextLength } from './check-text.js';

/** A sentence in each language. */
export interface Sentences {
  readonly ja: string;
  readonly en: string;
}

/**
 * Says to the person who types what is wrong with a character, where, and what to do. The character itself stands in the
 * sentence: show it beside the form field, and do not write it into a log.
 */
export const describeTextIssue = (issue: TextIssue): Sentences => inBoth((words) => sentence(issue, words));

/** Says how many characters are left of those that a column takes (`あと3文字`), or how many there are where it has no limit. */
export const describeTextLength = ({ characters, left }: TextLength): Sentences =>
  inBoth((words) => {
    if (left === undefined) return words.count(characters);
    return left < 0 ? words.over(-left) : words.left(left);
  });

const inBoth = (say: (words: CharacterWords) => string): Sentences => ({
  ja: say(CHARACTER_WORDS.ja),
  en: say(CHARACTER_WORDS.en),
});

function sentence(issue: TextIssue, words: CharacterWords): string {
  const { kind, number, codePoints } = issue;
  const shown = kind === 'broken' || kind === 'invisible' || kind === 'lineBreak' ? '' : issue.text;
  return words.where(number, shown, codePoints.join(' ')) + advice(issue, words);
}

function advice({ kind, class: group, suggestion, severity, safe }: TextIssue, words: CharacterWords): string {
  if (kind === 'lineBreak' || kind === 'delimiter' || kind === 'broken' || kind === 'gaiji') return words[kind];
  if (suggestion === undefined) return words.none;
  if (safe) return words.safe(suggestion);
  if (severity === 'info') return words.unasked(suggestion);
  return group === 'variant' && kind === 'kanji' ? words.variant(suggestion) : words.approx(suggestion);
}
