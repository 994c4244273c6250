import type { Obligation, PointState } from '../conformance/index.js';
import type { Language } from './io.js';

interface Words {
  readonly verdict: Readonly<Record<'failed' | 'incomplete' | 'complete', string>>;
  readonly groups: Readonly<Record<Obligation, string>>;
  readonly states: Readonly<Record<PointState, string>>;
  counts(transmissions: number, files: number): string;
  others(count: number): string;
  more(count: number): string;
  /** Before a warning that fails nothing, the first of so many. */
  note(count: number): string;
  readonly shownAt: string;
  row(row: number): string;
  readonly required: string;
  made(patterns: string, files: number, out: string): string;
  readonly equal: string;
  different(count: number): string;
  compared(expected: number, found: number): string;
  readonly unread: string;
}

const ja: Words = {
  verdict: {
    failed: '不合格: 守るべき点に反するものがあります。',
    incomplete: '誤りはありません。まだ示していない場面があります。',
    complete: '合格: すべての場面を示しています。',
  },
  groups: { must: '守るべき点', show: '示すべき場面', may: '任意の場面' },
  states: { pass: '○', fail: '×', notShown: '－' },
  counts: (transmissions, files) => `送信単位 ${transmissions}、ファイル ${files}`,
  others: (count) => `ほかのパターンの送信単位 ${count} は見ていません。`,
  note: (count) => `注意（${count} 件）:`,
  more: (count) => `ほか ${count} 件（--format json ですべて）`,
  shownAt: '例',
  row: (row) => `${row}行目`,
  required: '（--require-coverage: 示していない場面があれば不合格）',
  made: (patterns, files, out) =>
    `${patterns} の送信データ（${files}ファイル）を ${out} に作りました。README.txt をご覧ください。`,
  equal: '一致: 期待どおりです。',
  different: (count) => `不一致: ${count} 件`,
  compared: (expected, found) => `期待した文書 ${expected}、書き出された文書 ${found}`,
  unread: '読み取れなかったもの',
};

const en: Words = {
  verdict: {
    failed: 'failed: something is wrong that must not be.',
    incomplete: 'nothing is wrong; some situations are not shown yet.',
    complete: 'passed: every situation is shown.',
  },
  groups: { must: 'what must not be wrong', show: 'situations to show', may: 'situations that are optional' },
  states: { pass: 'ok  ', fail: 'FAIL', notShown: '-   ' },
  counts: (transmissions, files) => `${transmissions} transmissions, ${files} files`,
  others: (count) => `${count} transmissions of other patterns were not looked at.`,
  note: (count) => `note (${count}):`,
  more: (count) => `${count} more (--format json has all)`,
  shownAt: 'as in',
  row: (row) => `row ${row}`,
  required: '(--require-coverage: a situation that is not shown fails)',
  made: (patterns, files, out) => `${patterns}: ${files} files in ${out}; see README.txt`,
  equal: 'equal: as expected.',
  different: (count) => `${count} ${count === 1 ? 'difference' : 'differences'}`,
  compared: (expected, found) => `${expected} documents expected, ${found} found`,
  unread: 'What could not be read',
};

/** What `careplan conformance` says. */
export const CONFORMANCE_WORDS: Readonly<Record<Language, Words>> = { ja, en };
