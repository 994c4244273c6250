import {
  type Conformance,
  type Finding,
  type JudgedPoint,
  type Obligation,
  type Place,
  patternFiles,
  pointWords,
} from '../conformance/index.js';
import { CONFORMANCE_WORDS } from './conformance-words.js';
import type { Language } from './io.js';
import { paint, plain } from './style.js';

const OBLIGATIONS: readonly Obligation[] = ['must', 'show', 'may'];
const COLOURS = { pass: 'green', fail: 'red', notShown: 'yellow' } as const;
/** How many findings of a point are printed. */
const SHOWN = 5;

/** A checklist as people read it. */
export function conformanceText(one: Conformance, language: Language, requireCoverage: boolean): string {
  const words = CONFORMANCE_WORDS[language];
  const { pattern, points, transmissions, files, others, ok, complete } = one;
  const verdict = ok ? (complete ? 'complete' : 'incomplete') : 'failed';
  const colour = !ok || (requireCoverage && !complete) ? 'red' : complete ? 'green' : 'yellow';
  const groups = OBLIGATIONS.flatMap((obligation) => {
    const own = points.filter(({ point }) => point.obligation === obligation);
    const passed = own.filter(({ state }) => state === 'pass').length;
    if (own.length === 0) return [];
    return [
      '',
      paint(`${words.groups[obligation]} ${passed}/${own.length}`, 'bold'),
      ...own.flatMap((point) => pointLines(point, language)),
    ];
  });
  const lines = [
    `${paint(`${pattern.id} ${pattern[language]}`, 'bold')}  ${words.counts(transmissions, files)}`,
    `${paint(words.verdict[verdict], 'bold', colour)}${requireCoverage && !complete ? words.required : ''}`,
    ...(others > 0 ? [words.others(others)] : []),
    ...groups,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function pointLines({ point, state, findings, notes, shownAt }: JudgedPoint, language: Language): string[] {
  const words = CONFORMANCE_WORDS[language];
  const { title, how } = pointWords(point.id)[language];
  const where = shownAt ? `  ${paint(`${words.shownAt} ${placeText(shownAt, language)}`, 'dim')}` : '';
  return [
    `  ${paint(words.states[state], COLOURS[state])} ${point.id}  ${title}${where}`,
    ...(state === 'pass' ? [] : [`       ${how}`]),
    ...findings.slice(0, SHOWN).map((one) => `       ${findingText(one, language)}`),
    ...(findings.length > SHOWN ? [`       ${words.more(findings.length - SHOWN)}`] : []),
    ...notes.slice(0, 1).map((one) => paint(`       ${words.note(notes.length)} ${findingText(one, language)}`, 'dim')),
  ];
}

const placeText = ({ file, row }: Place, language: Language): string =>
  row === undefined ? plain(file) : `${plain(file)} ${CONFORMANCE_WORDS[language].row(row)}`;

/** A finding in one line: an issue of the checker says itself where it is. */
function findingText({ code, file, row, columnName, message }: Finding, language: Language): string {
  if (code !== undefined) return `${code} ${plain(message[language])}`;
  const column = columnName === undefined ? '' : ` ${columnName}`;
  const where =
    file === undefined ? '' : `${placeText({ file, ...(row === undefined ? {} : { row }) }, language)}${column}: `;
  return `${where}${message[language]}`;
}

/** The same for machines; every finding. */
export function conformanceJson(all: readonly Conformance[], language: Language, passed: boolean): string {
  const patterns = all.map(({ pattern, points, ...counts }) => ({
    id: pattern.id,
    name: pattern[language],
    ...counts,
    kinds: patternFiles(pattern),
    points: points.map(({ point, state, findings, notes, shownAt }) => ({
      id: point.id,
      obligation: point.obligation,
      section: point.section,
      title: pointWords(point.id)[language].title,
      state,
      ...(state === 'pass' ? {} : { how: pointWords(point.id)[language].how }),
      findings: findings.map((one) => ({ ...one, message: one.message[language] })),
      ...(notes.length === 0 ? {} : { notes: notes.map((one) => ({ ...one, message: one.message[language] })) }),
      ...(shownAt ? { shownAt } : {}),
    })),
  }));
  return `${JSON.stringify({ passed, patterns }, null, 2)}\n`;
}
