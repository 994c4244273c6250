import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { detectCharset } from '../../src/codec/charset.js';
import { decodeFile } from '../../src/codec/decode-file.js';
import { decodeMs932, encodeMs932 } from '../../src/codec/ms932.js';
import { readUtf8, writeUtf8 } from '../../src/codec/utf8.js';

const ROOT = new URL('../fixtures/samples/', import.meta.url);
const SAMPLES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.csv$/i.test(name))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(encodeURI(name), ROOT))) }));
const CLEAN = SAMPLES.filter(({ name }) => !name.startsWith('dirty'));
const TEXTS = CLEAN.map(({ name, bytes }) => ({ name, text: decodeMs932(bytes).text }));

const MS932 = { charset: 'ms932', bom: 0 };
const UTF_8 = { charset: 'utf-8', bom: 0 };
const EUC_JP = { refused: 'EUC-JP' };
const UTF_16 = { refused: 'UTF-16' };

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const inMs932 = (text: string) => encodeMs932(text).bytes;
const inUtf8 = (text: string) => new TextEncoder().encode(text);
const inEucJp = (text: string) => new Uint8Array(iconv.encode(text, 'eucjp'));
/** A record as files have them: numbers and dates in ASCII, then words. */
const record = (...words: string[]) =>
  `202407,032011,0001090667,20251101,3,${words.map((word) => `"${word.replaceAll('"', '""')}"`).join()},0370100105,\r\n`;

/** The samples whose bytes in another encoding are not detected as expected. */
const notDetected = (encode: (text: string) => Uint8Array, expected: unknown) =>
  TEXTS.filter(({ text }) => JSON.stringify(detectCharset(encode(text))) !== JSON.stringify(expected)).map(
    ({ name }) => name,
  );

describe('The charset of a file', () => {
  it('is that of every sample as it came', () => {
    expect(SAMPLES.length).toBeGreaterThan(60);
    for (const { name, bytes } of SAMPLES) {
      const expected = name.includes('utf8-bom_')
        ? { charset: 'utf-8', bom: 3 }
        : name.includes('utf8_')
          ? UTF_8
          : MS932;
      expect(detectCharset(bytes), name).toEqual(expected);
    }
  });

  it.each([
    ['a byte order mark and ASCII', inUtf8(`\ufeff${record('ABC')}`), { charset: 'utf-8', bom: 3 }],
    ['a byte order mark and broken UTF-8', bytesOf('EFBBBFE4BB'), { charset: 'utf-8', bom: 3 }],
    ['a byte order mark alone', bytesOf('EFBBBF'), { charset: 'utf-8', bom: 3 }],
    ['two bytes of a mark', bytesOf('EFBB41'), MS932],
    ['介護 in UTF-8, which MS932 could be', inUtf8(record('介護')), UTF_8],
    ['one kana in UTF-8', inUtf8(record('あ')), UTF_8],
    ['half-width kana in UTF-8', inUtf8(record('ﾆｼ')), UTF_8],
    ['介護 in MS932', inMs932(record('介護')), MS932],
    ['nothing', new Uint8Array(), MS932],
    ['ASCII', inUtf8(record('ABC')), MS932],
    ['two-byte characters of UTF-8', inUtf8(record('é×')), MS932],
    ['UTF-8 and one byte of MS932', Uint8Array.of(...inUtf8(record('介護')), 0xb1), MS932],
    ['UTF-8 with an overlong form', Uint8Array.of(...inUtf8(record('介護')), 0xe0, 0x81, 0x81), MS932],
    ['UTF-8 with half a surrogate pair', Uint8Array.of(...inUtf8(record('介護')), 0xed, 0xa0, 0x80), MS932],
    ['UTF-8 beyond U+10FFFF', Uint8Array.of(...inUtf8(record('介護')), 0xf4, 0x90, 0x80, 0x80), MS932],
  ])('is told from its bytes: %s', (_, bytes, expected) => {
    expect(detectCharset(bytes)).toEqual(expected);
  });

  it.each(['ﾆｼ', 'ﾄｼ', 'ﾊｾ', 'ﾅｶ'])('is MS932 for %s, though its bytes are valid UTF-8', (name) => {
    const bytes = inMs932(record(name, name));
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow();
    expect(detectCharset(bytes)).toEqual(MS932);
  });

  it('is UTF-8 for 介護, though its bytes are valid MS932', () => {
    expect(decodeMs932(inUtf8('介護'))).toEqual({ text: '莉玖ｭｷ', issues: [] });
    expect(detectCharset(inUtf8('介護'))).toEqual(UTF_8);
  });

  it('is UTF-8 for every clean sample with Japanese rewritten in UTF-8', () => {
    const japanese = TEXTS.filter(({ text }) => /[^\0-\x7f]/.test(text)).map(({ name }) => name);
    expect(notDetected(inUtf8, MS932)).toEqual(japanese);
    expect(notDetected((text) => inUtf8(`${text}介`), UTF_8)).toEqual([]);
  });

  it('is told for UTF-8 that is cut inside a character, as soon as there is a whole one', () => {
    for (const { text } of TEXTS) {
      const whole = inUtf8(text).subarray(0, 1500);
      for (let end = 0; end < whole.length; end++) {
        const isWide = /[^\0-\u07ff\ufffd]/.test(new TextDecoder().decode(whole.subarray(0, end)));
        expect(detectCharset(whole.subarray(0, end))).toEqual(isWide ? UTF_8 : MS932);
      }
    }
  });

  it('is UTF-8 exactly where a few bytes are valid UTF-8 with a character of three bytes or more', () => {
    const char = fc.oneof(
      fc.constantFrom('é', '߿', 'ࠀ', '介', '\uffff', '𠮷', '\u{10ffff}'),
      fc.string({ maxLength: 1 }),
    );
    const byte = fc.integer({ min: 1, max: 0xff });
    const piece = fc.oneof(
      { weight: 9, arbitrary: char.map((c) => [...inUtf8(c)]) },
      { weight: 1, arbitrary: fc.tuple(byte) },
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const bytes = Uint8Array.from(pieces.flat());
        fc.pre(!/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/.test(Buffer.from(bytes).toString('latin1')));
        let isUtf8 = true;
        try {
          isUtf8 = /[^\0-\u07ff]/.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }));
        } catch {
          isUtf8 = false;
        }
        const detected = detectCharset(bytes);
        expect('charset' in detected && detected.charset === 'utf-8').toBe(isUtf8);
      }),
      { numRuns: 2000 },
    );
  });

  it('is UTF-8 for every sample with a broken byte in it', () => {
    for (const { text } of TEXTS.filter(({ text }) => /[^\0-\u07ff]/.test(text))) {
      const bytes = inUtf8(text);
      const at = bytes.findLastIndex((byte) => byte >= 0x80);
      expect(detectCharset(bytes.with(at, 0xff))).toEqual(bytes.length > 400 ? UTF_8 : expect.anything());
    }
  });

  it('is MS932 for a sample with a byte order mark of UTF-8 put before it', () => {
    for (const { text } of TEXTS.filter(({ text }) => /[\u3000-\u9fff]{8}/.test(text))) {
      expect(detectCharset(Uint8Array.of(0xef, 0xbb, 0xbf, ...inMs932(text)))).toEqual({ charset: 'ms932', bom: 3 });
    }
  });
});

describe('UTF-16', () => {
  it.each(['utf-16le', 'utf-16be'])('is refused with and without a byte order mark: %s', (encoding) => {
    for (const addBOM of [true, false]) {
      expect(notDetected((text) => iconv.encode(text, encoding, { addBOM }), UTF_16)).toEqual([]);
      const long = record('介護支援専門員　'.repeat(100));
      expect(detectCharset(iconv.encode(long, encoding, { addBOM }))).toEqual(UTF_16);
    }
  });

  it('is not seen in a few zero bytes', () => {
    expect(detectCharset(inMs932('0\0'))).toEqual(MS932);
    expect(detectCharset(inMs932(record('介護\0\0\0')))).toEqual(MS932);
    expect(detectCharset(new Uint8Array(64))).toEqual(MS932);
  });
});

describe('EUC-JP', () => {
  it('is refused for every clean sample with Japanese', () => {
    const ascii = TEXTS.filter(({ text }) => !/[^\0-\x7f]/.test(text)).map(({ name }) => name);
    expect(ascii).toHaveLength(5);
    expect(notDetected(inEucJp, EUC_JP)).toEqual(ascii);
  });

  it.each([
    '介護',
    '訪問介護',
    '髙橋 一郎',
    '主治医の森鷗外先生に報告',
    'さくら',
    'ヘルパーステーション',
    '㈱ほほえみ福祉用具',
    'あいうえお',
    '６時～７時　ｶｲｺﾞ',
    '入浴の介助、見守り',
  ])('is refused for a record with %s', (word) => {
    expect(detectCharset(inEucJp(record(word)))).toEqual(EUC_JP);
  });

  it('is refused where a file is cut inside a character', () => {
    const { text = '' } = TEXTS.find(({ name }) => name.includes('UPPLAN')) ?? {};
    const bytes = inEucJp(text);
    for (let end = 1000; end < 3000; end++) expect(detectCharset(bytes.subarray(0, end))).toEqual(EUC_JP);
  });

  it('passes for MS932 where a few kanji could as well be half-width kana', () => {
    expect(decodeMs932(inEucJp('起床'))).toEqual({ text: 'ｵｯｾｲ', issues: [] });
    expect(detectCharset(inEucJp(record('起床')))).toEqual(MS932);
  });
});

describe('The option charset', () => {
  const find = (part: string) => SAMPLES.find(({ name }) => name.includes(part))?.bytes ?? new Uint8Array();
  const charsetOf = (bytes: Uint8Array, charset?: 'ms932' | 'utf-8') =>
    decodeFile(bytes, { kind: 'UPPLAN', ...(charset ? { charset } : {}) });

  it('overrides what is detected', () => {
    for (const part of ['utf8_', 'utf8-bom_', 'lf_']) {
      for (const charset of ['ms932', 'utf-8'] as const) expect(charsetOf(find(part), charset).charset).toBe(charset);
    }
  });

  it('overrides the refusal of UTF-16 and EUC-JP', () => {
    const { text = '' } = TEXTS.find(({ name }) => name.includes('UPPLAN')) ?? {};
    for (const encoding of ['eucjp', 'utf-16le', 'utf-16be']) {
      const bytes = iconv.encode(text, encoding);
      const refused = charsetOf(bytes);
      expect(refused.charset).toBeUndefined();
      expect(refused.issues).toMatchObject([{ code: 'file.refused', severity: 'error' }]);
      expect(charsetOf(bytes, 'ms932').charset).toBe('ms932');
    }
  });
});

describe('UTF-8', () => {
  it('keeps gaiji and broken bytes with an issue, and what stands behind them survives', () => {
    const odd: unknown[] = [];
    const bytes = Uint8Array.of(...inUtf8('𠮷\ue000"'), 0xe4, 0xbb, ...inUtf8(',\ufeff\r\n'));
    expect(readUtf8(bytes, 0, bytes.length, ({ code, index, text }) => odd.push([code, index, text]))).toBe(
      '𠮷\ue000"\ufffd,\ufeff\r\n',
    );
    expect(odd).toEqual([
      ['char.gaiji', 2, '\ue000'],
      ['char.broken', 4, '\ufffd'],
    ]);
  });

  it('is read from a stretch of bytes, and a mark at its start is a character', () => {
    const bytes = inUtf8('介\ufeff護');
    expect(readUtf8(bytes, 3, 6)).toBe('\ufeff');
    expect(readUtf8(bytes, 3, 9)).toBe('\ufeff護');
  });

  it('is written for any text but half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(5), (text, at) => {
        const out = new Uint8Array(at + text.length * 3);
        const end = writeUtf8(text, out, at);
        expect(readUtf8(out, at, end)).toBe(text);
        expect(writeUtf8(`${text}\ud842`, out, at)).toBe(-1);
        expect(writeUtf8(`\udfb7${text}`, out, at)).toBe(-1);
      }),
    );
  });
});
