import { OFFICE_TYPES, SERVICE_TYPES } from '../../src/schema/index.js';
import { cell, code, link, page, table } from './markdown.js';
import { CODE_TABLES, type NamedTable, pageOf, tableOf, type Use, usesOf } from './tables.js';

const BACK = `${link('All code tables / コード表の一覧', 'README.md')}`;
const yes = (is: boolean): string => (is ? '○' : '');

/** Codes as strings go: an object has those that look like numbers first. */
const byCode = (codes: Readonly<Record<string, string>>) => Object.entries(codes).sort(([a], [b]) => (a < b ? -1 : 1));

/** Where codes are used: the columns by file, number and names. */
const uses = (list: readonly Use[]): string =>
  `## Columns / 使われる項目\n\n${table(
    ['File', 'No.', 'Name', '項目名'],
    list.map(({ layout: { kind }, column: { no, name, ja } }) => [
      link(kind, `../layouts/${kind}.md`),
      String(no),
      code(name),
      cell(ja),
    ]),
  )}`;

export const codePage = (of: NamedTable): string =>
  page(
    `src/schema/codes/${pageOf(of.name).replace('.md', '.ts')}`,
    `# ${code(of.name)} ${cell(of.ja)}`,
    BACK,
    table(
      ['Code', '名称'],
      byCode(of.codes).map(([one, label]) => [code(one), cell(label)]),
    ),
    uses(usesOf((column) => tableOf(column)?.name === of.name)),
  );

export const serviceTypesPage = (): string =>
  page(
    'src/schema/codes/service-type.ts',
    `# ${code('SERVICE_TYPES')} サービス種類コード`,
    BACK,
    'Records of types that are not exchanged (連携) are not sent: section 6 of [standard.md](../standard.md#6-what-goes-into-a-file-for-a-given-receiver). 連携に印のない種類のレコードは送りません。',
    table(
      ['Code', '名称', 'Programme / 給付', 'Exchanged / 連携'],
      SERVICE_TYPES.map(({ code: one, ja, program, exchanged }) => [code(one), cell(ja), program, yes(exchanged)]),
    ),
    uses(usesOf(({ kind }) => kind.type === 'serviceType')),
  );

export const officeTypesPage = (): string =>
  page(
    'src/schema/codes/office-type.ts',
    `# ${code('OFFICE_TYPES')} 事業所の種類`,
    BACK,
    'What offices that write plans go by in file names: section 1 of [standard.md](../standard.md#1-who-sends-what-to-whom). 計画を作成する事業所が、ファイル名で用いるコードです。',
    table(
      ['Code', '名称', 'Note / 備考'],
      OFFICE_TYPES.map(({ code: one, ja, ...rest }) => [
        code(one),
        cell(ja),
        cell('note' in rest ? (rest.note ?? '') : ''),
      ]),
    ),
  );

export const codeIndex = (): string =>
  page(
    'src/schema/codes/',
    '# Code tables / コード表',
    'A code is the official string, leading zeros included; `labelOf(TABLE, code)` gives its label. コードは先頭の0を含む文字列です。名称は `labelOf(TABLE, code)` で得られます。 [Files / ファイル](../layouts/README.md)',
    table(
      ['Table', '名称', 'Codes / 件数'],
      [
        ...CODE_TABLES.map(({ name, ja, codes }) => [name, ja, Object.keys(codes).length] as const),
        ['SERVICE_TYPES', 'サービス種類コード', SERVICE_TYPES.length] as const,
        ['OFFICE_TYPES', '事業所の種類', OFFICE_TYPES.length] as const,
      ].map(([name, ja, count]) => [link(code(name), pageOf(name)), cell(ja), String(count)]),
    ),
  );
