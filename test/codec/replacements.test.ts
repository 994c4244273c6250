import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generate, TARGET } from '../../scripts/generate-replacements.js';
import { decodeMs932, encodeMs932, isEncodable, type OnUnencodable } from '../../src/codec/ms932.js';
import { REPLACEMENTS } from '../../src/codec/ms932-replacements.generated.js';
import { REPERTOIRE } from '../support/arbitrary.js';

/** The lines of replacements.tsv: a character, what to write for it, and the class. */
const LINES = readFileSync(new URL('../fixtures/ms932/replacements.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [hex = '', escaped = '', group = ''] = line.split('\t');
    const replacement = escaped.replaceAll('\\n', '\n').replaceAll('\\\\', '\\');
    return { hex, char: String.fromCodePoint(Number.parseInt(hex, 16)), replacement, group };
  });

const REPLACED_BY = {
  error: ['same', 'drop'],
  replace: ['same', 'drop', 'variant'],
  'replace-all': ['same', 'drop', 'variant', 'approx'],
} as const satisfies Record<string, readonly string[]>;
const MODES = Object.keys(REPLACED_BY) as (keyof typeof REPLACED_BY)[];

/** What is written, and each issue without its sentences and place. */
function encode(text: string, onUnencodable: OnUnencodable) {
  const { bytes, issues } = encodeMs932(text, { onUnencodable });
  const told = issues.map(({ code, severity, index, codePoints, replacement }) =>
    replacement === undefined
      ? { code, severity, index, codePoints }
      : { code, severity, index, codePoints, replacement },
  );
  return { text: decodeMs932(bytes).text, issues: told };
}

describe('The table of replacements', () => {
  it('has 5,371 lines in four classes, each for one character outside MS932', () => {
    const count = (group: string) => LINES.filter((line) => line.group === group).length;
    expect(['same', 'drop', 'variant', 'approx'].map(count)).toEqual([1077, 386, 1007, 2901]);
    expect(new Set(LINES.map(({ char }) => char)).size).toBe(5371);
    expect(LINES.filter(({ char }) => isEncodable(char))).toEqual([]);
  });

  it('writes characters of MS932 only, and nothing for the class drop alone', () => {
    expect(LINES.filter(({ replacement }) => !isEncodable(replacement))).toEqual([]);
    expect(LINES.filter(({ replacement, group }) => (replacement === '') !== (group === 'drop'))).toEqual([]);
  });

  it('knows neither gaiji nor U+FFFD nor half characters', () => {
    expect(LINES.filter(({ char }) => /[\p{Co}\p{Cs}\ufffd]/u.test(char))).toEqual([]);
  });

  it('is the generated module, line by line and letter by letter', () => {
    const generated = Object.entries(REPLACEMENTS).flatMap(([group, entries]) =>
      entries.split('\t').map((entry) => {
        const char = String.fromCodePoint(entry.codePointAt(0) ?? 0);
        return `${char} ${entry.slice(char.length)} ${group}`;
      }),
    );
    const expected = LINES.map(({ char, replacement, group }) => `${char} ${replacement} ${group}`);
    expect(generated.sort()).toEqual(expected.sort());
    expect(readFileSync(TARGET, 'utf8') === generate(), 'stale: run scripts/generate-replacements.ts').toBe(true);
  });
});

describe.each(MODES)('The mode %s', (mode) => {
  const groups: readonly string[] = REPLACED_BY[mode];

  it(`applies the classes ${groups.join(', ')}, tells of it, and takes the rest for errors`, () => {
    const wrong = LINES.filter(({ hex, char, replacement, group }) => {
      const applies = groups.includes(group);
      const place = { index: 1, codePoints: [`U+${hex}`] };
      const expected = applies
        ? { code: 'char.replaced', severity: 'info', ...place, replacement }
        : { code: 'char.unencodable', severity: 'error', ...place };
      const { text, issues } = encode(`甲${char}乙`, mode);
      const alone = encode(char, mode);
      return (
        text !== `甲${applies ? replacement : ''}乙` ||
        JSON.stringify(issues) !== JSON.stringify([expected]) ||
        alone.text !== (applies ? replacement : '') ||
        JSON.stringify(alone.issues) !== JSON.stringify([{ ...expected, index: 0 }])
      );
    });
    expect(wrong).toEqual([]);
  });

  it('takes a decomposed character for the composed one', () => {
    const decomposed = [...REPERTOIRE, ...LINES.map(({ char }) => char)].filter(
      (char) => char.normalize('NFC') === char && [...char.normalize('NFD')].length > 1,
    );
    expect(decomposed.length).toBeGreaterThan(800);
    const wrong = decomposed.filter((char) => {
      const { text, issues } = encode(`甲${char.normalize('NFD')}乙`, mode);
      return text !== encode(`甲${char}乙`, mode).text || issues.length !== 1 || issues[0]?.index !== 1;
    });
    expect(wrong).toEqual([]);
  });
});

describe('A function', () => {
  it('is told what the table would write, and of which class that is', () => {
    const wrong = LINES.filter(({ char, replacement, group, hex }) => {
      const asked: unknown[] = [];
      encodeMs932(char, { onUnencodable: (unencodable) => void asked.push(unencodable) });
      const suggestion = { text: replacement, class: group };
      return (
        JSON.stringify(asked) !== JSON.stringify([{ cluster: char, codePoints: [`U+${hex}`], index: 0, suggestion }])
      );
    });
    expect(wrong).toEqual([]);
  });
});
