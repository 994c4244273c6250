import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePointsOf, decodeMs932, encodeMs932, isEncodable, type OnUnencodable } from '../../src/codec/ms932.js';
import type { Issue } from '../../src/schema/internal.js';
import { anyText, written } from '../support/texts.js';

const anyPolicy: fc.Arbitrary<OnUnencodable> = fc.oneof(
  fc.constantFrom('error' as const, 'replace' as const, 'replace-all' as const),
  fc.func(fc.option(fc.oneof(anyText, fc.string({ unit: written })), { nil: undefined })),
);

/** The characters that an issue is about, read from its place and its number of code points. */
function charactersAt(text: string, { index = -1, codePoints = [] }: Issue): string {
  const lengths = codePoints.map((point) => (Number.parseInt(point.slice(2), 16) > 0xffff ? 2 : 1));
  return text.slice(index, index + lengths.reduce((sum, length) => sum + length, 0));
}

/** What a text becomes when each issue's characters give way to its replacement, or to nothing. */
function apply(text: string, issues: readonly Issue[]): string {
  let out = '';
  let at = 0;
  for (const one of issues) {
    out += text.slice(at, one.index) + (one.replacement ?? '');
    at = (one.index ?? 0) + charactersAt(text, one).length;
  }
  return out + text.slice(at);
}

describe('Encoding any text', () => {
  it('does not throw, writes only bytes of the table, and its issues tell exactly what became of the text', () => {
    fc.assert(
      fc.property(anyText, anyPolicy, (text, onUnencodable) => {
        const { bytes, issues } = encodeMs932(text, { onUnencodable });
        const decoded = decodeMs932(bytes);
        expect(decoded.issues).toEqual([]);
        expect(isEncodable(decoded.text)).toBe(true);
        expect(encodeMs932(decoded.text)).toEqual({ bytes, issues: [] });
        let end = 0;
        for (const one of issues) {
          expect(one.index).toBeGreaterThanOrEqual(end);
          expect(one.severity).toBe(one.code === 'char.replaced' ? 'info' : 'error');
          expect(one.replacement === undefined).toBe(one.code !== 'char.replaced');
          const characters = charactersAt(text, one);
          expect(codePointsOf(characters)).toEqual(one.codePoints);
          expect(isEncodable(characters)).toBe(false);
          end = (one.index ?? 0) + characters.length;
        }
        expect(apply(text, issues)).toBe(decoded.text);
        expect(issues.length === 0).toBe(isEncodable(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves fewer errors the more a mode replaces, and replaces alike where two modes do', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const told = (['error', 'replace', 'replace-all'] as const).map((mode) =>
          encodeMs932(text, { onUnencodable: mode }).issues.map((one) => ({ ...one, message: undefined })),
        );
        const errors = told.map((issues) => issues.filter(({ severity }) => severity === 'error'));
        const replaced = told.map((issues) => issues.filter(({ severity }) => severity === 'info'));
        for (const wider of [1, 2]) {
          expect(errors[wider - 1]).toEqual(expect.arrayContaining(errors[wider] ?? []));
          expect(replaced[wider]).toEqual(expect.arrayContaining(replaced[wider - 1] ?? []));
          expect(told[wider]).toHaveLength(told[0]?.length ?? 0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('of MS932 is taken back by decoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: written, size: 'large' }), anyPolicy, (text, onUnencodable) => {
        const { bytes, issues } = encodeMs932(text, { onUnencodable });
        expect(issues).toEqual([]);
        expect(decodeMs932(bytes)).toEqual({ text, issues: [] });
      }),
    );
  });
});

const byte = fc.integer({ min: 0, max: 0xff });
const lead = fc.oneof(fc.integer({ min: 0x81, max: 0x9f }), fc.integer({ min: 0xe0, max: 0xff }));
const piece = fc.oneof(
  fc.tuple(byte),
  fc.tuple(lead),
  fc.tuple(lead, byte),
  fc.tuple(fc.integer({ min: 0xf0, max: 0xf9 }), fc.integer({ min: 0x40, max: 0xfc })),
  fc.tuple(fc.constantFrom(0x2c, 0x22, 0x0d, 0x0a)),
  written.map((char) => [...encodeMs932(char).bytes]),
);
const anyBytes = fc.oneof(
  fc.uint8Array({ size: 'medium' }),
  fc.array(piece, { size: 'medium' }).map((pieces) => Uint8Array.from(pieces.flat())),
);

describe('Decoding any bytes', () => {
  it('does not throw; each U+FFFD and each gaiji has one issue with its bytes and place, and nothing else has', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const { text, issues: all } = decodeMs932(bytes);
        const issues = all.filter(({ code }) => code !== 'char.necSelected');
        const odd = [...text.matchAll(/[\ufffd\ue000-\uf8ff]/g)];
        expect(issues.map(({ index }) => index)).toEqual(odd.map(({ index }) => index));
        let end = 0;
        for (const [i, { code, range = { start: -1, end: -1 }, codePoints }] of issues.entries()) {
          const char = odd[i]?.[0] ?? '';
          expect(range.start).toBeGreaterThanOrEqual(end);
          expect(range.end - range.start).toBeLessThanOrEqual(2);
          expect(decodeMs932(bytes.subarray(range.start, range.end)).text).toBe(char);
          const between = decodeMs932(bytes.subarray(end, range.start)).issues;
          expect(between.filter(({ code }) => code !== 'char.necSelected')).toEqual([]);
          expect(code).toBe(char === '\ufffd' ? 'char.broken' : 'char.gaiji');
          expect(codePoints).toEqual(char === '\ufffd' ? undefined : codePointsOf(char));
          if (char !== '\ufffd') expect(char >= '\ue000' && char <= '\ue757').toBe(true);
          end = range.end;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps every comma, quote, CR and LF, so that cells can be cut before they are decoded', () => {
    const kept = (text: string) => text.replace(/[^,"\r\n]/g, '');
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const { text } = decodeMs932(bytes);
        const latin1 = Buffer.from(bytes).toString('latin1');
        expect(kept(text)).toBe(kept(latin1));
        const cells = latin1.split(/[,"\r\n]/).map((cell) => decodeMs932(Buffer.from(cell, 'latin1')).text);
        expect(text.split(/[,"\r\n]/)).toEqual(cells);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives back the bytes where there is no issue, duplicates aside', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const { text, issues } = decodeMs932(bytes);
        fc.pre(issues.length === 0);
        const again = encodeMs932(text);
        expect(again.issues).toEqual([]);
        expect(again.bytes).toHaveLength(bytes.length);
        expect(decodeMs932(again.bytes).text).toBe(text);
      }),
    );
  });
});
