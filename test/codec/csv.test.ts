import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CutRow, ESCAPED, escaped, QUOTED, RowCutter, unescaped } from '../../src/codec/csv.js';
import { cutSound, rowEnd } from '../../src/codec/csv-irregular.js';
import { FileRows, type RowLine } from '../../src/codec/file-rows.js';
import { anyBytes, bytesOf, latin1 } from '../support/damage.js';

interface Row {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly string[];
  readonly quoted: readonly boolean[];
}

function rowOf({ bytes, start, starts, ends, styles, count }: CutRow, from: number, end: number): Row {
  const cells = Array.from({ length: count }, (_, i) => {
    const cell = bytes.subarray(start + (starts[i] as number), start + (ends[i] as number));
    return latin1(styles[i] === ESCAPED ? unescaped(cell) : cell);
  });
  return { start: from, end, cells, quoted: cells.map((_, i) => (styles[i] as number) >= QUOTED) };
}

/** All rows by the cutter of clean files, and where it stopped. */
function cutClean(bytes: Uint8Array): { rows: Row[]; rest: number } {
  const cutter = new RowCutter(bytes, 0, bytes.length);
  const rows: Row[] = [];
  while (cutter.next()) rows.push(rowOf(cutter, cutter.start, cutter.end));
  return { rows, rest: cutter.start };
}

/** All rows by csv-parse, of bytes in which every quote encloses a whole cell. */
function cutByParser(bytes: Uint8Array): Row[] {
  const ends: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    at = rowEnd({ bytes, limit: bytes.length, final: true }, at);
    expect(at).toBeGreaterThan(0);
    ends.push(at);
  }
  return ends.length === 0 ? [] : cutSound(bytes, 0, ends).map((cut, i) => rowOf(cut, ends[i - 1] ?? 0, ends[i] ?? 0));
}

interface AnyRow extends Row {
  readonly line: RowLine | undefined;
}

/** All rows of a file, fed in pieces of some length. */
function cutAll(bytes: Uint8Array, piece = bytes.length): AnyRow[] {
  const rows: AnyRow[] = [];
  let base = 0;
  const take = new FileRows((cut, start, end, line) => {
    rows.push({ ...rowOf(cut, base + start, base + end), line: line && { ...line } });
  });
  for (let end = 0; base < bytes.length; ) {
    end = Math.min(end + Math.max(piece, 1), bytes.length);
    const final = end === bytes.length;
    const stretch = bytes.slice(base, end);
    base += take.feed({ bytes: stretch, limit: stretch.length, final }, 0);
    if (final) expect(base).toBe(bytes.length);
  }
  return rows;
}

/** Characters of cells as bytes: two-byte ones whose second byte is 0x40-0x7E among them. */
const character = fc.constantFrom(
  ...[
    'a',
    '7',
    ' ',
    'A',
    '\\',
    '\xb1',
    '\x83\x5c',
    '\x94\x5c',
    '\x81\x7c',
    '\x83\x40',
    '\x88\xa2',
    '\x81\x7e',
    '\xfb\xfc',
  ],
);
const bareCell = fc.string({ unit: character, maxLength: 6 });
const quotedCell = fc
  .string({ unit: fc.oneof(character, fc.constantFrom('"', '""', ',', '\r\n', '\r', '\n')), maxLength: 6 })
  .map((text) => `"${escaped(text)}"`);
const rowText = fc
  .array(fc.oneof(bareCell, quotedCell), { minLength: 1, maxLength: 6 })
  .map((cells) => cells.join(','))
  .filter((text) => text !== '');

describe('the cutter of clean files', () => {
  test('agrees with csv-parse on clean input', () => {
    fc.assert(
      fc.property(fc.array(rowText, { maxLength: 6 }), (texts) => {
        const bytes = bytesOf(texts.map((text) => `${text}\r\n`).join(''));
        const { rows, rest } = cutClean(bytes);
        expect(rest).toBe(bytes.length);
        expect(rows).toHaveLength(texts.length);
        expect(cutByParser(bytes)).toEqual(rows);
      }),
      { numRuns: 1500 },
    );
  });

  /** Rows of equal length and any structure, some of them not clean. */
  const similar = fc
    .integer({ min: 1, max: 7 })
    .chain((length) => {
      const one = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', ','), minLength: length, maxLength: length });
      return fc.array(one, { minLength: 1, maxLength: 4 });
    })
    .chain((pool) =>
      fc.array(fc.constantFrom(...pool, 'a,"b\r\nc",d', 'a,"b\r\nd",d'), { minLength: 2, maxLength: 12 }),
    );

  test('cuts rows like the one above as it would cut them alone, and tells the cells that differ', () => {
    let repeated = 0;
    fc.assert(
      fc.property(similar, (texts) => {
        const bytes = bytesOf(texts.map((text) => `${text}\r\n`).join(''));
        const cutter = new RowCutter(bytes, 0, bytes.length);
        let above: Row | undefined;
        for (let goesOn = true; goesOn; ) {
          const alone = new RowCutter(bytes, cutter.end, bytes.length);
          goesOn = cutter.next();
          expect(alone.next()).toBe(goesOn);
          if (!goesOn) return;
          const row = rowOf(cutter, cutter.start, cutter.end);
          expect(row).toEqual(rowOf(alone, alone.start, alone.end));
          if (cutter.changed) {
            const changed = row.cells.flatMap((cell, i) => (cell === above?.cells[i] ? [] : [i]));
            expect(cutter.changed).toEqual(changed);
            repeated++;
          }
          above = row;
        }
      }),
      { numRuns: 3000 },
    );
    expect(repeated).toBeGreaterThan(1000);
  });

  test('cuts all rows where hundreds do not repeat the one above and hundreds do', () => {
    const texts = Array.from({ length: 1200 }, (_, i) => (i < 800 ? `${'x'.repeat(i % 7)},"${i}"` : 'same,"same"'));
    const { rows } = cutClean(bytesOf(texts.map((text) => `${text}\r\n`).join('')));
    expect(rows.map(({ cells }) => cells.join())).toEqual(texts.map((text) => text.replaceAll('"', '')));
  });

  test.each([
    ['', 0],
    ['\r\n', 0],
    ['a\r\n\r\nb\r\n', 3],
    ['a\r\nb\nc\r\n', 3],
    ['a\r\nb\rc\r\n', 3],
    ['a\r\nb', 3],
    ['a\r\nb\r', 3],
    ['a\r\n"b', 3],
    ['a\r\n"b"', 3],
    ['a\r\n"b"c\r\n', 3],
    ['a\r\nb"c"\r\n', 3],
  ])('stops before the first row that is not clean: %j', (text, rest) => {
    expect(cutClean(bytesOf(text)).rest).toBe(rest);
  });

  test('cuts rows of thousands of cells', () => {
    const cells = Array.from({ length: 5000 }, (_, i) => (i % 3 ? `${i}` : `"${i}"`));
    const [row] = cutClean(bytesOf(`${cells.join()}\r\n`)).rows;
    expect(row?.cells).toEqual(cells.map((cell) => cell.replaceAll('"', '')));
    expect(row?.quoted).toEqual(cells.map((cell) => cell.startsWith('"')));
  });
});

describe('the cutter of a file', () => {
  /** Bytes of any kind, with beginnings of records among them. */
  const bytes = fc
    .array(fc.oneof(anyBytes, fc.constantFrom('202407,', '"202407",', '\r\n202407,', '\n"202407",')), { maxLength: 6 })
    .map((pieces) => bytesOf(pieces.join('')));

  test('puts every byte into exactly one row, whatever the bytes', () => {
    fc.assert(
      fc.property(bytes, (bytes) => {
        let at = 0;
        for (const { start, end } of cutAll(bytes)) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(at);
          at = end;
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  test('cuts the same rows, in however small pieces the file comes', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 20 }), (bytes, piece) => {
        const places = (rows: AnyRow[]) =>
          rows.map(({ start, end, cells, line }) => {
            // A clean row can have come by either way.
            const { cutOff, ...told } = line ?? { lineEnd: 'crlf', blank: false, badQuotes: false };
            return { start, end, cells, ...told, whole: cutOff?.cut.count };
          });
        expect(places(cutAll(bytes, piece))).toEqual(places(cutAll(bytes)));
      }),
      { numRuns: 3000 },
    );
  });

  const R = '202407,';
  test.each([
    ['a,b\nc\rd\r\n', ['a|b', 'c', 'd']],
    ['\n\r\r\n"a"', ['', '', '', 'a']],
    ['"a\nb",c\n', ['a\nb|c']],
    ['a,"b"x,c\n', ['a|"b"x|c']],
    ['a,b"c,d\n', ['a|b"c|d']],
    [`a,"b,c\n${R}d\n`, ['a|"b|c', '202407|d']],
    [`a,"b, ""c""","d\n${R}"d"\n`, ['a|b, "c"|"d', '202407|d']],
    [`,"x","y\n${R}`, ['|x|"y', '202407|']],
    ['"\n"', ['\n']],
  ])('reads %j', (text, rows) => {
    expect(cutAll(bytesOf(text)).map(({ cells }) => cells.join('|'))).toEqual(rows);
  });

  test.each([
    ['"', '', 0],
    [`${R}"a","b`, '202407|a', 11],
    [`${R}"a"\r\n${R}b,"c\r\nd`, '202407|b', 21],
    [`${R}a,b`, '202407|a', 9],
    [`${R}a,"b"x`, '202407|a', 9],
  ])('tells what is whole of a row that ends with the file: %j', (text, whole, rest) => {
    const last = cutAll(bytesOf(text)).at(-1);
    const { cutOff } = last?.line ?? {};
    expect(cutOff && rowOf(cutOff.cut, 0, 0).cells.join('|')).toBe(whole);
    expect((last?.start ?? 0) + (cutOff?.rest ?? 0) - (cutOff?.cut.start ?? 0)).toBe(rest);
    expect(last?.line?.lineEnd).toBe('none');
  });
});
