import fc from 'fast-check';
import { expect } from 'vitest';
import {
  computeStatement,
  type Line,
  type Statement,
  type StatementOptions,
  type StatementRow,
} from '../../src/index.js';

export const HELPERS = '0370200210';
export const EQUIPMENT = '0370300317';
export const DAY_CARE = '0370200228';

/** A line of November 2025 on its first days, once each. */
export function line(serviceCode: string, units: number, days = 1, others: Partial<Line> = {}): Line {
  return {
    serviceCode,
    units,
    serviceOfficeNumber: HELPERS,
    startTime: '09:00',
    endTime: '10:00',
    overThirtyDays: '0',
    days: Array.from({ length: days }, (_, i) => ({
      serviceDate: `2025-11-${String(i + 1).padStart(2, '0')}`,
      count: 1,
    })),
    ...others,
  } as Line;
}

export const OPTIONS: StatementOptions = { createdOn: '2025-11-25', unitPrice: 10, benefitRate: 90, limits: {} };

/** The statement of lines; a test fails where there is none. */
export function statementOf(lines: readonly Line[], options: Partial<StatementOptions> = {}): Statement {
  const result = computeStatement(lines, { ...OPTIONS, ...options });
  if (!result.ok || !result.statement) return expect.unreachable(JSON.stringify(result.issues));
  return result.statement;
}

/** The issues of lines that have no statement, as code and path. */
export function refusals(lines: readonly Line[], options: Partial<StatementOptions> = {}): (string | undefined)[][] {
  const result = computeStatement(lines, { ...OPTIONS, ...options });
  expect(result.ok).toBe(false);
  return result.issues.map(({ code, path }) => [code, path]);
}

export const isTotal = ({ serviceCode }: StatementRow): boolean => serviceCode === '999999';
export const totalOf = ({ rows }: Statement): StatementRow => rows.find(isTotal) as StatementRow;

/** Lines of a few offices, types, satellites and pieces of equipment, so that many share a row or a subtotal. */
export const arbitraryLines: fc.Arbitrary<Line[]> = fc.array(
  fc
    .record({
      serviceCode: fc.constantFrom('111111', '112211', '151241', '171001', '171007', '211131', 'A21111'),
      units: fc.integer({ min: 0, max: 300 }),
      serviceOfficeNumber: fc.constantFrom(HELPERS, EQUIPMENT),
      satelliteNumber: fc.constantFrom(undefined, undefined, '1', '2'),
      taisCode: fc.constantFrom(undefined, undefined, '00013-000001', '00014-000001'),
      detailNumber: fc.constantFrom(undefined, undefined, 1, 2),
      startTime: fc.constantFrom('09:00', '13:00', '9999'),
      overThirtyDays: fc.constantFrom('0', '0', '0', '1'),
      counts: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }),
    })
    .map(({ serviceCode, units, counts, satelliteNumber, taisCode, detailNumber, ...others }) =>
      line(serviceCode, units, 1, {
        ...others,
        ...(satelliteNumber === undefined ? {} : { satelliteNumber }),
        ...(taisCode === undefined ? {} : { taisCode }),
        ...(detailNumber === undefined ? {} : { detailNumber }),
        days: counts.map((count, i) => ({ serviceDate: `2025-11-0${i + 1}`, count })),
      }),
    ),
  { minLength: 1, maxLength: 7, size: 'max' },
);

/** Prices of two decimals and rates, one for all; what is outside the limit; which optional rows and columns. */
export const arbitraryOptions: fc.Arbitrary<StatementOptions> = fc
  .record({
    sen: fc.integer({ min: 0, max: 3000 }),
    benefitRate: fc.integer({ min: 0, max: 100 }),
    outside: fc.subarray(['112211', '171007']),
    monthly: fc.subarray(['111111', '151241']),
    subtotals: fc.subarray(['outsideLimit', 'overThirtyDays'] as const),
    omits: fc.boolean(),
  })
  .map(({ sen, benefitRate, outside, monthly, subtotals, omits }) => ({
    ...OPTIONS,
    unitPrice: sen / 100,
    benefitRate,
    outsideLimit: ({ serviceCode }) => outside.includes(serviceCode),
    monthly: (serviceCode) => monthly.includes(serviceCode),
    subtotals,
    ...(omits ? { managedUnits: 'omit' } : {}),
  }));
