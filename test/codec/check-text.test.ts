import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkText,
  decodeMs932,
  describeTextIssue,
  describeTextLength,
  encodeMs932,
  layoutOf,
  type TextIssue,
} from '../../src/codec/index.js';
import { V4_1 } from '../../src/schema/index.js';
import { replacementLines } from '../support/replacements.js';
import { SENTENCES } from '../support/sentences.js';
import { anyText } from '../support/texts.js';

const COLUMNS = V4_1.layouts.flatMap(({ placed }) => placed);
const anyColumn = fc.constantFrom(...COLUMNS);

/** A text with what the table writes for some of its issues. */
function replaced(text: string, issues: readonly TextIssue[]): string {
  let out = '';
  let at = 0;
  for (const { index, length, suggestion } of issues) {
    out += text.slice(at, index) + suggestion;
    at = index + length;
  }
  return out + text.slice(at);
}

describe('Two hundred sentences of care records', () => {
  it('are two hundred at least, a fifth without anything to tell of, and all classes occur in them', () => {
    expect(SENTENCES.length).toBeGreaterThanOrEqual(200);
    expect(SENTENCES.filter(({ findings }) => findings.length === 0).length).toBeGreaterThan(40);
    const classes = new Set(SENTENCES.flatMap(({ findings }) => findings.map((one) => one.class)));
    expect([...classes].sort()).toEqual(['approx', 'drop', 'none', 'same', 'variant']);
  });

  it('expect what the table of replacements says', () => {
    const table = replacementLines();
    const wrong = SENTENCES.flatMap(({ findings }) => findings).filter(({ codePoints, class: group, suggestion }) => {
      const [only = '', ...more] = codePoints;
      const line = table.get(String.fromCodePoint(Number.parseInt(only.slice(2), 16)));
      return more.length === 0 && (group !== (line?.class ?? 'none') || suggestion !== line?.replacement);
    });
    expect(wrong).toEqual([]);
  });

  it.each(SENTENCES)('$line: $shown', ({ sentence, findings }) => {
    const { issues, fixed } = checkText(sentence);
    const told = issues.map(({ index, length, number, codePoints, class: group, safe, suggestion }) => ({
      index,
      length,
      number,
      codePoints,
      class: group,
      safe,
      suggestion,
    }));
    expect(told).toEqual(findings);
    expect(fixed).toBe(replaced(sentence, findings.filter(({ safe }) => safe) as unknown as TextIssue[]));
  });
});

describe('checkText, of any text', () => {
  it('tells of nothing exactly where MS932 has every character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(checkText(text).issues.length === 0).toBe(encodeMs932(text).issues.length === 0);
      }),
    );
  });

  it('says error exactly where encoding does, and else what it writes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { ok, issues } = checkText(text);
        const { bytes, issues: said } = encodeMs932(text);
        expect(ok).toBe(said.every(({ severity }) => severity === 'info'));
        if (ok) expect(decodeMs932(bytes).text).toBe(replaced(text, issues));
      }),
    );
  });

  it('suggests what encoding writes where it may replace all', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { text: unit, suggestion } of checkText(text).issues) {
          const { bytes, issues } = encodeMs932(unit, { onUnencodable: 'replace-all' });
          const isWritten = issues.every(({ severity }) => severity === 'info');
          expect(suggestion).toBe(isWritten ? decodeMs932(bytes).text : undefined);
        }
      }),
    );
  });

  it('places each issue on its characters, in order, and none on others', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let rest = '';
        let [at, number] = [0, 0];
        for (const issue of checkText(text).issues) {
          expect(issue.index).toBeGreaterThanOrEqual(at);
          expect(text.slice(issue.index, issue.index + issue.length)).toBe(issue.text);
          expect(issue.text).toBe(
            String.fromCodePoint(...issue.codePoints.map((one) => Number.parseInt(one.slice(2), 16))),
          );
          expect(issue.number).toBeGreaterThan(number);
          rest += text.slice(at, issue.index);
          at = issue.index + issue.length;
          number = issue.number;
        }
        expect(encodeMs932(rest + text.slice(at)).issues).toEqual([]);
      }),
    );
  });

  it('mends what is safe, in its place, and leaves nothing safe behind', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { issues, fixed } = checkText(text);
        const safe = issues.filter((one) => one.safe);
        expect(fixed).toBe(replaced(text, safe));
        expect(safe.every(({ class: group }) => group === 'same' || group === 'drop')).toBe(true);
        expect(checkText(fixed).issues.filter((one) => one.safe)).toEqual([]);
        expect(checkText(fixed).fixed).toBe(fixed);
      }),
    );
  });

  it('has words in both languages, without a gap', () => {
    fc.assert(
      fc.property(anyText, anyColumn, (text, column) => {
        const { issues, length } = checkText(text, { column });
        for (const { ja, en } of [...issues.map(describeTextIssue), describeTextLength(length)]) {
          expect(ja).toMatch(/[ぁ-ん字]/);
          expect(en).toMatch(/[a-z]/);
          expect(ja + en).not.toMatch(/undefined|NaN/);
        }
      }),
    );
  });

  it('takes for a column what can be written there', () => {
    const words = fc.constantFrom(...COLUMNS.filter(({ kind }) => kind.replaceable));
    fc.assert(
      fc.property(
        anyText.filter((text) => text !== ''),
        words,
        (text, column) => {
          const { ok, issues } = checkText(text, { column });
          const { bytes, issues: said } = encodeMs932(text);
          const sent = decodeMs932(bytes).text;
          const isSound = said.every(({ severity }) => severity === 'info');
          // Nothing is left of it: an empty cell, which is another question.
          if (isSound && sent === '') return;
          // The kanji that export replaces unasked are in `fixed` as they were typed, and may be as long in another way.
          if (issues.some(({ safe, severity }) => severity === 'info' && !safe)) return;
          expect(ok).toBe(isSound && column.kind.write(sent) === sent);
        },
      ),
    );
  });
});

describe('What is safe', () => {
  const table = [...replacementLines()];
  const judged = table.map(([char, line]) => ({ char, ...line, safe: checkText(char).issues[0]?.safe }));

  it('is only another code of the same character, or invisible', () => {
    expect(judged.filter((one) => one.safe && one.class !== 'same' && one.class !== 'drop')).toEqual([]);
    expect(judged.filter((one) => one.safe).length).toBeGreaterThan(300);
  });

  it('is never a kanji, but where a radical stands for the same kanji', () => {
    const kanji = judged.filter((one) => one.safe && /\p{sc=Han}/u.test(one.char + one.replacement));
    expect(kanji.length).toBeGreaterThan(150);
    expect(kanji.filter(({ char, replacement }) => char.normalize('NFKC') !== replacement)).toEqual([]);
    expect(kanji.filter(({ char }) => !/^[\u2f00-\u2fd5]$/.test(char))).toEqual([]);
  });

  it('is an invisible joiner behind a kanji that stays as it is', () => {
    expect(checkText('入\u200c浴').fixed).toBe('入浴');
    expect(checkText('鷗\u200c').issues.map(({ safe, suggestion }) => [safe, suggestion])).toEqual([[false, '鴎']]);
  });

  it('is what is invisible before a mark that is mended too', () => {
    expect(checkText('か\ufeff\u3099').fixed).toBe('か゛');
  });

  it('brings neither comma nor quote nor line break', () => {
    expect(judged.filter((one) => one.safe && /[",\r\n]/.test(one.replacement))).toEqual([]);
  });

  it.each([
    ['a variation selector behind a kanji', '葛\u{e0100}城'],
    ['a compatibility ideograph', '\ufa50母'],
    ['a squared kanji', '🈚'],
    ['an emoji, its skin tone, its keycap', '🏻 1\ufe0f\u20e3'],
    ['what is invisible and keeps a mark from the character before it', 'и\u200b\u0306'],
  ])('is not %s', (_, text) => {
    const { issues, fixed } = checkText(text);
    expect(issues.filter(({ safe }) => safe)).toEqual([]);
    expect(issues.length).toBeGreaterThan(0);
    expect(fixed).toBe(text);
  });
});

describe('What a character is', () => {
  it.each([
    ['kanji', ['𠮷', '鷗', '葛\u{e0100}', '\ufa50', '⾼', '们']],
    ['gaiji', ['\ue000', '\uf8ff', '\u{f0000}']],
    ['emoji', ['😊', '👨\u200d👩\u200d👧', '🇯🇵', '1\ufe0f\u20e3', '✅', '☎\ufe0f', '🌡']],
    ['broken', ['\ud842', '\udfb7', '\ufffd']],
    ['invisible', ['\u00a0', '\u200b', '\ufeff', '\u2028', '\ufe0f']],
    ['letter', ['é', '안', 'か\u3099', 'Ł']],
    ['sign', ['〜', '㉑', '☎', '½', '\u3099']],
  ])('%s', (kind, characters) => {
    expect(characters.map((char) => checkText(char).issues.map((one) => one.kind))).toEqual(
      characters.map(() => [kind]),
    );
  });
});

describe('A column', () => {
  const bare = COLUMNS.find(({ kind }) => kind.type === 'phone');
  const free = COLUMNS.find(({ kind }) => kind.type === 'text' && kind.length === null);
  const short = COLUMNS.find(({ kind }) => kind.type === 'text' && kind.length === 2);
  const digits = COLUMNS.find(({ kind }) => kind.type === 'digits');
  if (!bare || !free || !short || !digits) throw new Error('the tables lack a column');

  it('without quotes takes no line break, comma or quote', () => {
    const { ok, issues, length } = checkText('019,"\r\n1', { column: bare });
    expect(issues.map(({ kind, index, length, severity, safe }) => [kind, index, length, severity, safe])).toEqual([
      ['delimiter', 3, 1, 'error', false],
      ['delimiter', 4, 1, 'error', false],
      ['lineBreak', 5, 2, 'error', false],
    ]);
    expect([ok, length]).toEqual([false, { characters: 8, limit: 15, left: 7 }]);
    expect(describeTextLength(length)).toEqual({ ja: 'あと7文字', en: '7 characters left' });
  });

  it('of free text takes them', () => {
    const { ok, issues, length } = checkText('a,"\r\n', { column: free });
    expect([ok, issues, length]).toEqual([true, [], { characters: 5 }]);
    expect(describeTextLength(length).ja).toBe('5文字');
  });

  it('counts what will be sent, in characters', () => {
    expect(checkText('か\u3099き', { column: short }).length).toEqual({ characters: 2, limit: 2, left: 0 });
    const { ok, length } = checkText('あいう', { column: short });
    expect([ok, length.left]).toEqual([false, -1]);
    expect(describeTextLength(length)).toEqual({ ja: '1文字超えています', en: '1 character too many' });
  });

  it('of digits is never changed', () => {
    const { ok, issues, fixed } = checkText('12\u200b', { column: digits });
    expect([ok, fixed]).toEqual([false, '12\u200b']);
    expect(issues.map(({ severity, safe, suggestion }) => [severity, safe, suggestion])).toEqual([
      ['error', false, ''],
    ]);
  });

  it('is found by its name in a layout', () => {
    for (const { kind, placed } of V4_1.layouts) {
      for (const column of placed) {
        const { columns } = layoutOf(kind, '4.1') ?? {};
        expect(checkText('〜', { column })).toEqual(checkText('〜', { column: columns?.[column.name] ?? column }));
      }
    }
  });
});

it('is a matter of milliseconds for the longest text that a person types', () => {
  const text = `${'本日は通所介護に参加され、吉田様と過ごされた。'.repeat(100)}𠮷〜`;
  checkText(text);
  const started = performance.now();
  for (let i = 0; i < 10; i++) checkText(text + i);
  expect((performance.now() - started) / 10).toBeLessThan(200);
});
