import { type Issue, type IssuePlace, issue, type PlacedColumn } from '../schema/internal.js';
import { REPLACEMENTS } from './ms932-replacements.generated.js';
import { ms932Table } from './ms932-table.js';

/**
 * What a replacement does to the text. `same`: another code point of the same character; `drop`: invisible;
 * `variant`: an accepted variant of a kanji; `approx`: looks or reads alike.
 */
export type ReplacementClass = keyof typeof REPLACEMENTS;

/** A cluster (what a reader sees as one character) that cannot be written as it is. */
export interface Unencodable {
  readonly cluster: string;
  /** `U+9DD7`, one for each code point of the cluster. */
  readonly codePoints: readonly string[];
  /** Place in the text, in UTF-16 units from 0. */
  readonly index: number;
  /** What the tables would write, and the class that this would take; absent where they know nothing. */
  readonly suggestion?: { readonly text: string; readonly class: ReplacementClass };
}

/**
 * What to do with characters outside MS932. `error`: only `same` and `drop`; `replace`: `variant` as well;
 * `replace-all`: `approx` as well. A function is asked first, per cluster: a text is checked and written, undefined
 * means `error`. What remains is an error in each.
 */
export type OnUnencodable = 'error' | 'replace' | 'replace-all' | ((unencodable: Unencodable) => string | undefined);

const ALLOWED: Readonly<Record<'never' | 'error' | 'replace' | 'replace-all', readonly ReplacementClass[]>> = {
  never: [],
  error: ['same', 'drop'],
  replace: ['same', 'drop', 'variant'],
  'replace-all': ['same', 'drop', 'variant', 'approx'],
};
/** From what changes nothing to what changes most. */
const SEVERITY: readonly ReplacementClass[] = ALLOWED['replace-all'];

/** Whether a replacement of the class is made unasked. */
export const isUnasked = (group: ReplacementClass): boolean => ALLOWED.error.includes(group);

type Replacement = readonly [text: string, group: ReplacementClass];
let replacements: Map<string, Replacement> | undefined;

function replacementOf(char: string): Replacement | undefined {
  if (!replacements) {
    replacements = new Map();
    for (const group of SEVERITY) {
      for (const entry of REPLACEMENTS[group].split('\t')) {
        const key = String.fromCodePoint(entry.codePointAt(0) ?? 0);
        replacements.set(key, [entry.slice(key.length), group]);
      }
    }
  }
  return replacements.get(char);
}

/** Whether every UTF-16 unit of a text has bytes in MS932. */
export function isEncodable(text: string): boolean {
  const { encode } = ms932Table();
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (encode[unit] === 0 && unit !== 0) return false;
  }
  return true;
}

export const codePointsOf = (text: string): string[] =>
  [...text].map((c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);

export const isLoneSurrogate = (char: string): boolean => char.length === 1 && char >= '\ud800' && char <= '\udfff';

let segmenter: Intl.Segmenter | undefined;

/** What is seen as one character each, in order. */
export function clustersOf(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/**
 * Rewrites a text so that it can be written in MS932, cluster by cluster; clusters that encode are left alone. Each
 * replacement is an issue of severity info, each character that remains an error (and is left out of the text).
 */
export function replaceUnencodable(
  text: string,
  policy: OnUnencodable | 'never',
  place: IssuePlace = {},
  column?: PlacedColumn,
): { readonly text: string; readonly issues: readonly Issue[] } {
  if (isEncodable(text)) return { text, issues: [] };
  const issues: Issue[] = [];
  const say = (code: Issue['code'], chars: string, index: number, replacement?: string) => {
    const details = { codePoints: codePointsOf(chars), index };
    issues.push(
      issue(code, place, replacement === undefined ? details : { ...details, replacement }, column ? { column } : {}),
    );
  };
  let out = '';
  for (const { segment, index } of clustersOf(text)) {
    if (isEncodable(segment)) out += segment;
    else out += askCaller(segment, index, policy, say) ?? replaceByTable(segment, index, policy, say);
  }
  return { text: out, issues };
}

type Say = (code: Issue['code'], chars: string, index: number, replacement?: string) => void;

function askCaller(cluster: string, index: number, policy: OnUnencodable | 'never', say: Say): string | undefined {
  if (typeof policy !== 'function' || [...cluster].some(isLoneSurrogate)) return undefined;
  const suggestion = suggest(cluster);
  const answer = policy({
    cluster,
    codePoints: codePointsOf(cluster),
    index,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  if (answer === undefined) return undefined;
  if (typeof answer !== 'string' || !isEncodable(answer)) {
    say('char.answer', cluster, index);
    return '';
  }
  say('char.replaced', cluster, index, answer);
  return answer;
}

/** What the tables would write for a cluster, and of which class that is; undefined where they know nothing. */
export function suggest(cluster: string): Unencodable['suggestion'] {
  let worst = 0;
  let text = '';
  for (const part of parts(cluster)) {
    if (part.replacement === undefined && !part.encodable) return undefined;
    text += part.replacement?.[0] ?? part.chars;
    if (part.replacement) worst = Math.max(worst, SEVERITY.indexOf(part.replacement[1]));
  }
  return { text, class: SEVERITY[worst] ?? 'approx' };
}

function replaceByTable(cluster: string, index: number, policy: OnUnencodable | 'never', say: Say): string {
  const allowed = (typeof policy === 'string' ? ALLOWED[policy] : undefined) ?? ALLOWED.error;
  let out = '';
  let at = index;
  for (const { chars, encodable, replacement } of parts(cluster)) {
    if (encodable) {
      out += chars;
    } else if (replacement && allowed.includes(replacement[1])) {
      out += replacement[0];
      say('char.replaced', chars, at, replacement[0]);
    } else {
      say(isLoneSurrogate(chars) ? 'char.loneSurrogate' : 'char.unencodable', chars, at);
    }
    at += chars.length;
  }
  return out;
}

interface Part {
  readonly chars: string;
  readonly encodable: boolean;
  readonly replacement?: Replacement;
}

/** The pieces of a cluster: a base with the marks that compose with it (NFD kana), or a code point of its own. */
function* parts(cluster: string): Generator<Part> {
  const points = [...cluster];
  for (let i = 0; i < points.length; ) {
    const composed = compose(points, i);
    if (composed) {
      yield composed;
      i += [...composed.chars].length;
      continue;
    }
    const chars = points[i++] ?? '';
    const replacement = replacementOf(chars);
    if (isEncodable(chars)) yield { chars, encodable: true };
    else yield replacement ? { chars, encodable: false, replacement } : { chars, encodable: false };
  }
}

/** No character of Unicode is composed of a base and more marks. */
const MOST_MARKS = 3;

function compose(points: readonly string[], from: number): Part | undefined {
  let end = from + 1;
  while (end < points.length && end <= from + MOST_MARKS && /^\p{M}$/u.test(points[end] ?? '')) end++;
  for (; end > from + 1; end--) {
    const chars = points.slice(from, end).join('');
    const composed = chars.normalize('NFC');
    if ([...composed].length !== 1 || composed === chars) continue;
    if (isEncodable(composed)) return { chars, encodable: false, replacement: [composed, 'same'] };
    const replacement = replacementOf(composed);
    if (replacement) return { chars, encodable: false, replacement };
  }
  return undefined;
}
