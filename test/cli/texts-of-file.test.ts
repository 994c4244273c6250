import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Characters } from '../../src/cli/characters-report.js';
import { csvRows } from '../../src/cli/csv-cells.js';
import { jsonStrings, pointerOf } from '../../src/cli/json-strings.js';
import { textFile } from '../../src/cli/texts-of-file.js';
import { checkText } from '../../src/codec/index.js';
import { anyText } from '../support/texts.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const anyJson = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 1.5, -2e300),
    anyText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(anyText, fc.constantFrom('/', '~', '"', '', '__proto__')), tie('value'), { maxKeys: 4 }),
  ),
})).value;
const anySpace = fc.constantFrom('', ' ', '\t', '\n  ');

/** Every string of a value, by its pointer. */
function stringsOf(value: Json, path: readonly (string | number)[] = []): [pointer: string, value: string][] {
  if (typeof value === 'string') return [[pointerOf(path), value]];
  if (Array.isArray(value)) return value.flatMap((one, i) => stringsOf(one, [...path, i]));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => stringsOf(one, [...path, key]));
}

const mend = (value: Json): Json => {
  if (typeof value === 'string') return checkText(value).fixed;
  if (Array.isArray(value)) return value.map(mend);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mend(one)]));
};

/** A file with what is safe mended. */
function mended(path: string, content: string): string {
  const file = textFile({ path, bytes: new TextEncoder().encode(content) });
  if (typeof file === 'string') throw new Error(file);
  return new Characters({ showValues: false }).add(path, file, true).content;
}

describe('The strings of a JSON document', () => {
  it('are all its strings but its keys, each with its pointer and place', () => {
    fc.assert(
      fc.property(anyJson, anySpace, (value, space) => {
        const text = JSON.stringify(value, null, space);
        const found = Array.from(jsonStrings(text), ({ path, value: one, start, end }) => [
          pointerOf(path),
          one,
          JSON.parse(text.slice(start, end)),
        ]);
        expect(found).toEqual(stringsOf(JSON.parse(text)).map(([pointer, one]) => [pointer, one, one]));
      }),
    );
  });

  it('are mended, and nothing else changes', () => {
    fc.assert(
      fc.property(anyJson, anySpace, (value, space) => {
        const text = JSON.stringify(value, null, space);
        const parsed: Json = JSON.parse(text);
        const out = mended('a.json', text);
        expect(JSON.parse(out)).toEqual(mend(parsed));
        expect(out).toBe(JSON.stringify(mend(parsed), null, space));
      }),
    );
  });
});

describe('The cells of a CSV text', () => {
  const cell = anyText.map((text) => text.replaceAll(/["\r\n,]/g, ''));
  const quoted = fc
    .array(fc.oneof(anyText, fc.constantFrom('"', ',', '\r\n')), { maxLength: 3 })
    .map((all) => all.join(''));
  const rows = fc.array(
    fc.array(fc.oneof(fc.tuple(fc.constant(false), cell), fc.tuple(fc.constant(true), quoted)), { minLength: 1 }),
    {
      minLength: 1,
    },
  );
  const written = (all: readonly (readonly (readonly [boolean, string])[])[], end: string, tail: boolean) =>
    all
      .map((row) => row.map(([inQuotes, text]) => (inQuotes ? `"${text.replaceAll('"', '""')}"` : text)).join(','))
      .join(end) + (tail ? end : '');
  const anyEnd = fc.constantFrom('\r\n', '\n', '\r');

  it('are those that were written, whatever the line ends', () => {
    fc.assert(
      fc.property(rows, anyEnd, (all, end) => {
        const text = written(all, end, true);
        expect([...csvRows(text)].map((row) => row.map(({ value }) => value))).toEqual(
          all.map((row) => row.map(([, one]) => one)),
        );
      }),
    );
  });

  it('lie side by side in any text, and hold all of it but commas and line ends', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, quoted), (text) => {
        let at = 0;
        for (const { start, end } of [...csvRows(text)].flat()) {
          expect(text.slice(at, start)).toMatch(/^(,|\r\n|\r|\n)?$/);
          at = end;
        }
        expect(text.slice(at)).toMatch(/^(\r\n|\r|\n)?$/);
      }),
    );
  });

  it('are mended, and nothing else changes', () => {
    fc.assert(
      fc.property(rows, anyEnd, fc.boolean(), (all, end, tail) => {
        const sound = all.map((row) =>
          row.map(([inQuotes, text]) => [inQuotes, text.replaceAll(/\p{Cs}|\ufeff/gu, '')] as const),
        );
        const fixed = sound.map((row) => row.map(([inQuotes, text]) => [inQuotes, checkText(text).fixed] as const));
        // A character of three bytes, by which UTF-8 is known.
        expect(mended('a.csv', `介護,${written(sound, end, tail)}`)).toBe(`介護,${written(fixed, end, tail)}`);
      }),
    );
  });
});
