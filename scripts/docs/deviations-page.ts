import { type Certainty, DEVIATIONS, type Deviation, RENAMED } from '../../test/support/deviations.js';
import { cell, code, link, page, table } from './markdown.js';

const SURE: Readonly<Record<Certainty, string>> = {
  repaired: 'certain / 確実',
  'as it stands': 'as it stands / そのまま',
  'kept raw': `kept in ${code('$raw')} / 原文を保持`,
};

/** Bytes as people can read them: what is not ASCII by its two digits. */
const shownBytes = (file: string): string =>
  [...file]
    .map((char) => {
      const byte = char.charCodeAt(0);
      if (char === '\r') return '\\r';
      if (char === '\n') return '\\n';
      return byte >= 0x20 && byte < 0x7f ? char : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

const json = (value: unknown): string => JSON.stringify(value).replace(/[\ue000-\uf8ff\ufffd]/g, escaped);
const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).toUpperCase()}`;
const codeBlock = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;

const told = ({ code: issue, severity, row, range }: Deviation): string =>
  [
    `${code(issue)} ${severity}`,
    row === undefined ? '' : `row ${row}`,
    range === undefined ? '' : `bytes ${range[0]}-${range[1]}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

const vector = (one: Deviation): string =>
  [
    `### ${one.id}`,
    `${cell(one.en)}. ${cell(one.ja)}。${code(one.kind)}`,
    codeBlock([one.shown ?? shownBytes(one.file), ...(one.shown ? [] : one.records.map(json))].join('\n')),
    told(one),
  ].join('\n\n');

/** The page of what is read though it is not as the standard says. */
export const deviationsPage = (): string =>
  page(
    'test/support/deviations.ts',
    '# What arrives, and what is read of it / 届くファイルとその読み方',
    'Every deviation from the standard that the reader takes, each with a vector: bytes, records, and the one issue that is told. The tests run them (`test/codec/deviations.test.ts`), in one piece and as streams. No row is dropped, and no row is harmed by the damage of another (`test/codec/damages.test.ts`).',
    '標準仕様と異なるファイルをどう読むかの一覧です。例のバイト列・レコード・指摘はテストで確かめています。行は失われず、ある行の破損がほかの行に及ぶこともありません。',
    table(
      ['What arrives', '届くもの', 'Told / 指摘', 'Severity', 'How sure / 確かさ', 'Vector'],
      DEVIATIONS.map((one) => [
        cell(one.en),
        cell(one.ja),
        code(one.code),
        one.severity,
        SURE[one.sure],
        link(one.id, `#${one.id}`),
      ]),
    ),
    '## Names of files / ファイル名',
    'The name of the standard is looked for inside what people made of it. 標準のファイル名を、変更された名前の中から探します。',
    table(
      ['What was done', '変更', 'Example (N: the name)', 'Told / 指摘'],
      RENAMED.map(({ en, ja, path, told }) => [cell(en), cell(ja), code(path), told ? code('name.renamed') : '']),
    ),
    '## What is refused / 読まないもの',
    'UTF-16 and EUC-JP (`file.refused`), and files of which neither name nor caller tells the kind (`file.kind`): a guess would lose data. UTF-16・EUC-JP と、種類の分からないファイルは読みません。',
    '## Vectors / 例',
    'The bytes of the file (`\\xNN`: a byte that is not ASCII), the records, and what is told. Where a cell of a longer row is meant, only the cell is shown. ファイルのバイト列（`\\xNN` はASCII以外）、レコード、指摘の順です。',
    ...DEVIATIONS.map(vector),
  );
