import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkStatement,
  computeStatement,
  type Line,
  type StatementOptions,
  type StatementRow,
} from '../../src/index.js';
import { arbitraryLines, arbitraryOptions, OPTIONS, statementOf, totalOf } from '../support/statements.js';

const RUNS = { numRuns: 2000 };

/** What the lines of a month come to, by exact arithmetic and without a statement. */
function reference(lines: readonly Line[], { monthly, outsideLimit, ...options }: StatementOptions) {
  const price = BigInt(Math.round((options.unitPrice as number) * 100));
  const rate = BigInt(options.benefitRate as number);
  const once = new Set<string>();
  const units = new Map<string, bigint>();
  for (const line of lines) {
    const { serviceCode, overThirtyDays, days, startTime, endTime, ...others } = line;
    const isMonthly = monthly?.(serviceCode) ?? false;
    const row = JSON.stringify([serviceCode, overThirtyDays, Object.entries(others).sort()]);
    const times = days.reduce((sum, { count }) => sum + count, 0);
    const counted = isMonthly ? (once.has(row) ? 0 : 1) : times;
    once.add(row);
    const kind = overThirtyDays === '1' ? 'over' : outsideLimit?.(line) ? 'outside' : 'within';
    const group = `${kind} ${line.serviceOfficeNumber} ${serviceCode.slice(0, 2)}`;
    units.set(group, (units.get(group) ?? 0n) + BigInt(counted) * BigInt(line.units ?? 0));
  }
  const within = [...units].filter(([group]) => group.startsWith('within'));
  const costs = within.map(([, units]) => (units * price) / 100n);
  const sum = (list: readonly bigint[]) => Number(list.reduce((a, b) => a + b, 0n));
  return {
    serviceUnits: sum([...units.values()]),
    unitsWithin: sum(within.map(([, units]) => units)),
    costWithin: sum(costs),
    claimWithin: sum(costs.map((cost) => (cost * rate) / 100n)),
  };
}

describe('In every statement', () => {
  it('subtotals and grand total agree with their rows, and the arithmetic of each row holds', () => {
    fc.assert(
      fc.property(arbitraryLines, arbitraryOptions, (lines, options) => {
        expect(checkStatement(statementOf(lines, options), { showValues: true })).toEqual([]);
      }),
      RUNS,
    );
  });

  it('units and amounts are those of the lines, by exact arithmetic', () => {
    fc.assert(
      fc.property(arbitraryLines, arbitraryOptions, (lines, all) => {
        const { managedUnits, ...options } = all;
        const { rows } = statementOf(lines, options);
        const exact = reference(lines, options);
        const total = totalOf({ ...OPTIONS, rows });
        expect(total.serviceUnits).toBe(exact.serviceUnits);
        expect(total.managedUnits).toBe(exact.unitsWithin);
        expect(total.benefitLimitUnitsWithinLimit).toBe(exact.unitsWithin);
        const inside = rows.filter((row) => row.benefitLimitUnitsWithinLimit !== undefined && row !== total);
        const add = (name: 'totalCost' | 'benefitClaim') => inside.reduce((sum, row) => sum + (row[name] ?? 0), 0);
        expect(add('totalCost')).toBe(exact.costWithin);
        expect(add('benefitClaim')).toBe(exact.claimWithin);
      }),
      RUNS,
    );
  });

  it('the order of the lines changes no row and no sum, only which comes first', () => {
    const both = arbitraryLines.chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    );
    fc.assert(
      fc.property(both, arbitraryOptions, ([lines, shuffled], options) => {
        const [a, b] = [statementOf(lines, options).rows, statementOf(shuffled, options).rows];
        expect(b.at(-1)).toEqual(a.at(-1));
        const sorted = (rows: readonly object[]) =>
          rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
        expect(sorted(b)).toEqual(sorted(a));
      }),
      RUNS,
    );
  });

  it('units over the limit are an error until they are told, and then paid in full', () => {
    fc.assert(
      fc.property(arbitraryLines, arbitraryOptions, fc.double({ min: 0, max: 1, noNaN: true }), (lines, all, part) => {
        const options = { ...all, limits: {} };
        const { rows } = statementOf(lines, options);
        const groups = rows.filter((row) => row.benefitLimitUnitsWithinLimit !== undefined).slice(0, -1);
        const planned = groups.reduce((sum, row) => sum + (row.serviceUnits ?? 0), 0);
        fc.pre(planned > 0);
        const benefitLimit = Math.floor(planned * part * 0.999);
        const limited = { ...options, limits: { benefitLimit } };
        const refused = computeStatement(lines, limited);
        expect(refused).toMatchObject({ ok: false, exceeded: [{ units: planned - benefitLimit }] });
        expect(refused.issues.map(({ code }) => code)).toEqual(['statement.overLimit']);

        let left = planned - benefitLimit;
        const overLimit = groups.map(({ serviceOfficeNumber, serviceCode, serviceUnits = 0 }) => {
          const benefitLimitExcessUnits = Math.min(left, serviceUnits);
          left -= benefitLimitExcessUnits;
          return { serviceOfficeNumber, serviceType: serviceCode.slice(0, 2), benefitLimitExcessUnits };
        });
        const statement = statementOf(lines, { ...limited, overLimit });
        expect(checkStatement(statement)).toEqual([]);
        expect(totalOf(statement)).toMatchObject({
          benefitLimitExcessUnits: planned - benefitLimit,
          benefitLimitUnitsWithinLimit: benefitLimit,
        });
      }),
      RUNS,
    );
  });
});

describe('A value that does not agree', () => {
  const SUMS = ['serviceUnits', 'totalCost', 'benefitClaim', 'copayment', 'fullCopayment'] as const;

  it('is found, wherever it stands', () => {
    fc.assert(
      fc.property(arbitraryLines, arbitraryOptions, fc.nat(), fc.constantFrom(...SUMS), (lines, all, at, name) => {
        const { managedUnits, ...options } = all;
        const statement = statementOf(lines, options);
        const bearing = statement.rows.filter((row) => (row[name] ?? 0) > 0);
        fc.pre(bearing.length > 0);
        const changed = bearing[at % bearing.length];
        const index = statement.rows.indexOf(changed as StatementRow);
        const rows = statement.rows.map((row, i) => (i === index ? { ...row, [name]: (row[name] ?? 0) + 1 } : row));
        const issues = checkStatement({ ...statement, rows });
        expect(issues.length).toBeGreaterThan(0);
        expect(issues.every(({ code }) => code === 'statement.sum' || code === 'statement.arithmetic')).toBe(true);
        expect(issues.map(({ path }) => path)).toContain(`rows[${index}].${name}`);
      }),
      RUNS,
    );
  });
});
