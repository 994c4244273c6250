import { DOCUMENT_LISTS } from '../../schema/internal.js';
import { patternFiles, type TestPattern } from '../pattern.js';
import { addressText } from '../print/forms.js';
import type { NumberedSample } from './make.js';
import type { Both, SampleTransmission } from './set.js';

type Language = keyof Both;

const WORDS = {
  ja: {
    title: ({ id, ja }: TestPattern) => `${id} ${ja} — 取込テスト用の送信データ`,
    about: [
      '利用者・事業所・コード・単位数はすべて架空です。何度作っても同じ内容になります。',
      '',
      'files/NN/         一つの送信単位のファイル。番号の順に取り込んでください（訂正と取り下げは順序が大切です）。',
      'expected/NN.json  取り込んだ結果の内容（careplan import の出力と同じ形）',
      'expected/NN.txt   同じ内容を帳票の形にしたもの。画面や紙の帳票と見比べてください。',
      'expected/all.json 全部をまとめたもの',
      '',
      '自社ソフトから書き出したファイルとの比較:',
      '  careplan conformance --compare expected/NN.json 書き出したフォルダー',
    ],
    files: 'このパターンのファイル',
    roles: {
      head: '必須',
      part: '必須',
      list: '行があるときだけ',
      withdrawal: '任意（取り下げ）',
      image: '任意（画像）',
    },
    transmissions: '送信単位',
    persons: '利用者と見どころ',
    midnight:
      '日をまたぐサービスには、検査（careplan check）が「終了時刻が開始時刻より前」という警告を出します。ここでは正しい値です。',
  },
  en: {
    title: ({ id, en }: TestPattern) => `${id} ${en}: transmissions to import`,
    about: [
      'Persons, offices, codes and units are invented. The set is the same each time it is made.',
      '',
      'files/NN/         the files of one transmission; import them in the order of the numbers (corrections and withdrawals)',
      'expected/NN.json  what they hold, as "careplan import" prints it',
      'expected/NN.txt   the same as the forms show it (Japanese), to compare with a screen or with paper',
      'expected/all.json all of them',
      '',
      'To compare with what your software writes:',
      '  careplan conformance --compare expected/NN.json EXPORTED',
    ],
    files: 'Files of this pattern',
    roles: {
      head: 'obligatory',
      part: 'obligatory',
      list: 'where there are rows',
      withdrawal: 'optional (withdrawal)',
      image: 'optional (image)',
    },
    transmissions: 'Transmissions',
    persons: 'Persons, and what there is to see',
    midnight:
      'Of services across midnight the checker (careplan check) warns that the end is before the start. Here it is right.',
  },
} as const;

/** README.txt of a sample set: Japanese, then English. */
export function readmeLines(
  pattern: TestPattern,
  samples: readonly NumberedSample[],
  cases: ReadonlyMap<string, Both>,
): string[] {
  const of = (language: Language) => section(pattern, samples, cases, language);
  return [...of('ja'), '', '-'.repeat(80), '', ...of('en')];
}

function section(
  pattern: TestPattern,
  samples: readonly NumberedSample[],
  cases: ReadonlyMap<string, Both>,
  language: Language,
): string[] {
  const words = WORDS[language];
  const all = samples.flatMap(({ number, sample }) => personsOf(sample).map((person) => ({ number, person })));
  const persons = [...cases].map(([person, what]) => {
    const numbers = all.filter((one) => one.person === person).map(({ number }) => number);
    return `  ${person}  ${numbers.join(', ')}\r\n      ${what[language]}`;
  });
  const crosses = samples.some(({ sample }) => crossesMidnight(sample));
  return [
    words.title(pattern),
    '',
    ...words.about,
    '',
    `${words.files}:`,
    ...patternFiles(pattern).map(({ kind, ja, role }) => `  ${kind}  ${ja}  ${words.roles[role]}`),
    '',
    `${words.transmissions}:`,
    ...samples.map(({ number, sample, files }) => {
      const { serial, from, to, what } = sample;
      const kinds = files.map(({ path }) => path.slice(0, path.search(/_[0-9]/)));
      const sides = `${addressText(from)} -> ${addressText(to)}`;
      return `  ${number}  ${serial}  ${sides}\r\n      ${what[language]}  [${kinds.join(' ')}]`;
    }),
    '',
    `${words.persons}:`,
    ...persons,
    ...(crosses ? ['', words.midnight] : []),
  ];
}

const personsOf = ({ documents }: SampleTransmission): string[] => [
  ...new Set(
    DOCUMENT_LISTS.flatMap((list) =>
      (documents[list] ?? []).map((one) => one.serviceUser.insuredPersonNumber as string),
    ),
  ),
];

const crossesMidnight = ({ documents: { usageSlips = [], actuals = [] } }: SampleTransmission): boolean =>
  [...usageSlips, ...actuals].some(({ lines }) => lines.some(({ startTime, endTime }) => endTime < startTime));
