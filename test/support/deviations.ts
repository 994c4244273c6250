import { decodeFile } from '../../src/codec/index.js';
import { type FileKind, type Layout, type Severity, V4_1 } from '../../src/schema/index.js';
import { joinCells, latin1, ms932, writtenCells } from './damage.js';
import { CLEAN_FILES, DIRTY_FILES } from './samples.js';

/** How sure the reading is: the value is certain; it is read as it stands; or the text is kept in `$raw`. */
export type Certainty = 'repaired' | 'as it stands' | 'kept raw';

/** A way in which files differ from the standard, and a file that shows it. */
export interface Deviation {
  readonly id: string;
  readonly en: string;
  readonly ja: string;
  readonly kind: FileKind;
  readonly name?: string;
  /** The file, one character a byte; UPKIHON_SUB1 and DLTPLAN are short enough to be shown whole. */
  readonly file: string;
  /** What of a longer file is shown. */
  readonly shown?: string;
  readonly records: readonly unknown[];
  /** What is told: one issue, with row and bytes. */
  readonly code: string;
  readonly severity: Severity;
  readonly row?: number;
  readonly range?: readonly [start: number, end: number];
  readonly sure: Certainty;
}

type Row = Readonly<Record<string, unknown>>;

const line = (person: number, version = '202407') => `${version},032026,000126745${person},202511`;
const record = (person: number): Row => ({
  csvVersion: '202407',
  insurerNumber: '032026',
  insuredPersonNumber: `000126745${person}`,
  serviceMonth: '2025-11',
});
const [A, B, C] = [record(1), record(2), record(3)];
const LINE = line(1).length + 2;

const NAMES = ms932('"起床"');
const texts = (person: number, words = NAMES, last = '') => `${line(person).slice(0, -6)}20251101,${words},,${last}`;
const words = (person: number, more: Row = {}): Row => {
  const { serviceMonth, ...others } = record(person);
  return { ...others, consultationDate: '2025-11-01', time: '起床', ...more };
};

type Told = Pick<Deviation, 'code' | 'severity' | 'sure'> & { row?: number; range?: readonly [number, number] };
const warning = (
  code: string,
  row: number | undefined,
  range: readonly [number, number],
  sure: Certainty = 'repaired',
): Told => ({
  code,
  severity: 'warning',
  ...(row === undefined ? {} : { row }),
  range,
  sure,
});
const error = (code: string, row: number, range: readonly [number, number]): Told => ({
  ...warning(code, row, range, 'kept raw'),
  severity: 'error',
});

const deviation =
  (kind: FileKind) =>
  (
    id: string,
    en: string,
    ja: string,
    file: string,
    records: readonly unknown[],
    told: Told,
    more = {},
  ): Deviation => ({
    ...{ id, en, ja, kind, file, records },
    ...told,
    ...more,
  });
const short = deviation('DLTPLAN');
const worded = deviation('UPKIHON_SUB1');

/** A file of one row of a clean sample, with another text in one column. */
function cell(
  kind: FileKind,
  field: string,
  text: string,
  id: string,
  en: string,
  ja: string,
  value: unknown,
  told: Omit<Told, 'range' | 'row'>,
): Deviation {
  const { placed } = V4_1.layouts.find((one) => one.kind === kind) as Layout;
  const column = placed.findIndex(({ name }) => name === field);
  const sample = CLEAN_FILES.find(({ name, bytes }) => {
    const file = decodeFile(bytes, { name });
    return file.kind === kind && file.records.some((one) => field in one);
  });
  const rows = writtenCells(sample?.bytes ?? new Uint8Array());
  const cells = rows.find((one) => one[column] !== '') ?? [];
  const [clean = {}] = decodeFile(joinCells([cells]), { kind }).records as Row[];
  const start = cells.slice(0, column).join(',').length + 1;
  const shown = `${placed[column]?.ja}: ${text}`;
  const { [field]: _, ...others } = clean;
  const read = told.sure === 'kept raw' ? { ...others, $raw: { [field]: value } } : { ...clean, [field]: value };
  const file = latin1(joinCells([cells.with(column, ms932(text))]));
  return {
    id,
    en,
    ja,
    kind,
    file,
    shown,
    records: [read],
    ...told,
    row: 1,
    range: [start, start + ms932(text).length],
  };
}

/** A file of one row of a sample with the csvVersion of another edition than its columns are of. */
function columnsOf(sample: string, version: string, id: string, en: string, ja: string): Deviation {
  const [cells = []] = writtenCells(DIRTY_FILES.get(sample)?.bytes ?? new Uint8Array());
  const [{ csvVersion: _, ...others } = {}] = decodeFile(joinCells([cells]), { kind: 'UPPLAN' }).records as Row[];
  const file = latin1(joinCells([cells.with(0, version)]));
  const records = [{ ...others, $raw: { csvVersion: version } }];
  const shown = `${version}, ... (${cells.length})`;
  return { id, en, ja, kind: 'UPPLAN', file, shown, records, ...error('cell.version', 1, [0, 6]) } as Deviation;
}

/** Every deviation that is read, from the whole file to a single byte. */
export const DEVIATIONS: readonly Deviation[] = [
  short(
    'header',
    'a header row',
    '見出し行',
    `${ms932('CSVバージョン,保険者番号,被保険者番号,削除対象年月')}\r\n${line(1)}\r\n`,
    [A],
    warning('row.header', 1, [0, 52]),
  ),
  short(
    'header-inside',
    'a header row between records',
    'レコードの間の見出し行',
    `${line(1)}\r\n${ms932('CSVバージョン,保険者番号')}\r\n${line(2)}\r\n`,
    [A, B],
    warning('row.header', 2, [LINE, LINE + 26]),
  ),
  short(
    'lf',
    'lines end with LF (told once a file)',
    '改行がLF（ファイルごとに一度）',
    `${line(1)}\n${line(2)}\n`,
    [A, B],
    warning('csv.lineEnd', 1, [0, LINE - 1]),
  ),
  short(
    'cr',
    'lines end with CR (told once a file)',
    '改行がCR（ファイルごとに一度）',
    `${line(1)}\r${line(2)}\r`,
    [A, B],
    warning('csv.lineEnd', 1, [0, LINE - 1]),
  ),
  short(
    'no-final-newline',
    'the last row has no line end',
    '最終行に改行がない',
    `${line(1)}\r\n${line(2)}`,
    [A, B],
    warning('csv.noFinalNewline', 2, [LINE, 2 * LINE - 2]),
  ),
  short(
    'end-mark',
    '0x1A at the end',
    '末尾の0x1A',
    `${line(1)}\r\n\x1a`,
    [A],
    warning('file.endMark', undefined, [LINE, LINE + 1]),
  ),
  short(
    'blank-lines',
    'blank lines (those in succession told once)',
    '空行（連続するものは一度）',
    `${line(1)}\r\n\r\n\r\n${line(2)}\r\n`,
    [A, B],
    warning('csv.blankLine', 2, [LINE, LINE + 4]),
  ),
  short('empty', 'no byte at all', '空のファイル', '', [], {
    code: 'file.empty',
    severity: 'warning',
    sure: 'as it stands',
  }),
  short(
    'quotes-everywhere',
    'quotes around every cell (told once a file)',
    'すべての項目に引用符（ファイルごとに一度）',
    `${line(1).replace(/[^,]+/g, '"$&"')}\r\n`,
    [A],
    warning('csv.quotedCell', 1, [0, LINE + 8]),
  ),
  worded(
    'quotes-nowhere',
    'free text without quotes (told once a file)',
    '文字項目に引用符がない（ファイルごとに一度）',
    `${texts(1, NAMES.slice(1, -1))}\r\n`,
    [words(1)],
    warning('csv.unquotedText', 1, [0, 42]),
  ),
  worded(
    'quotes-around-nothing',
    'quotes around nothing (told once a file)',
    '値のない項目に引用符（ファイルごとに一度）',
    `${texts(1, NAMES, '""')}\r\n`,
    [words(1)],
    warning('csv.quotedCell', 1, [0, 46]),
  ),
  worded(
    'quotes-unbalanced',
    'a quote is not closed',
    '引用符が閉じていない',
    `${texts(1, NAMES.slice(0, -1))}\r\n${texts(2)}\r\n`,
    [words(1, { time: '"起床', $raw: { '#': '202407,032026,0001267451,20251101,"起床,,\r\n' } }), words(2)],
    error('csv.quotes', 1, [0, 43]),
  ),
  short(
    'version-202410',
    'csvVersion 202410 for 202407',
    'CSVバージョンが202410',
    `${line(1, '202410')}\r\n`,
    [A],
    warning('cell.version', 1, [0, 6]),
  ),
  short(
    'version-unknown',
    'a csvVersion that there never was',
    '存在しないCSVバージョン',
    `${line(1)}\r\n${line(2, '202512')}\r\n`,
    [A, { ...record(2), csvVersion: undefined, $raw: { csvVersion: '202512' } }],
    error('cell.version', 2, [LINE, LINE + 6]),
  ),
  short(
    'version-without-table',
    'a csvVersion older than edition 3 (told once a file)',
    '3版より古いCSVバージョン（ファイルごとに一度）',
    `${line(1, '202003')}\r\n`,
    [{ $raw: { '#1': '202003', '#2': '032026', '#3': '0001267451', '#4': '202511' } }],
    error('file.edition', 1, [0, LINE]),
  ),
  short(
    'version-mixed',
    'rows of another edition (told where they begin)',
    '異なる版の行が混在（始まりの行に一度）',
    `${line(1)}\r\n${line(2, '202208')}\r\n${line(3, '202208')}\r\n`,
    [A, { ...B, csvVersion: '202208' }, { ...C, csvVersion: '202208' }],
    warning('row.edition', 2, [LINE, 2 * LINE], 'as it stands'),
  ),
  short(
    'edition-of-name',
    'a name of edition 4.1, content of edition 3',
    '名前は4.1版、内容は3版',
    `${line(1, '202208')}\r\n`,
    [{ ...A, csvVersion: '202208' }],
    warning('file.nameEdition', 1, [0, LINE], 'as it stands'),
    { name: 'DLTPLAN_202511_0370100105_43_0370200210_11_20251126090000.CSV' },
  ),
  columnsOf(
    'edition3',
    '202407',
    'columns-of-edition-3',
    'the 22 columns of edition 3 under 202407',
    '202407で3版の22列',
  ),
  columnsOf(
    'UPPLAN',
    '202208',
    'columns-of-edition-4',
    'the 25 columns of edition 4.1 under 202208',
    '202208で4.1版の25列',
  ),
  short(
    'spaces',
    'spaces around a code',
    'コードの前後の空白',
    `${line(1).replace('032026', ' 032026 ')}\r\n`,
    [A],
    warning('cell.spaces', 1, [7, 15]),
  ),
  short(
    'full-width',
    'full-width digits in a code',
    'コードの全角数字',
    `${line(1).replace('032026', ms932('０３２０２６'))}\r\n`,
    [A],
    warning('cell.fullWidth', 1, [7, 19]),
  ),
  short(
    'cut-off',
    'the file is cut off in a row',
    '行の途中でファイルが切れている',
    `${line(1)}\r\n${line(2).slice(0, 20)}`,
    [A, { csvVersion: '202407', insurerNumber: '032026', $raw: { insuredPersonNumber: '000126' } }],
    error('row.cutOff', 2, [LINE, LINE + 20]),
  ),
  worded(
    'columns-missing',
    'trailing columns are missing',
    '末尾の列が足りない',
    `${texts(1).slice(0, -1)}\r\n`,
    [words(1)],
    warning('row.missingColumns', 1, [0, 43]),
  ),
  short(
    'columns-missing-required',
    'required columns are missing',
    '必須の列が足りない',
    `${line(1).slice(0, -7)}\r\n`,
    [{ ...A, serviceMonth: undefined }],
    { ...error('row.missingColumns', 1, [0, LINE - 7]), sure: 'as it stands' },
  ),
  short(
    'columns-surplus',
    'too many columns',
    '列が多すぎる',
    `${line(1)},x\r\n`,
    [{ ...A, $raw: { '#5': 'x' } }],
    warning('row.surplusColumns', 1, [0, LINE + 2], 'kept raw'),
  ),
  short(
    'columns-surplus-empty',
    'too many columns, without values',
    '値のない余分な列',
    `${line(1)},,\r\n`,
    [A],
    warning('row.surplusColumns', 1, [0, LINE + 2]),
  ),
  short(
    'columns-shifted',
    'a comma too many or too few inside a row',
    '行の途中のコンマの過不足',
    `${line(1).replace(',', ',,')}\r\n${line(2)}\r\n`,
    [{ $raw: { '#': `${line(1).replace(',', ',,')}\r\n` } }, B],
    error('row.unreadable', 1, [0, LINE + 1]),
  ),
  short(
    'no-record',
    'a line that is no record',
    'レコードではない行',
    `${line(1)}\r\n${ms932('以上')}\r\n${line(2)}\r\n`,
    [A, { $raw: { '#': '以上\r\n' } }, B],
    error('row.unreadable', 2, [LINE, LINE + 6]),
  ),
  worded(
    'utf-8',
    'UTF-8 (told once a file, at the first such character)',
    'UTF-8（ファイルごとに一度）',
    `${line(1).slice(0, -6)}20251101,"${latin1(new TextEncoder().encode('起床'))}",,\r\n`,
    [words(1)],
    warning('file.charset', undefined, [35, 38]),
  ),
  worded(
    'utf-8-mark',
    'UTF-8 with a byte order mark',
    'UTF-8（BOM付き）',
    `\xef\xbb\xbf${line(1).slice(0, -6)}20251101,"${latin1(new TextEncoder().encode('起床'))}",,\r\n`,
    [words(1)],
    warning('file.charset', undefined, [0, 3]),
  ),
  worded(
    'mark-before-ms932',
    'a byte order mark before MS932',
    'MS932の先頭のBOM',
    `\xef\xbb\xbf${texts(1)}\r\n`,
    [words(1)],
    warning('file.byteOrderMark', undefined, [0, 3]),
  ),
  worded(
    'nec-selected',
    'a NEC-selected character (EEE0 for 髙)',
    'NEC選定IBM拡張文字（髙がEEE0）',
    `${texts(1, '"\xee\xe0"')}\r\n`,
    [words(1, { time: '髙' })],
    { ...warning('char.necSelected', 1, [35, 37]), severity: 'info' },
  ),
  worded(
    'gaiji',
    'a user-defined character (外字)',
    '外字',
    `${texts(1, '"\xf0\x40"')}\r\n`,
    [words(1, { time: '\ue000' })],
    warning('char.gaiji', 1, [35, 37], 'as it stands'),
  ),
  worded(
    'broken-bytes',
    'bytes that are no character',
    '文字ではないバイト',
    `${texts(1, '"A\x80\xff"')}\r\n`,
    [{ ...words(1), time: undefined, $raw: { time: 'A\ufffd\ufffd' } }],
    error('char.broken', 1, [36, 38]),
  ),
  cell('UPPLAN', 'units', '0244', 'leading-zeros', 'leading zeros in a number', '数値の先頭のゼロ', 244, {
    code: 'cell.leadingZeros',
    severity: 'warning',
    sure: 'repaired',
  }),
  cell('UPSIKYU', 'unitPrice', '10.2', 'decimals', 'other decimals than two', '小数が2桁でない', 10.2, {
    code: 'cell.decimals',
    severity: 'warning',
    sure: 'repaired',
  }),
  cell(
    'UPHOSOKU',
    'postalCode',
    '0200075',
    'postal-code',
    'a postal code without hyphen',
    'ハイフンのない郵便番号',
    '020-0075',
    { code: 'cell.form', severity: 'warning', sure: 'repaired' },
  ),
  cell(
    'UPPLAN',
    'serviceDate',
    '2025/11/02',
    'date-with-slashes',
    'a date with slashes',
    '斜線で区切った日付',
    '2025/11/02',
    { code: 'cell.length', severity: 'error', sure: 'kept raw' },
  ),
  cell('UPPLAN', 'overThirtyDays', '7', 'unknown-code', 'a code that is not in its table', '表にないコード', '7', {
    code: 'cell.code',
    severity: 'error',
    sure: 'kept raw',
  }),
];

/** What people make of names of files; what is read is the name in the middle. */
export const RENAMED: readonly {
  readonly id: string;
  readonly en: string;
  readonly ja: string;
  readonly path: string;
  readonly told: boolean;
}[] = [
  ['copy-number', 'a number of a copy', '複写の番号', 'N (1).CSV', true],
  ['copy-word', 'のコピー', 'のコピー', 'N のコピー.CSV', true],
  ['path', 'a path', 'パス', 'C:\\inbox\\N.CSV', false],
  ['extension', 'letter case of the extension', '拡張子の大文字小文字', 'N.csv', false],
  ['letter-case', 'letter case of the name', '名前の大文字小文字', 'n.CSV', true],
  ['full-width-name', 'full-width digits', '全角数字', 'F.CSV', true],
  ['prefix', 'words before the name', '前に付いた語', '2025年11月分_N.CSV', true],
].map(([id, en, ja, path, told]) => ({ id, en, ja, path, told }) as (typeof RENAMED)[number]);
