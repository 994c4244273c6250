import type { Severity } from '../index.js';
import type { Report, Unit } from './inspect-report.js';
import { WORDS } from './inspect-words.js';
import type { Language } from './io.js';
import type { Problem } from './problems.js';
import { paint, plain } from './style.js';
import { tableOf } from './table.js';
import { contentOf, sideText, timeOf } from './unit.js';

const SEVERITIES = ['error', 'warning', 'info'] as const;
export const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan', clean: 'green', nothing: 'yellow' } as const;

/** What was found, as people read it: in short, then the transmissions, then what is wrong, then what is not ours. */
export function inspectText(report: Report, language: Language): string {
  const words = WORDS[language];
  const { summary, transmissions, problems, notOurs } = report;
  const state = transmissions.length === 0 && summary.error === 0 ? 'nothing' : stateOf(summary);
  const counts = Object.entries({ ...summary, notOurs: notOurs.length })
    .filter(([name, count]) => count > 0 || name === 'transmissions' || name === 'error')
    .map(([name, count]) => [words.counts[name as keyof typeof words.counts], String(count)]);
  const lines = [
    paint(words.verdict[state], 'bold', COLOURS[state]),
    '',
    ...indented(tableOf(counts, [1])),
    ...titled(words.transmissions, transmissionLines(transmissions, language)),
    ...transmissions.flatMap((unit, i) => ['', ...unitLines(unit, i, language)]),
    ...titled(
      words.problems,
      problems.flatMap((problem) => problemLines(problem, language)),
    ),
    ...titled(words.notOurs, notOurs.map(plain)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export const indented = (lines: readonly string[], by = 2): string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));
export const titled = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', paint(title, 'bold'), ...indented(lines)];
export const stateOf = (counts: Readonly<Record<Severity, number>>): Severity | 'clean' =>
  SEVERITIES.find((severity) => counts[severity] > 0) ?? 'clean';

function transmissionLines(units: readonly Unit[], language: Language): string[] {
  if (units.length === 0) return [];
  const { transmissionHead, clean, severity } = WORDS[language];
  const states = units.map((unit) => {
    const found = SEVERITIES.filter((one) => unit[one] > 0).map((one) => `${severity[one]} ${unit[one]}`);
    return found.length === 0 ? clean : found.join(', ');
  });
  const rows = units.map((unit, i) => [
    String(i + 1),
    timeOf(unit),
    sideText(unit.from),
    sideText(unit.to),
    contentOf(unit, language),
    String(unit.persons),
    String(unit.records),
    states[i] ?? '',
  ]);
  const [head = '', ...lines] = tableOf([transmissionHead, ...rows], [0, 5, 6]);
  // The state is the last column: its colour changes no width.
  const coloured = lines.map((line, i) => {
    const [unit, state] = [units[i] as Unit, states[i] as string];
    return line.slice(0, -state.length) + paint(state, COLOURS[stateOf(unit)]);
  });
  return [paint(head, 'dim'), ...coloured];
}

/** The files of a transmission, and its persons where they were asked for. */
function unitLines(unit: Unit, index: number, language: Language): string[] {
  const words = WORDS[language];
  const files = unit.files.map(({ kind, name, persons, records, path, complete }) => [
    kind,
    name,
    String(persons),
    String(records),
    plain(path),
    complete ? '' : words.incomplete,
  ]);
  const images = unit.images.map((path) => ['', words.image, '', '', plain(path), '']);
  const [head = '', ...lines] = tableOf([words.fileHead, ...files, ...images], [2, 3]);
  const persons = (unit.names ?? []).map(({ insuredPersonNumber, insurerNumber, name = '' }) => [
    insuredPersonNumber,
    insurerNumber,
    plain(name),
  ]);
  return [
    paint(`  ${index + 1}  ${timeOf(unit)}  ${contentOf(unit, language)}`, 'bold'),
    ...indented([paint(head, 'dim'), ...lines], 5),
    ...(persons.length === 0 ? [] : indented(tableOf([words.personHead, ...persons]), 5)),
  ];
}

export function problemLines(problem: Problem, language: Language): string[] {
  const words = WORDS[language];
  const { code, severity, count, files, columnName, message, places } = problem;
  const column = columnName === undefined ? '' : ` ${columnName}`;
  const rest = count - places.length;
  return [
    `${paint(words.severity[severity], COLOURS[severity])} ${code}${column}${words.times(count, files)}`,
    `  ${plain(message)}`,
    ...places.map((place) => paint(`    ${plain(words.place(place))}`, 'dim')),
    ...(rest > 0 ? [paint(`    ${words.more(rest)}`, 'dim')] : []),
  ];
}
