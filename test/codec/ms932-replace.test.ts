import { describe, expect, it } from 'vitest';
import { encodeMs932, replaceUnencodable } from '../../src/codec/ms932.js';
import { encode, FAMILY, FLAG } from '../support/unencodable.js';

describe('A character outside MS932', () => {
  it.each([
    ['か + U+3099', 'か\u3099', 'が', [['replaced', 0, 'U+304B U+3099', 'が']]],
    ['ハ + U+309A', 'ハ\u309a', 'パ', [['replaced', 0, 'U+30CF U+309A', 'パ']]],
    ['ゝ + U+3099', 'ゝ\u3099', 'ゞ', [['replaced', 0, 'U+309D U+3099', 'ゞ']]],
    ['и + U+0306', 'и\u0306', 'й', [['replaced', 0, 'U+0438 U+0306', 'й']]],
    ['U+3099 alone', '\u3099', '゛', [['replaced', 0, 'U+3099', '゛']]],
    [
      'か + U+3099 + a variation selector',
      'か\u3099\ufe00',
      'が',
      [
        ['replaced', 0, 'U+304B U+3099', 'が'],
        ['replaced', 2, 'U+FE00', ''],
      ],
    ],
    ['葛 + U+E0100', '葛\u{e0100}', '葛', [['replaced', 1, 'U+E0100', '']]],
    ['U+FA19 + U+E0100', '\ufa19\u{e0100}', '\ufa19', [['replaced', 1, 'U+E0100', '']]],
    ['U+FA19 + U+FE00', '\ufa19\ufe00', '\ufa19', [['replaced', 1, 'U+FE00', '']]],
    ['〜', '〜', '～', [['replaced', 0, 'U+301C', '～']]],
    ['−', '−', '－', [['replaced', 0, 'U+2212', '－']]],
    ['‖', '‖', '∥', [['replaced', 0, 'U+2016', '∥']]],
    [
      '¢£¬',
      '¢£¬',
      '￠￡￢',
      [
        ['replaced', 0, 'U+00A2', '￠'],
        ['replaced', 1, 'U+00A3', '￡'],
        ['replaced', 2, 'U+00AC', '￢'],
      ],
    ],
    ['a byte order mark', '\ufeff介護', '介護', [['replaced', 0, 'U+FEFF', '']]],
    ['a zero-width joiner', '介\u200d護', '介護', [['replaced', 1, 'U+200D', '']]],
  ])('that is the same or invisible is replaced in every mode: %s', (_, text, written, issues) => {
    for (const mode of ['error', 'replace', 'replace-all', () => undefined] as const) {
      expect(encode(text, mode)).toEqual({ text: written, issues });
    }
  });

  it.each([
    ['𠮷', '吉', 'U+20BB7'],
    ['鷗', '鴎', 'U+9DD7'],
  ])('that has a variant is replaced where the caller asks for variants: %s', (char, variant, codePoint) => {
    expect(encode(char)).toEqual({ text: '', issues: [['unencodable', 0, codePoint]] });
    for (const mode of ['replace', 'replace-all'] as const) {
      expect(encode(char, mode)).toEqual({ text: variant, issues: [['replaced', 0, codePoint, variant]] });
    }
  });

  it.each([
    ['☑', '■', 'U+2611'],
    ['㉑', '(21)', 'U+3251'],
    ['é', 'e', 'U+00E9'],
    ['e\u0301', 'e', 'U+0065 U+0301'],
  ])('that has a likeness is replaced where the caller asks for all: %s', (char, likeness, codePoints) => {
    for (const mode of ['error', 'replace'] as const) {
      expect(encode(char, mode)).toEqual({ text: '', issues: [['unencodable', 0, codePoints]] });
    }
    expect(encode(char, 'replace-all')).toEqual({ text: likeness, issues: [['replaced', 0, codePoints, likeness]] });
  });

  it.each([
    ['half-width kana with their marks', 'ﾊﾞﾋﾟｶﾞ'],
    ['kana with marks of their own width', 'か゛は゜'],
    ['composed kana and signs of one character', 'がパ①㈱㎡\u212b'],
    ['a line break', 'あ\r\nい'],
  ])('is not looked for in what encodes: %s', (_, text) => {
    for (const mode of ['error', 'replace', 'replace-all'] as const) {
      expect(encode(`𠮷${text}𠮷`, mode).text.replaceAll('吉', '')).toBe(text);
    }
    expect(encode(text)).toEqual({ text, issues: [] });
  });

  it('is told by its place in UTF-16 units, behind characters of two units too', () => {
    expect(encode('あ𠮷か\u3099🏠ｱ鷗葛\u{e0100}〜\ud800', 'replace')).toEqual({
      text: 'あ吉がｱ鴎葛～',
      issues: [
        ['replaced', 1, 'U+20BB7', '吉'],
        ['replaced', 3, 'U+304B U+3099', 'が'],
        ['unencodable', 5, 'U+1F3E0'],
        ['replaced', 8, 'U+9DD7', '鴎'],
        ['replaced', 10, 'U+E0100', ''],
        ['replaced', 12, 'U+301C', '～'],
        ['loneSurrogate', 13, 'U+D800'],
      ],
    });
  });

  it('is an error for each that no mode replaces: a family and a flag', () => {
    for (const mode of ['error', 'replace', 'replace-all', () => undefined] as const) {
      const { text, issues } = encode(`あ${FAMILY}${FLAG}い`, mode);
      expect(text).toBe('あい');
      expect(issues.filter(([code]) => code !== 'replaced')).toEqual([
        ['unencodable', 1, 'U+1F468'],
        ['unencodable', 4, 'U+1F469'],
        ['unencodable', 7, 'U+1F467'],
        ['unencodable', 9, 'U+1F1EF'],
        ['unencodable', 11, 'U+1F1F5'],
      ]);
    }
  });

  it('is never replaced in digits, codes and dates', () => {
    for (const text of ['〜', '\u200d', 'か\u3099', '鷗', '２\ufe00']) {
      const { text: rest, issues } = replaceUnencodable(text, 'never');
      expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['char.unencodable', 'error']]);
      expect(issues.every(({ replacement }) => replacement === undefined)).toBe(true);
      expect(rest).toBe(text.startsWith('２') ? '２' : '');
    }
  });

  it('takes no long time, however many marks are piled on it', () => {
    const started = performance.now();
    const { issues } = encodeMs932(`か${'\u0301'.repeat(1500)}`, { onUnencodable: () => undefined });
    expect(issues).toHaveLength(1500);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
