import { describe, expect, it } from 'vitest';
import { decodeMs932, encodeMs932, isEncodable, readMs932 } from '../../src/codec/ms932.js';
import { REPERTOIRE } from '../support/arbitrary.js';

const CONTROLS = [...Array(0x20).keys(), 0x7f].map((unit) => String.fromCharCode(unit));
const ENCODABLE = new Set([...REPERTOIRE, ...CONTROLS]);
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
/** Everything of an issue but its sentences. */
const bare = <T extends { message: unknown }>(issues: readonly T[]) => issues.map(({ message, ...rest }) => rest);

describe('Encoding MS932', () => {
  it.each([
    ['介護', '89EE8CEC'],
    ['髙橋', 'FBFC8BB4'],
    ['①㈱℡', '8740878A8784'],
    ['～－∥￠￡￢', '8160817C81618191819281CA'],
    ['ソ能表', '835C945C955C'],
    ['ｱﾊﾞ｡', 'B1CADEA1'],
    ['\0\x1a\x1c\x7f', '001A1C7F'],
    ['\\~"\r\n,', '5C7E220D0A2C'],
    ['', ''],
  ])('writes %s as its bytes', (text, hex) => {
    expect(encodeMs932(text)).toEqual({ bytes: bytesOf(hex), issues: [] });
  });

  it('writes every character of the table, all in one text, and reads the same text again', () => {
    const all = [...ENCODABLE].join('');
    const { bytes, issues } = encodeMs932(all);
    expect(issues).toEqual([]);
    expect(bytes).toHaveLength(2 * 7517 - 0x80 - 63);
    expect(decodeMs932(bytes)).toEqual({ text: all, issues: [] });
  });

  it('tells of each of the 65,536 UTF-16 units that is not in the table, and never writes ? \\ or ~ for it', () => {
    const wrong: string[] = [];
    for (let unit = 0; unit < 0x10000; unit++) {
      const char = String.fromCharCode(unit);
      const { bytes, issues } = encodeMs932(char);
      const { text, issues: odd } = decodeMs932(bytes);
      const isRight = ENCODABLE.has(char)
        ? text === char && issues.length === 0
        : issues.length === 1 && !/[?\\~]/.test(text) && (text === '' || issues[0]?.severity === 'info');
      const isWritten = odd.length === 0 && hexOf(encodeMs932(text).bytes) === hexOf(bytes);
      if (!isRight || !isWritten || isEncodable(char) !== ENCODABLE.has(char)) wrong.push(unit.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['¥', '818F', '￥'],
    ['‾', '8150', '￣'],
  ])('writes %s as its full-width form, not as the ASCII that looks like it', (char, hex, replacement) => {
    const { bytes, issues } = encodeMs932(char);
    expect(hexOf(bytes)).toBe(hex);
    expect(issues).toMatchObject([{ code: 'char.replaced', severity: 'info', replacement }]);
  });

  it.each(['NFC', 'NFKC'] as const)(
    'never normalises: what %s would alter keeps its bytes beside what is mended',
    (form) => {
      const altered = REPERTOIRE.filter((char) => char.normalize(form) !== char);
      expect(altered).toHaveLength(form === 'NFC' ? 23 : 274);
      const text = altered.join('');
      const { bytes, issues } = encodeMs932(`か\u3099${text}か\u3099`);
      expect(hexOf(bytes)).toBe(`82AA${hexOf(encodeMs932(text).bytes)}82AA`);
      expect(issues.map(({ index }) => index)).toEqual([0, 2 + text.length]);
      expect(decodeMs932(encodeMs932(text).bytes).text).toBe(text);
    },
  );

  it.each([
    ['at the start', '\ud842あ', 0, 'U+D842'],
    ['in the middle', 'あ\udfb7い', 1, 'U+DFB7'],
    ['at the end', 'あ\ud842', 1, 'U+D842'],
    ['alone', '\udc00', 0, 'U+DC00'],
    ['before a whole pair', '\ud842\ud842\udfb7', 0, 'U+D842'],
    ['behind a whole pair', '\ud842\udfb7\udfb7', 2, 'U+DFB7'],
    ['before a mark', 'か\ud842\u3099', 1, 'U+D842'],
    ['behind a joiner', 'あ\u200d\udc69', 2, 'U+DC69'],
    ['before a variation selector', '\ud842\u{e0100}', 0, 'U+D842'],
  ])('takes half a character for an error in every mode: %s', (_, text, index, codePoint) => {
    for (const onUnencodable of ['error', 'replace', 'replace-all', () => '〓'] as const) {
      const lone = encodeMs932(text, { onUnencodable }).issues.filter((one) => one.code === 'char.loneSurrogate');
      expect(lone).toMatchObject([{ severity: 'error', index, codePoints: [codePoint] }]);
    }
  });

  it('takes the two halves in wrong order for two errors', () => {
    const { bytes, issues } = encodeMs932('\udfb7\ud842', { onUnencodable: 'replace-all' });
    expect(bytes).toHaveLength(0);
    expect(issues.map(({ code, index }) => [code, index])).toEqual([
      ['char.loneSurrogate', 0],
      ['char.loneSurrogate', 1],
    ]);
  });

  it.each([0xe000, 0xe757, 0xe758, 0xf8ff, 0xf0000, 0x10fffd, 0xfffd, 0xffff, 0x1f600].map((c) => [c.toString(16), c]))(
    'takes U+%s for an error in every mode',
    (_, point) => {
      for (const onUnencodable of ['error', 'replace', 'replace-all', () => undefined] as const) {
        const { bytes, issues } = encodeMs932(`あ${String.fromCodePoint(Number(point))}い`, { onUnencodable });
        expect(hexOf(bytes)).toBe('82A082A2');
        expect(issues).toMatchObject([{ code: 'char.unencodable', severity: 'error', index: 1 }]);
      }
    },
  );
});

describe('Decoding MS932', () => {
  it('reads NEC-selected characters, which are told, and other duplicates, which are not', () => {
    const { text, issues } = decodeMs932(bytesOf('EEE08BB4FA4AFA588790'));
    expect(text).toBe('髙橋Ⅰ㈱≒');
    expect(bare(issues)).toEqual([
      { code: 'char.necSelected', severity: 'info', range: { start: 0, end: 2 }, index: 0, codePoints: ['U+9AD9'] },
    ]);
    expect(hexOf(encodeMs932('髙橋Ⅰ㈱≒').bytes)).toBe('FBFC8BB48754878A81E0');
  });

  it('keeps gaiji as U+E000-E757, with an issue that tells bytes, place and code point', () => {
    const { text, issues } = decodeMs932(bytesOf('82A0F040B1F941F9FC0D0A'));
    expect(text).toBe('あ\ue000ｱ\ue69d\ue757\r\n');
    expect(bare(issues)).toEqual([
      { code: 'char.gaiji', severity: 'warning', range: { start: 2, end: 4 }, index: 1, codePoints: ['U+E000'] },
      { code: 'char.gaiji', severity: 'warning', range: { start: 5, end: 7 }, index: 3, codePoints: ['U+E69D'] },
      { code: 'char.gaiji', severity: 'warning', range: { start: 7, end: 9 }, index: 4, codePoints: ['U+E757'] },
    ]);
  });

  it.each([
    ['a first byte at the end', '82A082', 'あ\ufffd', [[2, 3]]],
    ['a first byte before a comma', '822C', '\ufffd,', [[0, 1]]],
    ['a first byte before a quote', '8222', '\ufffd"', [[0, 1]]],
    ['a first byte before CRLF', 'FC0D0A', '\ufffd\r\n', [[0, 1]]],
    ['a first byte before a digit', '8231', '\ufffd1', [[0, 1]]],
    ['a first byte before DEL', '827F', '\ufffd\x7f', [[0, 1]]],
    [
      'a first byte before FD',
      '82FD2C',
      '\ufffd\ufffd,',
      [
        [0, 1],
        [1, 2],
      ],
    ],
    ['a pair without a character', '82402C', '\ufffd,', [[0, 2]]],
    ['a pair of row EB', 'EB9F0D', '\ufffd\r', [[0, 2]]],
    ['the pair behind the last character', 'FC4C22', '\ufffd"', [[0, 2]]],
    ['80', '8041', '\ufffdA', [[0, 1]]],
    ['A0', 'A041', '\ufffdA', [[0, 1]]],
    [
      'FD, FE and FF',
      'FDFEFF2C',
      '\ufffd\ufffd\ufffd,',
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ],
  ])('reads broken bytes as U+FFFD with an issue, and what stands behind them survives: %s', (_, hex, text, ranges) => {
    const decoded = decodeMs932(bytesOf(hex));
    expect(decoded.text).toBe(text);
    expect(bare(decoded.issues)).toEqual(
      ranges.map(([start, end], i) => ({
        code: 'char.broken',
        severity: 'error',
        range: { start, end },
        index: [...text.matchAll(/\ufffd/g)][i]?.index,
      })),
    );
  });

  it('reads all 65,536 pairs of bytes without throwing; they are characters, or have an issue', () => {
    const wrong: string[] = [];
    for (let pair = 0; pair < 0x10000; pair++) {
      const bytes = Uint8Array.of(pair >> 8, pair & 0xff);
      const { text, issues: all } = decodeMs932(bytes);
      const issues = all.filter(({ code }) => code !== 'char.necSelected');
      const broken = issues.filter(({ code }) => code === 'char.broken');
      const ascii = bytes.filter((byte) => byte < 0x40);
      const keepsAscii = [...ascii].every((byte) => text.includes(String.fromCharCode(byte)));
      const odd = [...text].filter((char) => !ENCODABLE.has(char));
      const again = decodeMs932(encodeMs932(text).bytes).text;
      const isRight =
        issues.length === odd.length && broken.length === [...text.matchAll(/\ufffd/g)].length && keepsAscii;
      if (!isRight || text.length === 0 || (odd.length === 0 && again !== text)) wrong.push(pair.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('reads texts of every length and a part of a larger buffer alike', () => {
    const letters = REPERTOIRE.slice(0, 3000).join('');
    for (const length of [0, 1, 24, 25, 47, 48, 49, 50, 512, 1023, 1024, 1025, 3000]) {
      const text = letters.slice(-length || letters.length);
      const { bytes } = encodeMs932(text);
      const larger = Uint8Array.from([0x82, ...bytes, 0x82]);
      expect(decodeMs932(larger.subarray(1, larger.length - 1))).toEqual({ text, issues: [] });
    }
  });

  it('reads a stretch of bytes alone: what stands around it belongs to no character of it', () => {
    const bytes = bytesOf('82A082A0');
    expect(readMs932(bytes, 0, 1)).toBe('\ufffd');
    expect(readMs932(bytes, 1, 3)).toBe('\ufffd\ufffd');
    expect(readMs932(bytes, 2, 4)).toBe('あ');
    expect(readMs932(bytes, 2, 2)).toBe('');
  });

  it('gives texts that later calls leave as they are', () => {
    const first = decodeMs932(bytesOf('89EE8CEC'));
    decodeMs932(bytesOf('82A082A2'));
    expect(first.text).toBe('介護');
  });
});
