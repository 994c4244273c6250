import { describe, expect, it } from 'vitest';
import { computeStatement, type Line } from '../../src/index.js';
import { line, OPTIONS, refusals } from '../support/statements.js';

describe('No statement is made of', () => {
  it('lines and options that are wrong, all listed at once with their paths', () => {
    const { units: _, ...without } = line('111111', 244);
    const issues = refusals(
      [without, line('991111', 1), line('11111', 1), line('111111', 1.5), line('112211', 100)] as Line[],
      {
        createdOn: '2025-02-30',
        unitPrice: 10.425,
        benefitRate: 101,
        limits: { benefitLimit: -1, serviceTypeLimits: [{}, { serviceType: '11', serviceTypeLimit: 0.5 }] },
        managedUnits: () => -1,
        discount: () => ({ units: 0.1, rate: 0 }),
      },
    );
    expect(issues).toEqual([
      ['cell.calendar', 'createdOn'],
      ['statement.units', 'lines[0].units'],
      ['statement.serviceType', 'lines[1].serviceCode'],
      ['cell.length', 'lines[2].serviceCode'],
      ['cell.form', 'lines[3].units'],
      ['statement.option', 'managedUnits(lines[4])'],
      ['statement.option', 'discount(lines[4]).rate'],
      ['statement.option', 'discount(lines[4]).units'],
      ['statement.option', 'unitPrice'],
      ['statement.option', 'benefitRate'],
      ['statement.option', 'limits.benefitLimit'],
      ['statement.option', 'limits.serviceTypeLimits[1].serviceTypeLimit'],
    ]);
  });

  it.each([-0.01, 100, 10.425, Number.NaN, Number.POSITIVE_INFINITY])('the unit price %d', (unitPrice) => {
    expect(refusals([line('111111', 244)], { unitPrice })).toEqual([['statement.option', 'unitPrice']]);
    expect(refusals([line('111111', 244)], { unitPrice: () => unitPrice })).toEqual([
      ['statement.option', 'unitPrice(0370200210, 11)'],
    ]);
  });

  it.each([-1, 101, 89.5, Number.NaN])('the benefit rate %d', (benefitRate) => {
    expect(refusals([line('111111', 244)], { benefitRate })).toEqual([['statement.option', 'benefitRate']]);
    expect(refusals([line('111111', 244), line('112211', 1)], { benefitRate: () => benefitRate })).toEqual([
      ['statement.option', 'benefitRate(0370200210, 11)'],
    ]);
  });

  it('units that are not those after the discount', () => {
    for (const units of [366, 369, 387]) {
      expect(refusals([line('111211', units)], { discount: () => ({ units: 387, rate: 95 }) })).toEqual([
        ['statement.discount', 'lines[0].units'],
      ]);
    }
  });

  it('units that the columns cannot hold', () => {
    expect(refusals([line('111111', 99999, 2)])).toEqual([
      ['cell.length', 'statement.rows[0].serviceUnits'],
      ['cell.length', 'statement.rows[0].totalCost'],
      ['cell.length', 'statement.rows[0].benefitClaim'],
      ['cell.length', 'statement.rows[1].serviceUnits'],
      ['cell.length', 'statement.rows[1].totalCost'],
      ['cell.length', 'statement.rows[1].benefitClaim'],
    ]);
  });

  it("anything, while a person's numbers of units stand in the messages unasked", () => {
    const lines = [line('111111', 2439, 2)];
    const limits = { benefitLimit: 4100 };
    const quiet = JSON.stringify(computeStatement(lines, { ...OPTIONS, limits }).issues);
    expect(quiet).not.toMatch(/4878|2439|4100|778/);
    const shown = computeStatement(lines, { ...OPTIONS, limits, showValues: true }).issues;
    expect(shown[0]).toMatchObject({ found: 4878, expected: 4100 });
    expect(shown[0]?.message.ja).toContain('（4878、限度 4100）');
  });
});
