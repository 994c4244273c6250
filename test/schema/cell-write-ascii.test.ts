import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyKind, Fault } from '../../src/schema/cell.js';
import { putNumber } from '../../src/schema/cells/ascii.js';
import { SHORT_CELL } from '../../src/schema/cells/kind.js';
import { arbitraryText } from '../support/arbitrary.js';
import { nearValue, USED_KINDS } from './kinds.js';

const SHORT_CUT = USED_KINDS.filter(([, kind]) => kind.writeAscii);
const FILL = 0xee;

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** What the short cut of a kind writes at a place; undefined where it leaves the value to `write`. */
function shortCut(kind: AnyKind, value: unknown, at: number): string | undefined {
  const out = new Uint8Array(at + SHORT_CELL + 8).fill(FILL);
  const end = kind.writeAscii?.(value, out, at) ?? Number.NaN;
  // Nothing is touched but the cell's own place.
  expect(out.subarray(0, at).every((byte) => byte === FILL)).toBe(true);
  expect(out.subarray(at + SHORT_CELL).every((byte) => byte === FILL)).toBe(true);
  if (end === -1) return undefined;
  expect(end).toBeGreaterThan(at);
  expect(end).toBeLessThanOrEqual(at + SHORT_CELL);
  expect(out.subarray(end).every((byte) => byte === FILL)).toBe(true);
  return latin1(out.subarray(at, end));
}

const places = fc.nat(3);

it('Kinds of every picture, of whole numbers, of codes and of days and times have a short cut to bytes', () => {
  const types = new Set(SHORT_CUT.map(([, { type }]) => type));
  for (const type of ['int', 'digits', 'insured', 'office', 'serviceCode', 'tais', 'flags31', 'postal']) {
    expect(types).toContain(type);
  }
  for (const type of ['code', 'serviceType', 'date', 'month', 'time']) expect(types).toContain(type);
});

describe.each(SHORT_CUT)('The short cut to bytes of kind %s', (_, kind) => {
  it('writes every clean value as write does', () => {
    fc.assert(
      fc.property(arbitraryText(kind), places, (text, at) => {
        const value = kind.read(text);
        // More than 31 bits are left to write.
        const short = typeof value !== 'number' || value < 2 ** 31;
        expect(shortCut(kind, value, at)).toBe(short ? text : undefined);
        expect(kind.write(value)).toBe(text);
      }),
    );
  });

  it('leaves to write whatever is not clean', () => {
    const other = fc.oneof(...USED_KINDS.map(([, one]) => nearValue(one)));
    fc.assert(
      fc.property(fc.oneof(nearValue(kind), other), places, (value, at) => {
        const text = kind.write(value);
        const short = shortCut(kind, value, at);
        if (text instanceof Fault) expect(short).toBeUndefined();
        else if (typeof value !== 'number' || value < 2 ** 31) expect(short).toBe(text);
        else expect(short).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no text in which one character is another', () => {
    const char = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
    fc.assert(
      fc.property(arbitraryText(kind), char, fc.nat(), (text, other, place) => {
        const value = kind.read(text);
        if (typeof value !== 'string') return;
        const at = place % value.length;
        const changed = value.slice(0, at) + other + value.slice(at + 1);
        const written = kind.write(changed);
        expect(shortCut(kind, changed, 1)).toBe(written instanceof Fault ? undefined : written);
      }),
    );
  });
});

it('A number is written with the digits that it has', () => {
  const edges = [0, 9, 10, 99, 100, 999, 1000, 99_999, 100_000, 999_999_999, 1_000_000_000, 2 ** 31 - 1];
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...edges), fc.nat()), (value) => {
      const out = new Uint8Array(16);
      expect(latin1(out.subarray(2, putNumber(value, out, 2)))).toBe(String(value));
    }),
  );
});
