import { formatFileName } from '../../src/codec/file-name.js';
import { type FileKind, type Layout, type PlacedColumn, V4_1 } from '../../src/schema/index.js';
import { en } from '../../src/schema/messages/en.js';
import { ja } from '../../src/schema/messages/ja.js';
import { LEGEND } from './layout-index.js';
import { anchor, both, cell, code, link, page, table } from './markdown.js';
import { section } from './standard.js';
import { LAYOUTS, pageOf, tableOf } from './tables.js';

/** Invented offices: one that plans, one that serves. */
const PLANNER = { officeNumber: '0370100105', serviceType: '43' };
const SERVICE = { officeNumber: '0370200210', serviceType: '11' };
const SERIAL = '20251125200208';

const SENDERS = {
  planner: both(
    'the side that plans (care management, preventive support)',
    '計画を作成する側（居宅介護支援・介護予防支援）',
  ),
  service: both('service offices, to the side that plans', 'サービス事業所から、計画を作成する側へ'),
};

const linkTo = ({ kind }: { kind: string }): string => link(kind, `${kind}.md`);
const links = (layouts: readonly Layout[]): string => layouts.map(linkTo).join(', ');
const layoutsOf = (kinds: readonly string[]): Layout[] => LAYOUTS.filter(({ kind }) => kinds.includes(kind));

/** The files that may travel with those of a layout (section 1). */
function companions(layout: Layout): Layout[] {
  const groups = new Set([layout.group, ...layoutsOf(layout.accompanies ?? []).map(({ group }) => group)]);
  const heads = LAYOUTS.filter(({ group }) => groups.has(group)).map(({ kind }) => kind);
  const isWith = (other: Layout) =>
    heads.includes(other.kind) || other.accompanies?.some((kind) => heads.includes(kind));
  return LAYOUTS.filter((other) => other.kind !== layout.kind && isWith(other));
}

/** Columns by number and Japanese name; `prefix` tells of which only the first characters count. */
const columnList = ({ placed, unitKeyPrefix }: Layout, names: readonly string[], isUnit: boolean): string =>
  names
    .map((name) => placed.find((column) => column.name === name) as PlacedColumn)
    .map(({ no, name, ja: japanese }) => {
      const count = isUnit ? unitKeyPrefix?.[name] : undefined;
      const prefix = count === undefined ? '' : ` (first ${count} characters / 先頭${count}文字)`;
      return `${no} ${cell(japanese)}${prefix}`;
    })
    .join('<br>');

export const exampleName = ({ kind, monthInName, sentBy }: Layout): string =>
  formatFileName({
    kind: kind as FileKind,
    ...(sentBy === 'service' ? { from: SERVICE, to: PLANNER } : { from: PLANNER, to: SERVICE }),
    ...(monthInName ? { month: '2025-11' } : {}),
    serial: SERIAL,
  });

function monthInName({ monthInName, monthMarker }: Layout): string {
  if (!monthInName) return both('no', 'なし');
  return monthMarker === undefined
    ? both('yes, the service month', 'あり（対象年月）')
    : both(`yes, the service month or ${monthMarker}`, `あり（対象年月または ${monthMarker}）`);
}

/** The images that the rows of a file name. */
const images = ({ placed }: Layout): string =>
  V4_1.images
    .flatMap((image) => placed.filter(({ name }) => name === image.namedIn).map((column) => ({ ...image, column })))
    .map(
      ({ kind, ja: japanese, extension, column: { no, ja: named } }) =>
        `${code(`${kind}_*.${extension}`)} ${cell(japanese)}: ${no} ${cell(named)}`,
    )
    .join('<br>');

/** What is true of the file as a whole, a line each. */
function facts(layout: Layout): string {
  const { kind, headedBy, accompanies, withdraws } = layout;
  const lines: [string, string, string][] = [
    ['Columns', '項目数', String(layout.placed.length)],
    ['File name, for example', 'ファイル名の例', code(exampleName(layout))],
    ['Month in the name', 'ファイル名の年月', monthInName(layout)],
    ['Who sends it', '送信元', `${SENDERS[layout.sentBy ?? 'planner']} (§ ${section('1')})`],
    ['Travels with', '一緒に送るファイル', links(companions(layout)) || both('nothing', 'なし')],
    ['Image', '画像', images(layout)],
    ['Belongs to the rows of', '従属先', links(layoutsOf([headedBy ?? '']))],
    ['Accompanies', '付属先', links(layoutsOf(accompanies ?? []))],
    ['Has subordinate rows in', '従属するファイル', links(LAYOUTS.filter((other) => other.headedBy === kind))],
    ['Withdraws', '取り下げるファイル', links(layoutsOf([withdraws ?? '']))],
    ['Is withdrawn by', '取り下げに使うファイル', links(LAYOUTS.filter((other) => other.withdraws === kind))],
    [
      'Replaces what is equal in',
      '置き換えの単位（これらが等しいものを置き換える）',
      columnList(layout, layout.unitKey, true),
    ],
    [
      'Unique in a file',
      'ファイル内で重複しない項目の組',
      layout.rowKey === null ? both('no columns are', 'なし') : columnList(layout, layout.rowKey, false),
    ],
    ['Section of the standard', '標準仕様の節', section(layout.section)],
    ['Note', '備考', cell(layout.note ?? '')],
    ['JSON Schema of a record', 'レコードのJSON Schema', link(`${kind}.json`, `../schemas/${kind}.json`)],
  ];
  return table(
    ['', ''],
    lines.filter(([, , value]) => value !== '').map(([english, japanese, value]) => [both(english, japanese), value]),
  );
}

/** ● required, 必要 needed, with what else is to be known of the mark. */
function marks({ required, needed, emptyOnReading, confidence }: PlacedColumn): string {
  const mark = [required ? '●' : '', needed ? '必要' : ''].filter((one) => one !== '').join(' ');
  return `${mark}${emptyOnReading === undefined ? '' : ' †'}${confidence === undefined ? '' : ' ‡'}`.trim();
}

/** The code list of a column: its page and what the codes mean. */
function codes(column: PlacedColumn): string {
  if (column.kind.type === 'serviceType') return link('SERVICE\\_TYPES', `../codes/${pageOf('SERVICE_TYPES')}`);
  const of = tableOf(column);
  return of === undefined ? '' : link(cell(of.name), `../codes/${pageOf(of.name)}`);
}

const type = ({ kind: { type, length } }: PlacedColumn): string => code(length === null ? type : `${type}(${length})`);

const columns = ({ placed }: Layout): string =>
  table(
    ['No.', 'Name', '項目名', '●', 'Type', 'Form / 形式', 'Codes / コード表', '§', 'Note / 備考'],
    placed.map((column) => [
      String(column.no),
      code(column.name),
      cell(column.ja),
      marks(column),
      type(column),
      both(en.kinds[column.kind.type](column.kind), ja.kinds[column.kind.type](column.kind)),
      codes(column),
      section(column.section),
      cell(column.note ?? ''),
    ]),
  );

export const layoutPage = (layout: Layout): string =>
  page(
    `src/schema/editions/v4-1/${layout.kind}.ts`,
    `# ${layout.kind} ${cell(layout.ja)}`,
    `${link('All files / すべてのファイル', 'README.md')} · ${link('How to read the table / 表の見方', `README.md#${anchor(LEGEND)}`)}`,
    facts(layout),
    columns(layout),
  );
