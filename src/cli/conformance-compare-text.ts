import type { Comparison, Difference } from '../conformance/index.js';
import type { Issue } from '../index.js';
import { CONFORMANCE_WORDS } from './conformance-words.js';
import { issueJson, type Language } from './io.js';
import { paint, plain } from './style.js';

/** A comparison as people read it: each difference with its path in the expected documents, and in those that were found. */
export function comparisonText(result: Comparison, unread: readonly Issue[], language: Language): string {
  const words = CONFORMANCE_WORDS[language];
  const { differences, equal, expected, found } = result;
  const isEqual = equal && unread.length === 0;
  const lines = [
    paint(isEqual ? words.equal : words.different(differences.length), 'bold', isEqual ? 'green' : 'red'),
    words.compared(expected, found),
    ...differences.flatMap((one) => differenceLines(one, language)),
    ...(unread.length > 0 ? ['', paint(words.unread, 'bold')] : []),
    ...unread.map(({ code, message }) => `  ${code} ${plain(message[language])}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const MARKS = { missing: '-', extra: '+', different: '~' } as const;

function differenceLines({ kind, expectedPath, foundPath, column, message }: Difference, language: Language): string[] {
  const at = expectedPath ?? foundPath ?? '';
  const elsewhere = expectedPath !== undefined && foundPath !== undefined && foundPath !== expectedPath;
  return [
    `${MARKS[kind]} ${at}${column === undefined ? '' : ` [${column}]`}  ${plain(message[language])}`,
    ...(elsewhere ? [`    = ${foundPath}`] : []),
  ];
}

/** The same for machines. */
export function comparisonJson(result: Comparison, unread: readonly Issue[], language: Language): string {
  const { differences, ...counts } = result;
  const json = {
    ...counts,
    equal: counts.equal && unread.length === 0,
    differences: differences.map((one) => ({ ...one, message: one.message[language] })),
    unread: unread.map((one) => issueJson(one, language)),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
