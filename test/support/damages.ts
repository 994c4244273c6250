import { CSV_VERSIONS, type Layout } from '../../src/schema/index.js';
import { ms932 } from './damage.js';

/** A row that is to be damaged; texts have one character a byte. */
export interface Site {
  readonly layout: Layout;
  /** The row's cells as they are written, quotes included. */
  readonly cells: readonly string[];
  /** A number from 0, below another. */
  readonly random: (below: number) => number;
}

/** What stands where the row stood, its line end included; undefined where the row cannot be damaged so. */
export type DamageRow = (site: Site) => string | undefined;

const END = '\r\n';
const line = (cells: readonly string[]): string => cells.join(',') + END;
const pick = <T>({ random }: Site, list: readonly T[]): T | undefined => list[random(list.length)];

/** The row with a change at a random cell of those that may be changed so. */
const inCell =
  (change: (cell: string, site: Site, column: number) => string | undefined): DamageRow =>
  (site) => {
    const changes = site.cells.flatMap((cell, c) => {
      const changed = change(cell, site, c);
      return changed === undefined || changed === cell ? [] : [line(site.cells.with(c, changed))];
    });
    return pick(site, changes);
  };

/** The row with a change at a random place before its line end. */
const atByte =
  (change: (body: string, at: number, site: Site) => string): DamageRow =>
  (site) => {
    const body = site.cells.join(',');
    return change(body, site.random(body.length), site) + END;
  };

/** The row with a change at a random one of the places of a character before its line end. */
const atEach =
  (pattern: RegExp, change: (body: string, at: number) => string): DamageRow =>
  (site) => {
    const body = site.cells.join(',');
    const at = pick(
      site,
      [...body.matchAll(pattern)].map(({ index }) => index),
    );
    return at === undefined ? undefined : change(body, at) + END;
  };

const insert = (text: string, at: number, added: string, removed = 0) =>
  text.slice(0, at) + added + text.slice(at + removed);
/** Bytes into the middle of a cell, within its quotes. */
const added = (...choices: readonly string[]) =>
  inCell((cell, site) => {
    const quotes = cell.startsWith('"') ? 1 : 0;
    const place = quotes + site.random(Math.max(1, cell.length - 2 * quotes + 1));
    return insert(cell, place, pick(site, choices) as string);
  });
const isBare = (cell: string) => cell !== '' && !cell.startsWith('"');
const byte = ({ random }: Site) => String.fromCharCode(random(256));
const FULL_WIDTH = ms932('０１２３４５６７８９').match(/../gs) as string[];
const header = ({ layout }: Site) => layout.placed.map(({ ja }) => ms932(ja));

/** What a row can suffer, each done at a random place of it. */
export const DAMAGES: Readonly<Record<string, DamageRow>> = {
  'a cell is emptied': inCell(() => ''),
  'a cell has what belongs into another column': inCell((_, site) => pick(site, site.cells)),
  'a digit is replaced by a letter': atEach(/[0-9]/g, (body, at) => insert(body, at, 'O', 1)),
  'a byte is removed': atByte((body, at) => insert(body, at, '', 1)),
  'a byte is added': atByte((body, at, site) => insert(body, at, byte(site))),
  'a byte is replaced': atByte((body, at, site) => insert(body, at, byte(site), 1)),
  'a byte is doubled': atByte((body, at) => insert(body, at, body[at] as string)),
  'a quote is removed': atEach(/"/g, (body, at) => insert(body, at, '', 1)),
  'a quote is added': atByte((body, at) => insert(body, at, '"')),
  'a bare cell is put in quotes': inCell((cell) => (isBare(cell) ? `"${cell}"` : undefined)),
  'a text loses its quotes': inCell((cell) => (cell.startsWith('"') ? cell.slice(1, -1) : undefined)),
  'a comma is removed': atEach(/,/g, (body, at) => insert(body, at, '', 1)),
  'a comma is added': atByte((body, at) => insert(body, at, ',')),
  'the line ends with LF': ({ cells }) => `${cells.join(',')}\n`,
  'the line ends with CR': ({ cells }) => `${cells.join(',')}\r`,
  'the line end is doubled': ({ cells }) => line(cells) + END,
  'the CR of the line end is doubled': ({ cells }) => `${cells.join(',')}\r${END}`,
  'a line break is put into a cell': inCell((cell, { random }) =>
    isBare(cell) ? insert(cell, random(cell.length + 1), END) : undefined,
  ),
  'the row is repeated and cut off there': ({ cells, random }) =>
    line(cells) + insert(line(cells), 1 + random(line(cells).length - 3), '', line(cells).length) + END,
  'the last columns are dropped': ({ cells, random }) => line(cells.slice(0, 1 + random(cells.length - 1))),
  'a column is dropped': ({ cells, random }) => line(cells.toSpliced(random(cells.length), 1)),
  'columns are added at the end': ({ cells, random }) =>
    line([...cells, ...Array.from({ length: 1 + random(3) }, () => '1')]),
  'empty columns are added at the end': ({ cells, random }) =>
    line([...cells, ...Array.from({ length: 1 + random(3) }, () => '')]),
  'a column is added inside': ({ cells, random }) => line(cells.toSpliced(random(cells.length), 0, 'x')),
  'two columns are swapped': ({ cells, random }) => {
    const at = random(cells.length - 1);
    const [one = '', other = ''] = cells.slice(at);
    return one === other ? undefined : line(cells.toSpliced(at, 2, other, one));
  },
  'the csvVersion is another known one': (site) =>
    line(site.cells.with(0, pick(site, [...CSV_VERSIONS.slice(0, -1).map((one) => one.csvVersion), '202410']) ?? '')),
  'the csvVersion is an unknown one': (site) =>
    line(site.cells.with(0, pick(site, ['000000', '202512', '999999', '20247', '2024070', 'V4.1', '202407.0']) ?? '')),
  'spaces are put around a cell': inCell((cell, site) =>
    isBare(cell) ? pick(site, [` ${cell}`, `${cell} `, `${cell}\x81\x40`, ` ${cell}  `]) : undefined,
  ),
  'the digits of a cell are full-width': inCell((cell) =>
    isBare(cell) ? cell.replace(/[0-9]/g, (digit) => FULL_WIDTH[Number(digit)] as string) : undefined,
  ),
  'a NEC-selected character is put into a cell': added('\xee\xe0', '\xed\x40'),
  'a user-defined character is put into a cell': added('\xf0\x40', '\xf9\xfc'),
  'a broken byte is put into a cell': added('\x80', '\xa0', '\xfd', '\xff', '\x81\x20'),
  'half of a character is cut away': atEach(/[\x81-\x9f][\x40-\x7e\x80-\xfc]/g, (body, at) =>
    insert(body, at + 1, '', 1),
  ),
  'a NUL is put into a cell': added('\0'),
  'a tab is put into a cell': added('\t'),
  'an end-of-file mark is put into a cell': added('\x1a'),
  'a byte order mark is put into a cell': added('\xef\xbb\xbf'),
  'characters of UTF-8 are put into a cell': added(
    '\xe4\xbb\x8b\xe8\xad\xb7',
    '\xe3\x81\x82',
    '\xf0\xa0\xae\xb7',
    '\xc2\xa5',
  ),
  'a header stands before the row': (site) => line(header(site)) + line(site.cells),
  'a header stands behind the row': (site) => line(site.cells) + line(header(site)),
  'a blank line stands before the row': ({ cells }) => END + line(cells),
  'a line of words stands before the row': (site) =>
    `${pick(site, ['# export', ms932('以下余白'), 'a,b,c', '---', 'null', '""', ','])}${END}${line(site.cells)}`,
  'a line of any bytes stands before the row': (site) =>
    `${Array.from({ length: 1 + site.random(40) }, () => byte(site)).join('')}${END}${line(site.cells)}`,
  'leading zeros are lost': inCell((cell) => (/^0[0-9]+$/.test(cell) ? cell.replace(/^0+(?=.)/, '') : undefined)),
  'a date is written with slashes': inCell((cell) =>
    /^20[0-9]{6}$/.test(cell) ? cell.replace(/(....)(..)(..)/, '$1/$2/$3') : undefined,
  ),
  'a number is written with an exponent': inCell((cell) =>
    /^[0-9]{10}$/.test(cell) ? Number(cell).toExponential(5).toUpperCase() : undefined,
  ),
};

/** What a file can suffer at a row and behind it. */
export const ENDINGS: Readonly<Record<string, DamageRow>> = {
  'the file is cut off in the row': ({ cells, random }) => line(cells).slice(0, 1 + random(line(cells).length - 1)),
  'the file is cut off in the row, and ends with an end-of-file mark': ({ cells, random }) =>
    `${line(cells).slice(0, 1 + random(line(cells).length - 1))}\x1a`,
  'the row is the last, and has no line end': ({ cells }) => cells.join(','),
  'an end-of-file mark stands behind the row, which is the last': ({ cells }) => `${line(cells)}\x1a`,
};

/** What a row can suffer together with the row behind it. */
export const JOINTS: Readonly<Record<string, DamageRow>> = {
  'the line end is removed': ({ cells }) => cells.join(','),
  'the line end is replaced by other bytes': (site) =>
    site.cells.join(',') + pick(site, ['\0', ' ', '\\n', '\x85', ';', '\x0b']),
};
