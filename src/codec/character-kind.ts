import { isLoneSurrogate } from './ms932-replace.js';

/**
 * What a character is to a person. `kanji`: variants included; `gaiji`: a user-defined (private-use) character;
 * `broken`: half a character, or what bytes became that could not be read; `invisible`: spaces and controls;
 * `letter`: of another script, or with an accent; `lineBreak` and `delimiter` (a comma or quote): in a column without
 * quotes.
 */
export type CharacterKind =
  | 'kanji'
  | 'gaiji'
  | 'emoji'
  | 'broken'
  | 'invisible'
  | 'letter'
  | 'sign'
  | 'lineBreak'
  | 'delimiter';

const KANJI = /\p{sc=Han}/u;
/** By Unicode each is a kanji by itself in another place: what a PDF gives for 高 as often as not. */
const RADICAL = /^[\u2f00-\u2fd5]$/;
const EMOJI =
  /\p{Emoji_Presentation}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u20e3|\p{ExtPict}\ufe0f|(?![\0-\uffff])\p{ExtPict}/u;
const INVISIBLE = /^(?:[\p{Cc}\p{Cf}\p{Z}\p{Variation_Selector}]|\u034f)+$/u;

/** What a cluster is. */
export function kindOf(cluster: string): CharacterKind {
  const points = [...cluster];
  if (points.some((point) => isLoneSurrogate(point) || point === '\ufffd')) return 'broken';
  if (/\p{Co}/u.test(cluster)) return 'gaiji';
  if (EMOJI.test(cluster)) return 'emoji';
  if (KANJI.test(cluster)) return 'kanji';
  if (INVISIBLE.test(cluster)) return 'invisible';
  return /\p{L}/u.test(cluster) ? 'letter' : 'sign';
}

/** Invisible in what a kanji is part of; a variation selector is not. */
const JOINERS = /\u200c|\u200d|\u034f/g;

/**
 * Whether a cluster and what would be written for it may be part of a name, so that only a person may choose: a kanji that
 * does not stay as it is, but not where the same one has another code, as radicals have.
 */
export const mayBeName = (cluster: string, replacement: string): boolean =>
  KANJI.test(cluster + replacement) && !RADICAL.test(cluster) && cluster.replace(JOINERS, '') !== replacement;
