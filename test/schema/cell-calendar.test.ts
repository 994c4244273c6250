import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysInMonth, type Layout, V4_1 } from '../../src/schema/index.js';
import { day, fault, month, weekTime } from './columns.js';

describe('A date', () => {
  it('is read exactly where the calendar has it', () => {
    const part = (max: number) => fc.oneof(fc.integer({ min: 0, max }), fc.constantFrom(1, 2, 28, 29, 30, 31));
    const years = fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(0, 1, 4, 100, 400, 1900, 2000, 2024));
    fc.assert(
      fc.property(years, part(14), part(33), (y, m, d) => {
        const text = `${String(y).padStart(4, '0')}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`;
        const real = new Date(0);
        real.setUTCFullYear(y, m - 1, d);
        const exists = y > 0 && real.getUTCMonth() === m - 1 && real.getUTCDate() === d;
        const value = exists ? real.toISOString().slice(0, 10) : fault('cell.calendar');
        expect(day.read(text)).toEqual(value);
        expect(day.value().safeParse(text.replace(/^(.{4})(..)(..)$/, '$1-$2-$3')).success).toBe(exists);
      }),
      { numRuns: 2000 },
    );
  });

  it('is one of as many days as its month has', () => {
    const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    expect(months.map((m) => daysInMonth(2025, m))).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect([1900, 2000, 2024, 2100].map((y) => daysInMonth(y, 2))).toEqual([28, 29, 29, 28]);
    expect([0, 13].map((m) => daysInMonth(2025, m))).toEqual([0, 0]);
  });
});

describe('A month and a time of day', () => {
  const two = (n: number) => String(n).padStart(2, '0');

  it('are months 01 to 12', () => {
    for (let m = 0; m <= 99; m++) {
      const value = `2025-${two(m)}`;
      const exists = m >= 1 && m <= 12;
      expect(month.read(`2025${two(m)}`)).toEqual(exists ? value : fault('cell.calendar'));
      expect(month.value().safeParse(value).success).toBe(exists);
    }
    expect(month.value().safeParse('0000-01').success).toBe(false);
  });

  it('are 00:00 to 23:59', () => {
    const schema = weekTime.value();
    const read: string[] = [];
    const taken: string[] = [];
    for (let n = 0; n <= 9999; n++) {
      const text = two(Math.trunc(n / 100)) + two(n % 100);
      const value = `${text.slice(0, 2)}:${text.slice(2)}`;
      if (weekTime.read(text) === value) read.push(value);
      if (schema.safeParse(value).success) taken.push(value);
    }
    expect(read).toHaveLength(24 * 60);
    expect(read.at(-1)).toBe('23:59');
    expect(taken).toEqual(read);
  });
});

describe('A marker', () => {
  it('is allowed where the standard names it, and nowhere else', () => {
    const marked = V4_1.layouts.flatMap(({ kind, placed }: Layout) =>
      placed.flatMap(({ no, kind: { marker } }) => (marker === undefined ? [] : [`${kind} ${no} ${marker}`])),
    );
    expect(marked).toEqual([
      'UPHOSOKU 4 00000000',
      'UPHOSOKU 63 000000',
      'UPPLAN 12 9999',
      'UPPLAN 13 9999',
      'UPJSK 12 9999',
      'UPJSK 13 9999',
    ]);
  });
});
