import type { CharacterPlace, CharactersReport, FoundCharacter } from './characters-report.js';
import { CHARACTERS_WORDS } from './characters-words.js';
import { indented, titled } from './inspect-text.js';
import type { Language } from './io.js';
import { paint, plain } from './style.js';
import { tableOf } from './table.js';
import type { TextFileFault } from './texts-of-file.js';

/** How many places of a character are printed. */
const PLACES = 3;

/** What was found, as people read it: in short, by class, then what a person decides, then what is safe. */
export function charactersText(report: CharactersReport, language: Language, fixes: boolean): string {
  const words = CHARACTERS_WORDS[language];
  const { summary, byClass, characters, unreadable, notRead, written } = report;
  const counts = Object.entries(summary)
    .filter(([name, count]) => count > 0 || name === 'files' || name === 'found')
    .map(([name, count]) => [words.counts[name as keyof typeof words.counts], String(count)]);
  const classes = Object.entries(byClass)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => [name, words.classes[name as keyof typeof words.classes], String(count)]);
  const toDecide = characters.filter(({ safe }) => !safe);
  const safe = characters.filter((one) => one.safe && one.fixed < one.count);
  const fixed = characters.filter((one) => one.fixed > 0);
  const state = stateOf(report);
  const isLong = characters.some(({ places }) => places.length > PLACES);
  return [
    paint(words.verdict[state], 'bold', COLOURS[state]),
    '',
    ...indented(tableOf(counts, [1])),
    ...titled(words.byClass, tableOf(classes, [2])),
    ...titled(words.toDecide, characterLines(toDecide, language)),
    ...(toDecide.some(({ kind }) => kind === 'kanji' || kind === 'gaiji') ? indented([paint(words.ask, 'dim')]) : []),
    ...titled(words.safe, characterLines(safe, language)),
    ...(safe.length > 0 ? indented([paint(fixes ? words.notFixed : words.howToFix, 'dim')]) : []),
    ...titled(words.fixed, characterLines(fixed, language)),
    ...(isLong ? indented([paint(words.all, 'dim')]) : []),
    ...titled(
      words.written,
      written.map((one) => `${plain(one.file)}  ${words.count(one.fixed)}`),
    ),
    ...titled(
      words.unreadable,
      unreadable.map(({ file, reason }) => `${plain(file)}  ${words.faults[reason as TextFileFault] ?? reason}`),
    ),
    ...titled(words.notRead, notRead.map(plain)),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const COLOURS = {
  clean: 'green',
  fixed: 'green',
  safe: 'yellow',
  nothing: 'yellow',
  unreadable: 'red',
  toDecide: 'red',
} as const;

function stateOf({ summary, unreadable }: CharactersReport): keyof typeof COLOURS {
  if (summary.toDecide > 0) return 'toDecide';
  if (unreadable.length > 0) return 'unreadable';
  if (summary.files === 0) return 'nothing';
  if (summary.safe > summary.fixed) return 'safe';
  return summary.fixed > 0 ? 'fixed' : 'clean';
}

/** Each character in a line, and below it where it stands. */
function characterLines(characters: readonly FoundCharacter[], language: Language): string[] {
  const words = CHARACTERS_WORDS[language];
  const heads = tableOf(
    characters.map(({ character, codePoints, kind, suggestion, count }) => [
      kind === 'broken' || kind === 'invisible' || kind === 'gaiji' ? '' : character,
      codePoints.join(' '),
      words.kinds[kind],
      words.to(suggestion),
      words.count(count),
    ]),
  );
  return characters.flatMap(({ places }, i) => {
    const shown = places.slice(0, PLACES).map((place) => placeText(place, language));
    const more = places.length - shown.length;
    return [heads[i] ?? '', ...indented([...shown, ...(more > 0 ? [words.more(more)] : [])], 4)];
  });
}

function placeText(place: CharacterPlace, language: Language): string {
  const words = CHARACTERS_WORDS[language];
  const { file, line, column, columnName, pointer, number, value } = place;
  return [
    plain(file),
    words.line(line),
    ...(column === undefined ? [] : [words.column(column, columnName)]),
    ...(pointer === undefined ? [] : [plain(pointer)]),
    words.character(number),
    ...(value === undefined ? [] : [`「${plain(value)}」`]),
  ].join('  ');
}
