import { explainCode, layoutOf } from '../index.js';
import type { CheckReport } from './check-report.js';
import type { CheckedUnit } from './check-unit.js';
import { CHECK_WORDS } from './check-words.js';
import { COLOURS, indented, problemLines, stateOf, titled } from './inspect-text.js';
import { WORDS } from './inspect-words.js';
import type { Language } from './io.js';
import type { Problem } from './problems.js';
import { paint, plain } from './style.js';
import { tableOf } from './table.js';
import { contentOf, sideText, timeOf } from './unit.js';

/** What was found, as people read it: in short and what to do first, then each transmission, then what is not ours. */
export function* checkText(report: CheckReport, language: Language): Generator<string> {
  const [words, common] = [CHECK_WORDS[language], WORDS[language]];
  const { profile, summary, problems, transmissions, notOurs } = report;
  const state = transmissions.length === 0 && problems.length === 0 ? 'nothing' : stateOf(summary);
  const counts = Object.entries({ ...summary, notOurs: notOurs.length })
    .filter(([name, count]) => count > 0 || name === 'transmissions' || name === 'error')
    .map(([name, count]) => [common.counts[name as keyof typeof common.counts], String(count)]);
  const [first] = problems;
  const begin = first?.severity === 'error' ? [words.first(first.code, first.columnName), words.hidden] : [];
  const found = problems.flatMap((problem) => problemLines(problem, language));
  yield text([
    paint(words.verdict[profile][state], 'bold', COLOURS[state]),
    ...begin,
    '',
    ...indented([`${words.profile}: ${words.profiles[profile]}`, ...tableOf(counts, [1])]),
    ...titled(words.problems, [...found, ...hints(problems, language)]),
  ]);
  if (transmissions.length > 0) yield text(['', paint(words.details, 'bold')]);
  for (const [i, unit] of transmissions.entries()) yield text(indented(unitLines(unit, i, language)));
  yield text(titled(common.notOurs, notOurs.map(plain)));
}

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** How to learn more, where there is more. */
function hints(problems: readonly Problem[], language: Language): string[] {
  const words = CHECK_WORDS[language];
  const rule = problems.find(({ code }) => explainCode(code)?.rule);
  return [
    ...(rule ? [words.explain(rule.code)] : []),
    ...(problems.some(({ count, places }) => count > places.length) ? [words.all] : []),
  ].map((line) => paint(line, 'dim'));
}

/** A transmission: what it is, its files, and what is wrong with each. */
function unitLines(unit: CheckedUnit, index: number, language: Language): string[] {
  const { head, counts } = unit;
  const [words, common] = [CHECK_WORDS[language], WORDS[language]];
  const state = stateOf(counts);
  const states = (['error', 'warning', 'info'] as const).filter((one) => counts[one] > 0);
  const stateText =
    states.length === 0 ? common.clean : states.map((one) => `${common.severity[one]} ${counts[one]}`).join(', ');
  const files = unit.files.map(({ kind, records, path, complete }) => [
    kind,
    layoutOf(kind).ja,
    String(records),
    plain(path),
    complete ? '' : common.incomplete,
  ]);
  const images = unit.images.map((path) => ['', common.image, '', plain(path), '']);
  const [title = '', ...rows] = tableOf([words.fileHead, ...files, ...images], [2]);
  return [
    ...(index === 0 ? [] : ['']),
    `${paint(`${index + 1}  ${timeOf(head)}  ${contentOf(head, language)}`, 'bold')}  ${paint(stateText, COLOURS[state])}`,
    ...indented(
      [
        `${sideText(head.from)} → ${sideText(head.to)}  ${words.serial} ${unit.serial}`,
        ...(unit.alone ? [paint(words.alone, 'dim')] : []),
        paint(title, 'dim'),
        ...rows,
        ...unit.problems.map((problem) => problemLine(problem, language)),
      ],
      3,
    ),
  ];
}

/** A kind of issue in one line: in a transmission its sentence need not be said again. */
function problemLine({ code, severity, count, columnName, places }: Problem, language: Language): string {
  const [words, common] = [CHECK_WORDS[language], WORDS[language]];
  const what = [code, columnName].filter((one) => one !== undefined).join(' ');
  const files = new Map<string | undefined, number[]>();
  for (const { file, row } of places)
    files.set(file, [...(files.get(file) ?? []), ...(row === undefined ? [] : [row])]);
  const where = [...files].map(([file, rows]) => {
    const name = plain(file?.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1) ?? '');
    return rows.length === 0 ? name : `${name} ${words.rows(rows)}`;
  });
  if (count > places.length) where.push(common.more(count - places.length));
  return `${paint(common.severity[severity], COLOURS[severity])} ${what} (${words.count(count)}): ${where.join('; ')}`;
}
