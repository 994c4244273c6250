import type { Profile, Severity } from '../index.js';
import type { Language } from './io.js';

interface Words {
  readonly verdict: Readonly<Record<Profile, Readonly<Record<Severity | 'clean' | 'nothing', string>>>>;
  readonly profile: string;
  readonly profiles: Readonly<Record<Profile, string>>;
  first(code: string, column: string | undefined): string;
  readonly hidden: string;
  readonly problems: string;
  readonly details: string;
  readonly serial: string;
  readonly alone: string;
  readonly fileHead: readonly string[];
  count(count: number): string;
  rows(rows: readonly number[]): string;
  explain(code: string): string;
  readonly all: string;
}

const ja: Words = {
  verdict: {
    strict: {
      error: 'エラーがあります。このままでは送れません。',
      warning: 'エラーはありません。警告をご確認ください。',
      info: '問題はありません（お知らせがあります）。',
      clean: '問題はありません。',
      nothing: 'ケアプランデータ連携のファイルはありません。',
    },
    tolerant: {
      error: 'エラーがあります。取り込む前に送信元にご確認ください。',
      warning: '標準仕様と違うところがありますが、エラーはありません。',
      info: '問題はありません（お知らせがあります）。',
      clean: '問題はありません。',
      nothing: 'ケアプランデータ連携のファイルはありません。',
    },
  },
  profile: '検査の基準',
  profiles: { strict: '送信前（strict）', tolerant: '受信（tolerant）' },
  first: (code, column) => `まず ${code}${column === undefined ? '' : `（${column}）`} から直してください。`,
  hidden: 'エラーのある箇所に関わる規則は検査していないため、直すと別の指摘が出ることがあります。',
  problems: '指摘（直す順）',
  details: '送信単位ごとの詳細',
  serial: '連番',
  alone: 'このファイルだけを検査しました（一緒に送るファイルの有無は見ていません）。',
  fileHead: ['種類', '名称', 'レコード', 'パス', ''],
  count: (count) => `${count}件`,
  rows: (rows) => `${rows.join('、')}行目`,
  explain: (code) => `規則の説明: careplan check --explain ${code}`,
  all: 'すべての箇所: --format json',
};

const en: Words = {
  verdict: {
    strict: {
      error: 'There are errors. These files are not to be sent as they are.',
      warning: 'There are no errors. Look at the warnings.',
      info: 'Nothing is wrong; there are notes.',
      clean: 'Nothing is wrong.',
      nothing: 'There are no files of the care plan exchange.',
    },
    tolerant: {
      error: 'There are errors. Ask the sender before you take the files.',
      warning: 'Some things depart from the standard; there are no errors.',
      info: 'Nothing is wrong; there are notes.',
      clean: 'Nothing is wrong.',
      nothing: 'There are no files of the care plan exchange.',
    },
  },
  profile: 'profile',
  profiles: { strict: 'strict (before sending)', tolerant: 'tolerant (received files)' },
  first: (code, column) => `Begin with ${code}${column === undefined ? '' : ` (${column})`}.`,
  hidden: 'Rules that need what is in error did not run: others may show once it is mended.',
  problems: 'Findings, in the order in which to mend them',
  details: 'Details of each transmission',
  serial: 'serial',
  alone: 'Only this file was checked; what travels with it was not looked for.',
  fileHead: ['kind', 'name', 'records', 'path', ''],
  count: (count) => (count === 1 ? 'once' : `${count} times`),
  rows: (rows) => `${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}`,
  explain: (code) => `What a rule is about: careplan check --explain ${code}`,
  all: 'Every place: --format json',
};

export const CHECK_WORDS: Readonly<Record<Language, Words>> = { ja, en };
