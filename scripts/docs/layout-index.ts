import { V4_1 } from '../../src/schema/index.js';
import { cell, code, link, page, table } from './markdown.js';
import { LAYOUTS } from './tables.js';

const MEANINGS: readonly (readonly [string, string, string])[] = [
  ['No.', 'the number of the column in the file, from 1', 'ファイルの中の項目番号（1から）'],
  ['Name', 'the name in a record, in TypeScript and in JSON', 'レコードでの名前（TypeScript・JSON）'],
  ['項目名', 'the exact Japanese name in the standard', '標準仕様の項目名'],
  [
    '● 必要',
    '● required: never empty in a written file. 必要: a second mark of the preventive tables; absence is a warning',
    '●は必須で、書き出すファイルでは空にできません。必要は介護予防の表にある印で、空なら警告します',
  ],
  ['†', 'empty on reading is a warning only', '読み取りで空のときは警告だけにします'],
  [
    '‡',
    'reconstructed where the published table is unclear (the order of columns is certain, the mark or the length is not)',
    '公表された表が不明瞭なため再構成した項目です（並び順は確かで、必須の印または桁数が推定）',
  ],
  [
    'Type',
    'the kind of cell and its length in characters. `text` stands in quotes when filled, all else bare',
    '項目の種類と文字数。`text` は値があれば引用符で囲み、ほかは囲みません',
  ],
  [
    'Form / 形式',
    'what stands in the file. Dates, months and times are `2025-11-01`, `2025-11`, `13:00` in a record, numbers are numbers',
    'ファイルでの表記。レコードでは日付・年月・時刻は `2025-11-01`・`2025-11`・`13:00`、数は数値です',
  ],
  ['§', 'the section of [standard.md](../standard.md)', '[standard.md](../standard.md) の節'],
];

/** The heading under which the page tells how to read a table. */
export const LEGEND = 'Columns of the tables / 表の見方';

/** The page of all layouts, and of how to read theirs. */
export const layoutIndex = (): string =>
  page(
    'src/schema/editions/v4-1/',
    '# The files of the standard / 標準仕様のファイル',
    `Edition ${V4_1.id}, csvVersion ${V4_1.csvVersion}: ${LAYOUTS.length} files, ${LAYOUTS.flatMap(({ placed }) => placed).length} columns, from the same tables that read and write them. ` +
      `標準仕様 ${V4_1.id} 版（CSVバージョン ${V4_1.csvVersion}）の${LAYOUTS.length}ファイル。読み書きに使う表そのものから作ったページです。`,
    `The command prints them too: ${code('careplan layouts [KIND] [--json | --json-schema]')}. [Code tables / コード表](../codes/README.md)`,
    table(
      ['File', '名称', 'Columns / 項目数', 'Note / 備考'],
      LAYOUTS.map(({ kind, ja, placed, note }) => [
        link(kind, `${kind}.md`),
        cell(ja),
        String(placed.length),
        cell(note ?? ''),
      ]),
    ),
    `## ${LEGEND}`,
    table(['', '', ''], MEANINGS),
  );
