import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyKind, Fault } from '../../src/schema/cell.js';
import { asciiNumber, asciiText, SHORT_TEXT, shortText } from '../../src/schema/cells/ascii.js';
import { arbitraryText, nearText } from '../support/arbitrary.js';
import { USED_KINDS } from './kinds.js';

const SHORT_CUT = USED_KINDS.filter(([, kind]) => kind.readAscii);

const latin1 = (codes: readonly number[]): string => String.fromCharCode(...codes);
const codesOf = (text: string): number[] => Array.from(text, (_, i) => text.charCodeAt(i));
/** What the short cut of a kind gives for codes between other codes. */
const shortCut = (kind: AnyKind, codes: readonly number[], before: readonly number[] = [], after = before): unknown =>
  kind.readAscii?.(Uint8Array.from([...before, ...codes, ...after]), before.length, codes.length);

const digits = fc.string({ unit: fc.constantFrom(...'00129'), minLength: 1, maxLength: 20 });
const ascii = fc.string({ unit: fc.integer({ min: 0, max: 0x7f }).map((code) => latin1([code])), minLength: 1 });
const neighbours = fc.array(fc.constantFrom(...codesOf('01H,"\r\n-')), { maxLength: 12 });

it('Kinds of every picture and of whole numbers have a short cut', () => {
  const types = new Set(SHORT_CUT.map(([, { type }]) => type));
  for (const type of ['int', 'digits', 'insured', 'office', 'serviceCode', 'tais', 'flags31', 'postal']) {
    expect(types).toContain(type);
  }
});

describe.each(SHORT_CUT)('The short cut of kind %s', (_, kind) => {
  it('gives every clean cell the value that read gives', () => {
    fc.assert(
      fc.property(arbitraryText(kind), neighbours, (text, around) => {
        expect(shortCut(kind, codesOf(text), around)).toBe(kind.read(text));
      }),
    );
  });

  it('leaves to read whatever is not clean', () => {
    const near = nearText(kind).filter((text) => text !== '' && /^[\0-\x7f]+$/.test(text));
    fc.assert(
      fc.property(fc.oneof(near, digits, ascii), neighbours, neighbours, (text, before, after) => {
        const value = kind.read(text);
        expect(shortCut(kind, codesOf(text), before, after)).toBe(value instanceof Fault ? undefined : value);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no cell with a byte outside ASCII', () => {
    const high = fc.integer({ min: 0x80, max: 0xff });
    fc.assert(
      fc.property(arbitraryText(kind), high, fc.nat(), (text, code, place) => {
        const codes = codesOf(text);
        expect(shortCut(kind, codes.with(place % codes.length, code))).toBeUndefined();
        expect(shortCut(kind, codes.toSpliced(place % codes.length, 0, code))).toBeUndefined();
      }),
    );
  });
});

describe('Characters from their codes', () => {
  it('make texts of every length', () => {
    for (let length = 0; length <= SHORT_TEXT + 2; length++) {
      const text = Array.from({ length }, (_, i) => String.fromCharCode(0x30 + i)).join('');
      expect(asciiText(Uint8Array.from(codesOf(`,${text},`)), 1, length)).toBe(text);
      const wide = Array.from({ length }, (_, i) => String.fromCharCode(0x4e00 + i)).join('');
      expect(shortText(Uint16Array.from(codesOf(`、${wide}、`)), 1, length)).toBe(wide);
    }
  });

  it('make a number only where all are digits', () => {
    fc.assert(
      fc.property(fc.oneof(digits, ascii), (text) => {
        const number = /^[0-9]+$/.test(text) ? Number(text) : -1;
        if (number < 1e15) expect(asciiNumber(Uint8Array.from(codesOf(text)), 0, text.length)).toBe(number);
      }),
    );
  });
});
