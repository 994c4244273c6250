import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectCharset } from '../../src/codec/charset.js';
import { encodeMs932 } from '../../src/codec/ms932.js';
import { REPERTOIRE } from '../support/arbitrary.js';

const MS932 = { charset: 'ms932', bom: 0 };
const inMs932 = (text: string) => encodeMs932(text).bytes;
/** A record as files have them: numbers and dates in ASCII, then words. */
const record = (...words: string[]) =>
  `202407,032011,0001090667,20251101,3,${words.map((word) => `"${word.replaceAll('"', '""')}"`).join()},0370100105,\r\n`;

describe('A file in MS932', () => {
  const kana = fc.constantFrom(...REPERTOIRE.filter((char) => char >= '｡' && char <= 'ﾟ'));
  const letter = fc.constantFrom(...'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ', 'ｶﾞ', 'ﾀﾞ', 'ﾌﾟ', 'ｼｮ', 'ｯﾀ', 'ｰ');
  const pairs = (unit: fc.Arbitrary<string>) =>
    fc.array(fc.tuple(unit, unit), { minLength: 1, maxLength: 8 }).map((found) => found.flat().join(''));
  /** Kanji and signs whose second byte is one of EUC-JP too. */
  const both = REPERTOIRE.filter((char) => inMs932(char).every((byte) => byte >= 0xa1));
  const word = fc.oneof(
    fc.string({ unit: kana, minLength: 1, maxLength: 20 }),
    pairs(kana),
    fc.tuple(pairs(letter), pairs(letter)).map((names) => names.join(' ')),
    fc.array(letter, { minLength: 1, maxLength: 8 }).map((letters) => letters.join('')),
    fc.string({ unit: fc.constantFrom(...both), minLength: 1, maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...REPERTOIRE), maxLength: 20 }),
  );
  const words = fc.oneof(
    fc.array(word, { minLength: 1, maxLength: 6 }),
    fc.array(pairs(kana), { minLength: 1, maxLength: 40, size: 'max' }),
    fc.array(pairs(letter), { minLength: 1, maxLength: 40, size: 'max' }),
  );

  it('is never refused, nor taken for UTF-8 that it is not: records of any words and of half-width kana names', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 30 }), (list, times) => {
        const bytes = inMs932(record(...list).repeat(times));
        const detected = detectCharset(bytes);
        if ('charset' in detected && detected.charset === 'utf-8') {
          expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toMatch(/[\u0800-\uffff]/);
        } else {
          expect(detected).toEqual(MS932);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['ｱｲ､ｳ', 'ﾊｲ｡', 'ｱｲ､ｳｴ､ｵ', '｢ｱ｣｢ｲ｣', 'ｵﾁｬ､ｺﾒ､ﾐｿ', 'ﾔﾏﾀﾞ ﾊﾅｺ', 'ｷｼｮｳ･ﾁｮｳｼｮｸ'])(
    'is not refused for %s',
    (text) => {
      expect(detectCharset(inMs932(record(text)))).toEqual(MS932);
      expect(detectCharset(inMs932(record(text).repeat(50)))).toEqual(MS932);
    },
  );

  it('is not refused for gaiji in pairs that EUC-JP has too', () => {
    for (const hex of ['F0A1F0A2', 'F9FCF9FC', 'F5A1F6A1F7A1'])
      expect(detectCharset(Buffer.from(hex, 'hex'))).toEqual(MS932);
  });
});
