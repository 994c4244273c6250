import { layoutOf, type NamedBytes, parseFileName } from '../../src/codec/index.js';
import type { FileKind, Layout, PlacedColumn } from '../../src/schema/index.js';
import { bytesOf, ms932, writtenCells } from './damage.js';

/** A file of a transmission that is to be damaged: its cells as they are written, one character a byte. */
interface Sheet {
  readonly path: string;
  readonly layout: Layout;
  readonly rows: readonly (readonly string[])[];
}

export interface Site {
  readonly sheets: readonly Sheet[];
  readonly images: readonly NamedBytes[];
  /** A number from 0, below another. */
  readonly random: (below: number) => number;
}

/** A damaged transmission, and where something is to be said of it. */
export interface Mutated {
  readonly files: readonly NamedBytes[];
  readonly at: { readonly path?: string; readonly row?: number; readonly column?: number };
}

/** Damages a transmission at a random place; undefined where there is none for it. */
export type Mutation = (site: Site) => Mutated | undefined;

export const siteOf = (files: readonly NamedBytes[], random: (below: number) => number): Site => {
  const kinds = files.map((file) => ({
    file,
    layout: layoutOf((parseFileName(file.path).name?.kind ?? '') as FileKind),
  }));
  return {
    sheets: kinds.flatMap(({ file, layout }) =>
      layout ? [{ path: file.path, layout, rows: writtenCells(file.bytes) }] : [],
    ),
    images: kinds.flatMap(({ file, layout }) => (layout ? [] : [file])),
    random,
  };
};

const line = (cells: readonly string[]) => `${cells.join(',')}\r\n`;
const fileOf = ({ path, rows }: Sheet): NamedBytes => ({ path, bytes: bytesOf(rows.map(line).join('')) });
const pick = <T>({ random }: Site, list: readonly T[]): T | undefined => list[random(list.length)];

/** The transmission with another file in the place of a sheet; none where that is undefined. */
const withFile = ({ sheets, images }: Site, sheet: Sheet | undefined, file: NamedBytes | undefined): NamedBytes[] => [
  ...sheets.flatMap((one) => (one === sheet ? (file ?? []) : fileOf(one))),
  ...images,
];
const withRows = (site: Site, sheet: Sheet, rows: Sheet['rows']) => withFile(site, sheet, fileOf({ ...sheet, rows }));

interface Row {
  readonly layout: Layout;
  readonly cells: readonly string[];
  /** The text of a column by its name; undefined where the layout has none. */
  get(name: string): string | undefined;
}

const rowOf = (layout: Layout, cells: readonly string[]): Row => ({
  layout,
  cells,
  get: (name) => cells[(layout.placed.find((one) => one.name === name)?.no ?? 0) - 1],
});

/** Some rows of one file, changed; `at` the first of them. */
const inRows =
  (
    change: (row: Row, site: Site) => Readonly<Record<string, string>> | undefined,
    column?: (changed: string[]) => string,
  ): Mutation =>
  (site) => {
    const choices = site.sheets.flatMap((sheet) =>
      sheet.rows.flatMap((cells, r) => {
        const row = rowOf(sheet.layout, cells);
        const changes = change(row, site);
        if (!changes) return [];
        const numbers = Object.entries(changes).map(([name, text]) => {
          const no = sheet.layout.placed.find((one) => one.name === name)?.no;
          return no === undefined ? undefined : ([no, text] as const);
        });
        return numbers.includes(undefined)
          ? []
          : [{ sheet, r, changes, numbers: numbers as (readonly [number, string])[] }];
      }),
    );
    const choice = pick(site, choices);
    if (!choice) return undefined;
    const { sheet, r, changes, numbers } = choice;
    const rows = sheet.rows.map((cells, i) =>
      i === r ? numbers.reduce((all, [no, text]) => all.with(no - 1, text), cells as string[]) : cells,
    );
    const told = column?.(Object.keys(changes)) ?? Object.keys(changes)[0];
    const no = sheet.layout.placed.find((one) => one.name === told)?.no;
    return { files: withRows(site, sheet, rows), at: { path: sheet.path, row: r + 1, ...(no ? { column: no } : {}) } };
  };

/** A cell of a column, with another text; no change where that is undefined. */
const inCell =
  (change: (text: string, column: PlacedColumn, row: Row) => string | undefined): Mutation =>
  (site) => {
    const choices = site.sheets.flatMap((sheet) =>
      sheet.rows.flatMap((cells, r) =>
        sheet.layout.placed.flatMap((column) => {
          const old = cells[column.no - 1] ?? '';
          const text = change(old, column, rowOf(sheet.layout, cells));
          return text === undefined || text === old ? [] : [{ sheet, r, column, text }];
        }),
      ),
    );
    const choice = pick(site, choices);
    if (!choice) return undefined;
    const { sheet, r, column, text } = choice;
    const rows = sheet.rows.map((cells, i) => (i === r ? (cells as string[]).with(column.no - 1, text) : cells));
    return { files: withRows(site, sheet, rows), at: { path: sheet.path, row: r + 1, column: column.no } };
  };

const filled = (type: string, change: (text: string, column: PlacedColumn) => string | undefined) =>
  inCell((text, column) => (column.kind.type === type && text !== '' ? change(text, column) : undefined));
const quoted = (text: string) => text.startsWith('"');
const lengthOf = ({ kind }: PlacedColumn) => kind.length ?? 0;

/** The row as a text, changed; told in that row. */
const asText =
  (change: (text: string, row: Row) => string | undefined): Mutation =>
  (site) => {
    const choices = site.sheets.flatMap((sheet) =>
      sheet.rows.flatMap((cells, r) => {
        const text = change(cells.join(','), rowOf(sheet.layout, cells));
        return text === undefined ? [] : [{ sheet, r, text }];
      }),
    );
    const choice = pick(site, choices);
    if (!choice) return undefined;
    const { sheet, r, text } = choice;
    const all = sheet.rows.map((cells, i) => (i === r ? `${text}${text.endsWith('\n') ? '' : '\r\n'}` : line(cells)));
    return {
      files: withFile(site, sheet, { path: sheet.path, bytes: bytesOf(all.join('')) }),
      at: { path: sheet.path, row: r + 1 },
    };
  };

/** A file of which something is done as a whole. */
const inFile =
  (change: (sheet: Sheet, site: Site) => { files: readonly NamedBytes[]; at: Mutated['at'] } | undefined): Mutation =>
  (site) =>
    pick(
      site,
      site.sheets.flatMap((sheet) => change(sheet, site) ?? []),
    );

const hasTime = (row: Row) => row.get('serviceDate') !== undefined && row.get('startTime') !== '9999';
const isRental = (row: Row) => /^(17|67)/.test(row.get('serviceCode') ?? '');
const isDetail = (row: Row) => !/^(..(AAAA|EEEE|ZZZZ)|999999)$/.test(row.get('serviceCode') ?? '');
const isSheet6 = (row: Row) => row.get('serviceDate') !== undefined;

/** The transmission without a row of a file that has others. */
function withoutRow(isMeant: (row: Row) => boolean): Mutation {
  return inFile((sheet, site) => {
    const meant = sheet.rows.flatMap((cells, r) => (isMeant(rowOf(sheet.layout, cells)) ? [r] : []));
    const r = pick(site, meant);
    if (r === undefined || sheet.rows.length < 2) return undefined;
    return {
      files: withRows(
        site,
        sheet,
        sheet.rows.filter((_, i) => i !== r),
      ),
      at: {},
    };
  });
}

const columnOf = ({ layout }: Sheet, name: string | undefined) => layout.placed.find((one) => one.name === name)?.no;
const keyOf = ({ layout }: Sheet, cells: readonly string[] = []) =>
  layout.unitKey.map((name) => rowOf(layout, cells).get(name)).join(' ');

/** What can be wrong with a transmission, each done at a random place of it. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  // cells
  'a required cell is emptied': inCell((_, { required }) => (required ? '' : undefined)),
  'a date is no day of the calendar': filled('date', (text) =>
    text === '00000000' ? undefined : `${text.slice(0, 4)}0231`,
  ),
  'a date has slashes': filled('date', (text) =>
    text === '00000000' ? undefined : `${text.slice(0, 4)}/${text.slice(4, 6)}/${text.slice(6)}`,
  ),
  'a month is the 13th': filled('month', (text) => (text === '000000' ? undefined : `${text.slice(0, 4)}13`)),
  'a time is after midnight as 24 hours': filled('time', () => '2430'),
  'a time has a colon': filled('time', (text) => `${text.slice(0, 2)}:${text.slice(2)}`),
  'a code is not in its table': filled('code', (_, { kind }) =>
    '98' in (kind.codes ?? {}) ? undefined : '98'.slice(0, lengthOf({ kind } as PlacedColumn) || 2),
  ),
  'digits are one too few': filled('digits', (text) => text.slice(1)),
  'a digit is a letter': filled('digits', (text) => `O${text.slice(1)}`),
  'an insured number begins with another letter than H': filled('insured', (text) => `G${text.slice(1)}`),
  'an office number has 9 characters': filled('office', (text) => text.slice(1)),
  'a service code is in small letters': filled('serviceCode', (text) => `${text.slice(0, 2)}a${text.slice(3)}`),
  'a TAIS code lacks its hyphen': filled('tais', (text) => text.replace('-', '0')),
  'the flags of days hold another sign than 0 and 1': filled('flags31', (text) => `2${text.slice(1)}`),
  'the flags of days are 30': filled('flags31', (text) => text.slice(1)),
  'a postal code is text': filled('postal', () => '02O-0O23'),
  'a number is negative': filled('int', (text) => `-${text}`),
  'a number has a fraction': filled('int', (text) => `${text}.5`),
  'a number is too long': inCell((text, column) =>
    column.kind.type === 'int' && column.kind.length !== null && text !== ''
      ? '9'.repeat(lengthOf(column) + 1)
      : undefined,
  ),
  'a price has no decimals': filled('decimal', (text) => text.replace(/\..*/, '')),
  'a text is too long': inCell((text, column) =>
    quoted(text) && lengthOf(column) > 0 ? `"${'a'.repeat(lengthOf(column) + 1)}"` : undefined,
  ),
  'an unused column is filled': inCell((_, { kind }) => (kind.type === 'unused' ? '1' : undefined)),
  'the csvVersion is unknown': inCell((_, { name }) => (name === 'csvVersion' ? '202408' : undefined)),
  'a cell has spaces around it': inCell((text, { kind }) =>
    ['digits', 'office', 'date', 'code'].includes(kind.type) && text !== '' ? ` ${text}` : undefined,
  ),
  'digits are full-width': filled('digits', (text) => ms932('０') + text.slice(1)),
  'a text holds a user-defined character': inCell((text) => (quoted(text) ? '"\xf0\x40"' : undefined)),
  'a text holds bytes that are no character': inCell((text) => (quoted(text) ? '"\xff"' : undefined)),
  // rows
  'a row lacks its last required columns': asText((text, { layout }) =>
    layout.placed.filter(({ required }) => required).length > 3 ? text.split(',').slice(0, 3).join(',') : undefined,
  ),
  'a row has a cell too many': asText((text) => `${text},1`),
  'a text is not closed': asText((text) => (/"$/.test(text) ? text.slice(0, -1) : undefined)),
  'the line ends with LF': asText((text) => `${text}\n`),
  'a line is no record': asText(() => 'ABC'),
  // records
  'only one of the times is a time': inRows((row) => (hasTime(row) ? { endTime: '9999' } : undefined)),
  'the day of service is in the next month': inRows((row) => (isSheet6(row) ? { serviceDate: '20251201' } : undefined)),
  'a day is marked that the month does not have': inRows((row) =>
    isSheet6(row) ? { proratedDays: '1'.repeat(31) } : undefined,
  ),
  'no day is marked': inRows((row) => (isSheet6(row) ? { proratedDays: '0'.repeat(31) } : undefined)),
  'a service takes place no time': inRows((row) => (isSheet6(row) ? { count: '0' } : undefined)),
  'equipment has no code': inRows((row) =>
    isRental(row) && isDetail(row) ? { taisCode: '', equipmentNotificationCode: '' } : undefined,
  ),
  'another service has the code of equipment': inRows((row) =>
    !isRental(row) && isDetail(row) && row.get('taisCode') === '' ? { taisCode: '00014-000001' } : undefined,
  ),
  'another service has a detail number': inRows((row) =>
    isSheet6(row) && !isRental(row) ? { detailNumber: '1' } : undefined,
  ),
  'a service type does not exist': inRows((row) =>
    isSheet6(row) ? { serviceCode: '981111', taisCode: '', equipmentNotificationCode: '' } : undefined,
  ),
  'a service type is not exchanged': inRows((row) =>
    isSheet6(row) ? { serviceCode: '331111', taisCode: '', equipmentNotificationCode: '' } : undefined,
  ),
  'a supplement has both keys': inRows((row) => {
    if (row.layout.monthMarker === undefined) return undefined;
    return row.get('serviceMonth') === '000000' ? { serviceMonth: '202511' } : { planDate: '20251101' };
  }),
  'a supplement has no key': inRows((row) => {
    if (row.layout.monthMarker === undefined) return undefined;
    return row.get('serviceMonth') === '000000' ? { planDate: '00000000' } : { serviceMonth: '000000' };
  }),
  'a certification ends before it starts': inRows((row) =>
    row.get('certificationPeriodStart') === undefined
      ? undefined
      : { certificationPeriodEnd: '20240101', certificationPeriodStart: '20240102' },
  ),
  'a code says "other" and nothing says what': inRows((row) =>
    row.layout.placed.some(({ neededFor }) => neededFor) ? otherWithoutText(row) : undefined,
  ),
  'a person is born in the future': inRows((row) =>
    row.get('birthDate') === undefined ? undefined : { birthDate: '20990101' },
  ),
  'a row was updated by a third office': inRows((row) =>
    row.get('updatedBy') === undefined ? undefined : { updatedBy: '0999999999' },
  ),
  'a plan is of another office than the sender': inRows((row) =>
    row.get('careManagementOfficeNumber') !== undefined && row.layout.sentBy === undefined
      ? { careManagementOfficeNumber: '0999999999' }
      : undefined,
  ),
  'actuals are of another office than the sender': inRows((row) =>
    row.layout.sentBy === 'service' ? { serviceOfficeNumber: '0999999999' } : undefined,
  ),
  'the constant of a column is another': inRows((row) =>
    row.get('officeCode') === undefined ? undefined : { officeCode: '1234567890' },
  ),
  'a number of a tree is missing': inRows((row) => {
    const name = row.layout.numbering?.[0];
    return name === undefined ? undefined : { [name]: '' };
  }),
  // files
  'a file is in UTF-8': inFile((sheet, site) => {
    const text = new TextDecoder('shift_jis').decode(fileOf(sheet).bytes);
    const bytes = new TextEncoder().encode(text);
    return bytes.length > text.length + 8 && /[\u3041-\u9fff]{3}/.test(text)
      ? { files: withFile(site, sheet, { path: sheet.path, bytes }), at: { path: sheet.path } }
      : undefined;
  }),
  'a file was renamed': inFile((sheet, site) => {
    const path = sheet.path.replace(/\.CSV$/, ' (1).CSV');
    return { files: withFile(site, sheet, { ...fileOf(sheet), path }), at: { path } };
  }),
  'a file is empty': inFile((sheet, site) => ({
    files: withFile(site, sheet, { path: sheet.path, bytes: new Uint8Array() }),
    at: { path: sheet.path },
  })),
  // files by their rows
  'a row is of another month': inRows((row) =>
    row.layout.monthInName && row.layout.monthMarker === undefined ? { serviceMonth: '202510' } : undefined,
  ),
  'two rows of a tree change places': inFile((sheet, site) => {
    const at = sheet.rows.findIndex((cells, r) => r > 0 && keyOf(sheet, cells) === keyOf(sheet, sheet.rows[r - 1]));
    if (!sheet.layout.numbering || at < 0) return undefined;
    const [before, after] = [sheet.rows[at - 1], sheet.rows[at]] as [string[], string[]];
    const rows = (sheet.rows as string[][]).with(at - 1, after).with(at, before);
    return { files: withRows(site, sheet, rows), at: { path: sheet.path } };
  }),
  'a number of a tree is left out': inFile((sheet, site) => {
    const no = columnOf(sheet, sheet.layout.numbering?.at(-1));
    const r = sheet.rows.length - 1;
    if (no === undefined) return undefined;
    const cells = sheet.rows[r] as string[];
    const next = String(Number((cells[no - 1] ?? '').replaceAll('"', '')) + 1);
    const cell = cells[no - 1]?.startsWith('"') ? `"${next}"` : next;
    return {
      files: withRows(site, sheet, (sheet.rows as string[][]).with(r, cells.with(no - 1, cell))),
      at: { path: sheet.path, row: r + 1, column: no },
    };
  }),
  'a row stands there twice': inFile((sheet, site) => {
    const r = site.random(sheet.rows.length);
    const again = [...sheet.rows, sheet.rows[r] as string[]];
    return sheet.layout.rowKey
      ? { files: withRows(site, sheet, again), at: { path: sheet.path, row: again.length } }
      : undefined;
  }),
  'the grand total is missing': withoutRow((row) => row.get('serviceCode') === '999999'),
  'the grand total is another': inRows((row) =>
    row.get('serviceCode') === '999999' ? { serviceUnits: String(Number(row.get('serviceUnits')) + 1) } : undefined,
  ),
  'the units of a row do not follow from its count': inRows((row) =>
    row.get('discountedUnits') && isDetail(row)
      ? { serviceUnits: String(Number(row.get('serviceUnits')) + Number(row.get('units')) + 1) }
      : undefined,
  ),
  'units stand on the grand total': inRows((row) => (row.get('serviceCode') === '999999' ? { units: '1' } : undefined)),
  // transmissions
  'a file is missing': inFile((sheet, site) => {
    const { headedBy, accompanies, mayBeEmpty } = sheet.layout;
    return (headedBy === undefined && accompanies === undefined) || mayBeEmpty
      ? undefined
      : { files: withFile(site, sheet, undefined), at: {} };
  }),
  'a person has no supplement': withoutRow((row) => row.layout.accompanies !== undefined),
  'a supplement is of a person who is not there': inRows((row) =>
    row.layout.accompanies ? { insuredPersonNumber: 'H000000000' } : undefined,
  ),
  'a row belongs to nobody': inRows((row) => (row.layout.headedBy ? { insuredPersonNumber: 'H000000000' } : undefined)),
  'the receiver serves nobody of a slip': ({ sheets }) =>
    sheets.some(({ layout }) => layout.kind === 'UPPLAN')
      ? {
          files: sheets.map((sheet) => ({
            ...fileOf(sheet),
            path: sheet.path.replace(/_[^_]{10}(_.._\d{14}\.CSV)$/, '_0370200999$1'),
          })),
          at: {},
        }
      : undefined,
  'an image is missing': ({ sheets, images }) =>
    images.length > 0 ? { files: [...sheets.map(fileOf), ...images.slice(1)], at: {} } : undefined,
  'an image is no JPEG': ({ sheets, images }) => {
    const [first, ...others] = images;
    if (!first) return undefined;
    const png = { path: first.path, bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47]) };
    return { files: [...sheets.map(fileOf), png, ...others], at: { path: first.path } };
  },
  'an image is of nobody': ({ sheets, images }) => {
    const [first] = images;
    if (!first) return undefined;
    const stray = { path: first.path.replace(/_\d{4}\.jpg$/, '_9999.jpg'), bytes: first.bytes };
    return { files: [...sheets.map(fileOf), ...images, stray], at: { path: stray.path } };
  },
};

function otherWithoutText(row: Row): Record<string, string> | undefined {
  const column = row.layout.placed.find(({ neededFor }) => neededFor);
  return column?.neededFor ? { [column.name]: '', [column.neededFor.column]: column.neededFor.code } : undefined;
}
