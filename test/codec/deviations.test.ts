import { describe, expect, test } from 'vitest';
import { type DecodeFileOptions, decodeFile, decodeFileStream, parseFileName } from '../../src/codec/index.js';
import { decodeBlocks } from '../../src/codec/stream.js';
import { bytesOf, wrongRanges } from '../support/damage.js';
import { DEVIATIONS, RENAMED } from '../support/deviations.js';
import { gathered, pieces, SOURCES, whole } from '../support/streams.js';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe.each(DEVIATIONS)('$id: $en', ({ kind, name, file, records, code, severity, row, range, sure }) => {
  const bytes = bytesOf(file);
  const options: DecodeFileOptions = name === undefined ? { kind } : { kind, name };

  test('is read as the page says, with one issue in its place', () => {
    const read = decodeFile(bytes, options);
    expect(plain(read.records)).toEqual(plain(records));
    expect(read.issues.map((one) => [one.code, one.severity, one.row, one.range])).toEqual([
      [code, severity, row, range && { start: range[0], end: range[1] }],
    ]);
    expect(wrongRanges(bytes, read)).toBeUndefined();
    expect(read.records.some((record) => '$raw' in record)).toBe(sure === 'kept raw');
    if (sure === 'repaired') expect(read.complete).toBe(true);
  });

  test('is read alike as a stream, from any source and in any pieces', async () => {
    const expected = whole(decodeFile(bytes, options));
    for (const source of Object.values(SOURCES)) {
      for (const sizes of [[1], [2], [3], [7], [64], [4096], [5, 1, 30, 2]]) {
        const { blocks, ...read } = await gathered(decodeFileStream(source(pieces(bytes, sizes)), options));
        expect(read).toEqual(expected);
      }
    }
    const charset = decodeFile(bytes, options).charset;
    for (const block of [1, 2, 3, 7, 64]) {
      const { blocks, ...read } = await gathered(
        decodeBlocks(pieces(bytes, [block]), { ...options, ...(charset ? { charset } : {}) }, { detected: 100, block }),
      );
      expect(read).toEqual(expected);
    }
  });
});

test.each(RENAMED)('a file renamed by $en is known by the name that it had', ({ path, told }) => {
  const name = 'UPPLAN_202511_0370100105_43_0370200210_11_20251125200708';
  const wide = name.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const texts: Record<string, string> = { N: name, n: name.toLowerCase(), F: wide };
  const { name: parsed, issues } = parseFileName(path.replace(/\b[NnF]\b|(?<=_)N/, (letter) => texts[letter] ?? ''));
  expect(parsed).toMatchObject({ kind: 'UPPLAN', month: '2025-11', serial: '20251125200708' });
  expect(issues.map(({ code }) => code)).toEqual(told ? ['name.renamed'] : []);
});
