import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeShiftJis as fromTextDecoder } from '../../src/codec/ms932-source.browser.js';
import { decodeShiftJis as fromIconvLite } from '../../src/codec/ms932-source.node.js';
import { buildTable, type Ms932Table } from '../../src/codec/ms932-table.js';

/** The standard's table: code point to bytes, both as numbers. */
const VALID: ReadonlyMap<number, number> = new Map(
  readFileSync(new URL('../fixtures/ms932/valid.tsv', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t').map((hex) => Number.parseInt(hex, 16)) as [number, number]),
);
const UNITS = [...Array(0x10000).keys()];
const hex = (code: number) => code.toString(16).toUpperCase().padStart(2, '0');

/** A decoder that answers for a pair it does not know as browsers do: U+FFFD, and the second byte where it is ASCII. */
const asBrowsersDo = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const char = fromIconvLite(bytes.subarray(i, i + 2));
    const trail = bytes[i + 1] as number;
    text += char.length === 1 && char >= '\x80' && char !== '\ufffd' ? char : '\ufffd';
    if (text.endsWith('\ufffd') && trail < 0x80) text += String.fromCharCode(trail);
    text += '\n';
  }
  return text;
};

const SOURCES: [string, Ms932Table][] = [
  ['iconv-lite in Node', buildTable(fromIconvLite)],
  ['the TextDecoder of the platform', buildTable(fromTextDecoder)],
  ['a decoder that gives back half of an unknown pair', buildTable(asBrowsersDo)],
];

describe.each(SOURCES)('The table of MS932 from %s', (_, table) => {
  /** Every code of one or two bytes with a character, and the character. */
  const decoded = UNITS.filter((code) => code === 0 || table.decode[code] !== 0).map(
    (code) => [code, table.decode[code] as number] as const,
  );

  it('writes the 7,517 characters with their bytes, and nothing else', () => {
    const written = UNITS.filter((unit) => unit === 0 || table.encode[unit] !== 0);
    expect(VALID.size).toBe(7517);
    expect(written).toEqual([...VALID.keys()].sort((a, b) => a - b));
    expect(written.filter((unit) => table.encode[unit] !== VALID.get(unit))).toEqual([]);
  });

  it('reads these bytes as the same characters', () => {
    expect([...VALID].filter(([unit, code]) => table.decode[code] !== unit)).toEqual([]);
  });

  it('reads the user-defined area F040-F9FC as U+E000-E757, in order', () => {
    const trails = UNITS.filter((byte) => byte >= 0x40 && byte <= 0xfc && byte !== 0x7f);
    const area = UNITS.filter((lead) => lead >= 0xf0 && lead <= 0xf9).flatMap((lead) =>
      trails.map((trail) => lead * 256 + trail),
    );
    expect(area.map((code) => table.decode[code])).toEqual([...area.keys()].map((i) => 0xe000 + i));
    expect([0xf040, 0xf940, 0xf941, 0xf9fc].map((code) => hex(table.decode[code] as number))).toEqual([
      'E000',
      'E69C',
      'E69D',
      'E757',
    ]);
    expect(decoded.filter(([, unit]) => unit >= 0xe000 && unit <= 0xf8ff)).toHaveLength(area.length);
  });

  it('reads 398 duplicates, and writes none of them', () => {
    const duplicates = decoded.filter(([code, unit]) => VALID.has(unit) && table.encode[unit] !== code);
    expect(duplicates).toHaveLength(398);
    expect(new Set(duplicates.map(([code]) => hex(code >> 8)))).toEqual(new Set(['87', 'ED', 'EE', 'FA']));
    expect(decoded).toHaveLength(7517 + 398 + 1880);
  });

  it.each([
    ['≒', 0x8790, 0x81e0],
    ['≡', 0x8791, 0x81df],
    ['∫', 0x8792, 0x81e7],
    ['√', 0x8795, 0x81e3],
    ['∵', 0x879a, 0x81e6],
    ['∪', 0x879c, 0x81be],
    ['纊', 0xed40, 0xfa5c],
    ['髙', 0xeee0, 0xfbfc],
    ['ⅰ', 0xeeef, 0xfa40],
    ['￢', 0xeef9, 0x81ca],
    ['＂', 0xeefc, 0xfa57],
    ['Ⅰ', 0xfa4a, 0x8754],
    ['￢', 0xfa54, 0x81ca],
    ['㈱', 0xfa58, 0x878a],
    ['№', 0xfa59, 0x8782],
    ['℡', 0xfa5a, 0x8784],
    ['∵', 0xfa5b, 0x81e6],
  ])('reads the duplicate of %s and writes the other', (char, read, written) => {
    const unit = char.charCodeAt(0);
    expect(table.decode[read]).toBe(unit);
    expect(table.decode[written]).toBe(unit);
    expect(table.encode[unit]).toBe(written);
  });

  it('takes all ASCII as itself: 1A, 1C, 7F, the backslash and the tilde too', () => {
    const ascii = UNITS.slice(0, 0x80);
    expect(ascii.map((unit) => table.encode[unit])).toEqual(ascii);
    expect(ascii.map((byte) => table.decode[byte])).toEqual(ascii);
    expect(table.encode[0xa5]).toBe(0);
    expect(table.encode[0x203e]).toBe(0);
  });

  it('has no character of one byte for 80, A0 and FD to FF, nor for the first bytes of two', () => {
    const single = decoded.filter(([code]) => code < 0x100).map(([code]) => code);
    expect(single).toEqual(UNITS.filter((byte) => byte < 0x80 || (byte >= 0xa1 && byte <= 0xdf)));
  });
});

describe('The table of MS932', () => {
  afterEach(() => {
    vi.doUnmock('#ms932-source');
    vi.resetModules();
  });

  it('is the same from either source', () => {
    const [node, ...others] = SOURCES.map(([, { decode, encode }]) => [...decode, ...encode].join());
    for (const other of others) expect(other === node).toBe(true);
  });

  it('is built at the first need, and once', async () => {
    const source = vi.fn(fromIconvLite);
    vi.resetModules();
    vi.doMock('#ms932-source', () => ({ decodeShiftJis: source }));
    const { encodeMs932, decodeMs932 } = await import('../../src/codec/ms932.js');
    expect(source).not.toHaveBeenCalled();
    expect([...encodeMs932('介護').bytes].map(hex)).toEqual(['89', 'EE', '8C', 'EC']);
    expect(source).toHaveBeenCalledTimes(1);
    encodeMs932('鷗', { onUnencodable: 'replace-all' });
    expect(decodeMs932(Uint8Array.of(0x89, 0xee)).text).toBe('介');
    expect(source).toHaveBeenCalledTimes(1);
  });
});
