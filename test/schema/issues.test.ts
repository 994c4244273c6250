import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hasError,
  ISSUE_CODES,
  type IssueCode,
  type IssueDetails,
  IssueError,
  type IssuePlace,
  issue,
  type Layout,
  mask,
  V4_1,
} from '../../src/schema/index.js';
import { en } from '../../src/schema/messages/en.js';
import { ja } from '../../src/schema/messages/ja.js';

const codes = Object.keys(ISSUE_CODES) as IssueCode[];
const columns = V4_1.layouts.flatMap(({ placed }: Layout) => placed);
const [firstColumn] = columns;
const place: IssuePlace = { file: 'UPPLAN.CSV', row: 12 };
const details: IssueDetails = {
  found: '99',
  expected: '10.42',
  codePoints: ['U+9DD7'],
  replacement: '鴎',
  index: 3,
};
const MISHAP = /undefined|NaN|null|\[object|function|=>|\(\)|（）/;

describe.each(codes)('The issue %s', (code) => {
  it('is told in Japanese and in English', () => {
    const { message } = issue(code, place, details);
    expect(message.ja).toMatch(/^UPPLAN\.CSV 12行目: .*[ぁ-ん].*。$/u);
    expect(message.en).toMatch(/^UPPLAN\.CSV, row 12: .{10,}\.$/u);
    expect(message.en.replace(details.replacement ?? '', '')).toMatch(/^[ -~]+$/);
  });

  it('is told in its own words', () => {
    const told = (language: typeof ja) => codes.map((other) => language.codes[other](details, firstColumn));
    for (const language of [ja, en]) {
      const words = language.codes[code](details, firstColumn);
      expect(told(language).filter((other) => other === words)).toHaveLength(1);
    }
  });

  it('is told without gaps for every column', () => {
    for (const column of columns) {
      const made = issue(code, place, details, { column });
      expect(made).toMatchObject({ code, ...place, column: column.no, columnName: column.ja, field: column.name });
      for (const text of [made.message.ja, made.message.en]) {
        expect(text).toContain(column.ja);
        expect(text).not.toMatch(MISHAP);
      }
    }
  });

  it('has the severity of its code, or the one it is given', () => {
    expect(issue(code).severity).toBe(ISSUE_CODES[code]);
    expect(issue(code, {}, {}, { severity: 'info' }).severity).toBe('info');
  });

  it('carries the details and no others', () => {
    const { message, severity, ...data } = issue(code, place, details);
    expect(data).toEqual({ code, ...place, ...details });
    expect({ message, severity }).toBeTruthy();
  });
});

describe('The messages', () => {
  it('have sentences for exactly the codes that there are', () => {
    expect(Object.keys(ja.codes).sort()).toEqual([...codes].sort());
    expect(Object.keys(en.codes).sort()).toEqual([...codes].sort());
  });

  it('say what a cell of every column looks like', () => {
    for (const { kind, ja: name } of columns) {
      for (const words of [ja.kinds[kind.type](kind), en.kinds[kind.type](kind)]) {
        expect(words, name).not.toBe('');
        expect(words, name).not.toMatch(MISHAP);
        if (kind.marker) expect(words, name).toContain(kind.marker);
        if (kind.constant) expect(words, name).toBe(kind.constant);
        for (const code of Object.keys(kind.codes ?? {})) expect(words, name).toContain(code);
      }
    }
  });

  it('leave out what is not known of the place', () => {
    expect(issue('csv.blankLine').message.en).toBe(en.codes['csv.blankLine']({}, undefined));
    expect(issue('csv.blankLine', { row: 3 }).message.ja).toMatch(/^3行目: /);
    expect(issue('csv.blankLine', { file: 'a.csv' }).message.en).toMatch(/^a\.csv: /);
  });
});

describe('An error of issues', () => {
  it('is one where an issue is an error', () => {
    const warning = issue('cell.blank');
    expect(hasError([])).toBe(false);
    expect(hasError([warning])).toBe(false);
    expect(hasError([warning, issue('cell.form')])).toBe(true);
  });

  it('lists them all', () => {
    const issues = [issue('cell.form', { row: 1 }), issue('cell.code', { row: 2 })];
    const error = new IssueError(issues);
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('IssueError');
    expect(error.issues).toBe(issues);
    expect(error.message.split('\n')).toEqual(issues.map(({ message }) => message.en));
  });
});

describe('The shape of a text', () => {
  it.each([
    ['0370100105', '9999999999'],
    ['H000000001', 'A999999999'],
    ['山田　花子', '〇〇〇〇〇'],
    ['ﾔﾏﾀﾞ Hanako', 'ｱｱｱｱ␣Aaaaaa'],
    ['2025-04-01 13:00', '9999-99-99␣99:99'],
    ['１２３', '〇〇〇'],
    ['a\r\nb\t', 'a〇〇a〇'],
    ['', ''],
    ['x'.repeat(24), 'a'.repeat(24)],
    ['x'.repeat(25), `${'a'.repeat(24)}… (25)`],
  ])('of %j is %j', (text, shape) => {
    expect(mask(text)).toBe(shape);
  });

  it('has nothing of a person: no letter, digit, kanji or kana of the text', () => {
    const words = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'0123456789ABYZabyz', ...'ｦｲｳﾝ'),
        fc.integer({ min: 0x3041, max: 0x30fe }).map((point) => String.fromCodePoint(point)),
        fc.integer({ min: 0x4e00, max: 0x9fa0 }).map((point) => String.fromCodePoint(point)),
        fc.integer({ min: 0x20000, max: 0x2a6d6 }).map((point) => String.fromCodePoint(point)),
        fc.integer({ min: 0xff10, max: 0xff5a }).map((point) => String.fromCodePoint(point)),
      ),
      maxLength: 40,
      size: 'max',
    });
    fc.assert(
      fc.property(words, (text) => {
        const [shape = '', count] = mask(text).split('…');
        expect(shape).toMatch(/^[9Aaｱ〇]*$/);
        expect(count).toBe(text.length > 24 ? ` (${text.length})` : undefined);
      }),
      { numRuns: 1000 },
    );
  });
});
