import { describe, expect, it, vi } from 'vitest';
import { decodeMs932, encodeMs932 } from '../../src/codec/ms932.js';
import { REPERTOIRE } from '../support/arbitrary.js';
import { encode, FAMILY, FLAG } from '../support/unencodable.js';

describe('A function for characters outside MS932', () => {
  it('is asked once for each cluster that does not encode, with place, code points and suggestion', () => {
    const ask = vi.fn(() => '〓');
    encode(`𠮷ｱﾞ${FAMILY}か\u3099①葛\u{e0100}${FLAG}☑\ufe0f\ue000鷗\u{e0100}`, ask);
    expect(ask.mock.calls.map(([unencodable]: unknown[]) => unencodable)).toEqual([
      { cluster: '𠮷', codePoints: ['U+20BB7'], index: 0, suggestion: { text: '吉', class: 'variant' } },
      { cluster: FAMILY, codePoints: ['U+1F468', 'U+200D', 'U+1F469', 'U+200D', 'U+1F467'], index: 4 },
      { cluster: 'か\u3099', codePoints: ['U+304B', 'U+3099'], index: 12, suggestion: { text: 'が', class: 'same' } },
      {
        cluster: '葛\u{e0100}',
        codePoints: ['U+845B', 'U+E0100'],
        index: 15,
        suggestion: { text: '葛', class: 'drop' },
      },
      { cluster: FLAG, codePoints: ['U+1F1EF', 'U+1F1F5'], index: 18 },
      { cluster: '☑\ufe0f', codePoints: ['U+2611', 'U+FE0F'], index: 22, suggestion: { text: '■', class: 'approx' } },
      { cluster: '\ue000', codePoints: ['U+E000'], index: 24 },
      {
        cluster: '鷗\u{e0100}',
        codePoints: ['U+9DD7', 'U+E0100'],
        index: 25,
        suggestion: { text: '鴎', class: 'variant' },
      },
    ]);
  });

  it('decides: what it answers is written and told', () => {
    const answers: Record<string, string> = { [FAMILY]: '家族', '\ue000': '髙', '鷗': 'の字', '☑': '' };
    expect(encode(`あ${FAMILY}\ue000鷗☑い`, ({ cluster }) => answers[cluster])).toEqual({
      text: 'あ家族髙の字い',
      issues: [
        ['replaced', 1, 'U+1F468 U+200D U+1F469 U+200D U+1F467', '家族'],
        ['replaced', 9, 'U+E000', '髙'],
        ['replaced', 10, 'U+9DD7', 'の字'],
        ['replaced', 11, 'U+2611', ''],
      ],
    });
  });

  it('can take the suggestion', () => {
    const { text, issues } = encode('𠮷か\u3099㉑\ue000', ({ suggestion }) => suggestion?.text);
    expect(text).toBe('吉が(21)');
    expect(issues.at(-1)).toEqual(['unencodable', 5, 'U+E000']);
  });

  it('leaves what it does not know to the mode error', () => {
    expect(encode('𠮷〜か\u3099葛\u{e0100}', () => undefined)).toEqual(encode('𠮷〜か\u3099葛\u{e0100}', 'error'));
  });

  it.each([
    ['a character outside MS932', '𠮷'],
    ['the same cluster', '鷗'],
    ['one of several outside', '吉\ufffd'],
    ['gaiji', '\ue000'],
    ['half a character', '\ud842'],
    ['decomposed kana', 'か\u3099'],
    ['null', null],
    ['a number', 1],
    ['true', true],
    ['an array', ['吉']],
    ['a String object', Object('吉')],
    ['a promise', Promise.resolve('吉')],
  ])('has its answer checked: %s is an error, and nothing is written', (_, answer) => {
    const { bytes, issues } = encodeMs932('あ鷗い', { onUnencodable: () => answer as string });
    expect(decodeMs932(bytes).text).toBe('あい');
    expect(issues).toMatchObject([{ code: 'char.answer', severity: 'error', index: 1, codePoints: ['U+9DD7'] }]);
  });

  it('is not asked for half a character, nor for what encodes', () => {
    const ask = vi.fn(() => '〓');
    encode('\ud842あ\udfb7', ask);
    encode(REPERTOIRE.join(''), ask);
    expect(ask).not.toHaveBeenCalled();
  });
});
