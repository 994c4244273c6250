import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Address } from '../../src/codec/file-name.js';
import { clockSerials, isSerial } from '../../src/codec/serial.js';

const careManagement: Address = { officeNumber: '0370100105', serviceType: '43' };
const homeHelp: Address = { officeNumber: '0370200210', serviceType: '11' };
const rental: Address = { officeNumber: '0370200210', serviceType: '17' };
const nursing: Address = { officeNumber: '0360190037', serviceType: '13' };

/** Serials of a clock that gives these times one after the other, all for one pair of addresses. */
function serialsAt(...times: (string | number | Date)[]): string[] {
  const clock = times.map((time) => (typeof time === 'string' ? new Date(time) : time));
  const source = clockSerials({ now: () => clock.shift() as number | Date });
  return times.map(() => source.next(careManagement, homeHelp));
}

describe('A serial', () => {
  it.each(['20250325200201', '20240229000000', '20000229235959', '20251231235959', '00010101000000', '99991231235959'])(
    'is a real date and time of 14 digits: %s',
    (text) => {
      expect(isSerial(text)).toBe(true);
    },
  );

  it.each([
    ['the 29th of February of a common year', '20250229120000'],
    ['the 29th of February of 1900', '19000229120000'],
    ['the 31st of April', '20250431120000'],
    ['month 13', '20251301120000'],
    ['month 0', '20250001120000'],
    ['day 0', '20250100120000'],
    ['the year 0', '00000101120000'],
    ['24 hours', '20250101240000'],
    ['60 minutes', '20250101236000'],
    ['60 seconds', '20250101235960'],
    ['13 digits', '2025010112000'],
    ['15 digits', '202501011200000'],
    ['full-width digits', '２０２５０１０１１２００００'],
    ['spaces around', ' 20250101120000'],
    ['a line end', '20250101120000\n'],
    ['nothing', ''],
  ])('is not %s', (_, text) => {
    expect(isSerial(text)).toBe(false);
  });

  it('is every 14 digits that a calendar takes as they are, and no others', () => {
    const digits = fc.tuple(
      fc.nat(9999),
      fc.nat(14),
      fc.nat(33),
      fc.integer({ min: 0, max: 25 }),
      fc.nat(61),
      fc.nat(61),
    );
    fc.assert(
      fc.property(digits, ([year, ...rest]) => {
        const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = rest;
        const text = String(year).padStart(4, '0') + rest.map((part) => String(part).padStart(2, '0')).join('');
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        date.setUTCHours(hour, minute, second);
        const same =
          date
            .toISOString()
            .replace(/[^0-9]/g, '')
            .slice(0, 14) === text;
        expect(isSerial(text)).toBe(same && year > 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('Serials by the clock', () => {
  const { TZ } = process.env;
  afterEach(() => {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });

  it('are the time in Japan, nine hours ahead of UTC', () => {
    expect(serialsAt('2025-03-25T11:02:01Z')).toEqual(['20250325200201']);
    expect(serialsAt(new Date('2025-03-25T20:02:01.999+09:00'))).toEqual(['20250325200201']);
    expect(serialsAt(Date.UTC(2025, 2, 25, 11, 2, 1))).toEqual(['20250325200201']);
  });

  it('begin the day and the year at midnight in Japan', () => {
    expect(serialsAt('2025-06-30T14:59:59Z', '2025-06-30T15:00:00Z')).toEqual(['20250630235959', '20250701000000']);
    expect(serialsAt('2025-12-31T14:59:59Z', '2025-12-31T15:00:00Z')).toEqual(['20251231235959', '20260101000000']);
  });

  it('know no summer time', () => {
    expect(serialsAt('2025-03-30T00:59:59Z', '2025-03-30T01:00:00Z')).toEqual(['20250330095959', '20250330100000']);
    expect(serialsAt('1950-07-01T00:00:00Z')).toEqual(['19500701090000']);
  });

  it('are the last and one second where the clock has not advanced a second', () => {
    const now = Date.UTC(2025, 2, 25, 11, 2, 1);
    expect(serialsAt(now, now, now + 999)).toEqual(['20250325200201', '20250325200202', '20250325200203']);
  });

  it('are the last and one second where the clock went back', () => {
    expect(serialsAt('2025-03-25T20:02:01+09:00', '2024-01-01T00:00:00Z', '2025-03-25T20:02:30+09:00')).toEqual([
      '20250325200201',
      '20250325200202',
      '20250325200230',
    ]);
  });

  it.each([
    ['the minute', '2025-03-25T20:02:59+09:00', '20250325200300'],
    ['the hour', '2025-03-25T20:59:59+09:00', '20250325210000'],
    ['the day', '2025-03-25T23:59:59+09:00', '20250326000000'],
    ['February of a common year', '2025-02-28T23:59:59+09:00', '20250301000000'],
    ['February of a leap year', '2024-02-28T23:59:59+09:00', '20240229000000'],
    ['the leap day', '2024-02-29T23:59:59+09:00', '20240301000000'],
    ['the year', '2025-12-31T23:59:59+09:00', '20260101000000'],
  ])('carry that second over %s', (_, time, next) => {
    expect(serialsAt(time, time)[1]).toBe(next);
  });

  it('count for each pair of addresses alone: number and service type, from and to', () => {
    const source = clockSerials({ now: () => new Date('2025-03-25T20:02:01+09:00') });
    const first = '20250325200201';
    const second = '20250325200202';
    expect(source.next(careManagement, homeHelp)).toBe(first);
    expect(source.next(careManagement, homeHelp)).toBe(second);
    expect(source.next(careManagement, rental)).toBe(first);
    expect(source.next(careManagement, nursing)).toBe(first);
    expect(source.next(homeHelp, careManagement)).toBe(first);
    expect(source.next(rental, careManagement)).toBe(first);
    expect(source.next(nursing, careManagement)).toBe(first);
    expect(source.next({ ...careManagement, officeNumber: '0370100113' }, homeHelp)).toBe(first);
    expect(source.next(careManagement, { ...homeHelp, officeNumber: '0370200228' })).toBe(first);
    expect(source.next({ ...careManagement }, { ...rental })).toBe(second);
  });

  it('increase strictly for each pair and are real, whatever the clock does', () => {
    const times = fc.oneof(
      fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2200, 0) }),
      fc.integer({ min: -3000, max: 3000 }).map((ms) => Date.UTC(2024, 1, 29, 15) + ms),
    );
    const calls = fc.array(fc.record({ time: times, to: fc.constantFrom(homeHelp, rental, nursing) }), {
      minLength: 1,
      maxLength: 200,
      size: 'max',
    });
    fc.assert(
      fc.property(calls, (steps) => {
        let time = 0;
        const source = clockSerials({ now: () => time });
        const last = new Map<Address, string>();
        for (const step of steps) {
          time = step.time;
          const serial = source.next(careManagement, step.to);
          const clock = new Date(time + 9 * 3600_000)
            .toISOString()
            .replace(/[^0-9]/g, '')
            .slice(0, 14);
          const before = last.get(step.to);
          expect(isSerial(serial)).toBe(true);
          if (before !== undefined) expect(serial > before).toBe(true);
          if (before === undefined || clock > before) expect(serial).toBe(clock);
          last.set(step.to, serial);
        }
      }),
    );
  });

  it('are the same in every time zone of the machine', () => {
    const offsets = ['UTC', 'Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) => {
      process.env.TZ = zone;
      expect(serialsAt('2025-12-31T15:00:00Z', '2025-03-09T07:30:00Z')).toEqual(['20260101000000', '20260101000001']);
      return new Date('2025-12-31T15:00:00Z').getTimezoneOffset();
    });
    expect(new Set(offsets).size).toBe(5);
  });

  it('follow the clock of the machine where no other is given', () => {
    const before = Date.now();
    const serial = clockSerials().next(careManagement, homeHelp);
    const [, date, time] = /^(\d{8})(\d{6})$/.exec(serial) ?? [];
    const iso = `${date}T${time}+09:00`.replace(/^(....)(..)(..)T(..)(..)(..)/, '$1-$2-$3T$4:$5:$6');
    expect(Date.parse(iso)).toBeGreaterThan(before - 1000);
    expect(Date.parse(iso)).toBeLessThanOrEqual(Date.now());
  });

  it('refuse a clock outside the years 1 to 9999, and give no serial away for it', () => {
    let time: number | Date = Number.NaN;
    const source = clockSerials({ now: () => time });
    const year0 = new Date('0000-06-01T00:00:00Z');
    for (const bad of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      new Date('?'),
      year0,
      Date.UTC(10000, 0),
      Date.UTC(10112, 0),
    ]) {
      time = bad;
      expect(() => source.next(careManagement, homeHelp)).toThrow(RangeError);
    }
    time = new Date('2025-03-25T20:02:01+09:00');
    expect(source.next(careManagement, homeHelp)).toBe('20250325200201');
  });
});
