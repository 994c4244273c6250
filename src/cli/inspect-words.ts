import type { Severity } from '../index.js';
import type { Language } from './io.js';

interface Words {
  readonly verdict: Readonly<Record<Severity | 'clean' | 'nothing', string>>;
  readonly counts: Readonly<
    Record<'transmissions' | 'files' | 'images' | 'records' | 'persons' | Severity | 'notOurs', string>
  >;
  readonly transmissions: string;
  readonly transmissionHead: readonly string[];
  readonly fileHead: readonly string[];
  readonly personHead: readonly string[];
  readonly problems: string;
  readonly notOurs: string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly clean: string;
  readonly incomplete: string;
  readonly image: string;
  times(count: number, files: number): string;
  place(place: Readonly<Record<'file' | 'path', string | undefined>> & { readonly row: number | undefined }): string;
  more(count: number): string;
  /** What a transmission is, by the groups of the standard's files. */
  readonly groups: Readonly<Record<string, string>>;
}

const ja: Words = {
  verdict: {
    error: 'エラーがあります。「指摘」をご覧のうえ、取り込む前に送信元にご確認ください。',
    warning: '規格と違うところがありますが、読み取れました。「指摘」をご覧ください。',
    info: '問題はありません（お知らせがあります）。',
    clean: '問題はありません。',
    nothing: 'ケアプランデータ連携のファイルはありません。',
  },
  counts: {
    transmissions: '送信単位',
    files: 'ファイル',
    images: '画像',
    records: 'レコード',
    persons: '利用者',
    error: 'エラー',
    warning: '警告',
    info: 'お知らせ',
    notOurs: '対象外のファイル',
  },
  transmissions: '送信単位（連番の順）',
  transmissionHead: ['', '日時', '送信元', '送信先', '内容', '利用者', 'レコード', '状態'],
  fileHead: ['種類', '名称', '利用者', 'レコード', 'パス', ''],
  personHead: ['被保険者番号', '保険者番号', '氏名'],
  problems: '指摘',
  notOurs: '連携の対象ではないファイル（読んでいません）',
  severity: { error: 'エラー', warning: '警告', info: 'お知らせ' },
  clean: '問題なし',
  incomplete: '読み取れない項目あり',
  image: '画像',
  times: (count, files) => (count === 1 ? '（1件）' : `（${count}件、${files}ファイル）`),
  place: ({ file, row, path }) =>
    [file, row === undefined ? undefined : `${row}行目`, path].filter((one) => one !== undefined).join(' '),
  more: (count) => `ほか ${count}件`,
  groups: {
    plan: '居宅サービス計画',
    slip: 'サービス利用票',
    both: '利用者補足情報',
    actuals: '実績',
    basic: '利用者基本情報',
    preventive: '介護予防サービス・支援計画',
    'plan-delete': '居宅サービス計画の削除',
    'slip-delete': 'サービス利用票の削除',
    'actuals-delete': '実績の削除',
    'basic-delete': '利用者基本情報の削除',
    'preventive-delete': '介護予防サービス・支援計画の削除',
  },
};

const en: Words = {
  verdict: {
    error: 'There are errors. See "Findings", and ask the sender before you take the files.',
    warning: 'Some things depart from the standard; all was read. See "Findings".',
    info: 'Nothing is wrong; there are notes.',
    clean: 'Nothing is wrong.',
    nothing: 'There are no files of the care plan exchange.',
  },
  counts: {
    transmissions: 'transmissions',
    files: 'files',
    images: 'images',
    records: 'records',
    persons: 'persons',
    error: 'errors',
    warning: 'warnings',
    info: 'notes',
    notOurs: 'other files',
  },
  transmissions: 'Transmissions, in the order of their serials',
  transmissionHead: ['', 'when', 'from', 'to', 'what', 'persons', 'records', 'state'],
  fileHead: ['kind', 'name', 'persons', 'records', 'path', ''],
  personHead: ['insured number', 'insurer', 'name'],
  problems: 'Findings',
  notOurs: 'Files that are not of the exchange (not read)',
  severity: { error: 'error', warning: 'warning', info: 'note' },
  clean: 'clean',
  incomplete: 'not all could be read',
  image: 'image',
  times: (count, files) =>
    count === 1 ? ' (once)' : ` (${count} times in ${files} ${files === 1 ? 'file' : 'files'})`,
  place: ({ file, row, path }) =>
    [file, row === undefined ? undefined : `row ${row}`, path].filter((one) => one !== undefined).join(', '),
  more: (count) => `and ${count} more`,
  groups: {
    plan: 'care plan (居宅サービス計画)',
    slip: 'usage slip (サービス利用票)',
    both: 'supplement (利用者補足情報)',
    actuals: 'actuals (実績)',
    basic: 'basic information (利用者基本情報)',
    preventive: 'preventive plan (介護予防サービス・支援計画)',
    'plan-delete': 'withdrawal of a care plan (居宅サービス計画の削除)',
    'slip-delete': 'withdrawal of a slip (サービス利用票の削除)',
    'actuals-delete': 'withdrawal of actuals (実績の削除)',
    'basic-delete': 'withdrawal of basic information (利用者基本情報の削除)',
    'preventive-delete': 'withdrawal of a preventive plan (介護予防サービス・支援計画の削除)',
  },
};

export const WORDS: Readonly<Record<Language, Words>> = { ja, en };
