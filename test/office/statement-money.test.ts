import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountsOf, claimOf, yenOf } from '../../src/schema/statement/money.js';
import { line, statementOf } from '../support/statements.js';

const RUNS = { numRuns: 2000 };
/** As many units as all lines of a month can have. */
const units = fc.oneof(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 10 ** 11 }));
const sen = fc.integer({ min: 0, max: 9999 });
const rate = fc.integer({ min: 0, max: 100 });

describe('Amounts', () => {
  it.each([
    // units, price, total cost; the products that floating point gets wrong stand last
    [12345, 10.42, 128634], // 128,634.9
    [5743, 10.42, 59842], // 59,842.06
    [1, 99.99, 99],
    [100, 99.99, 9999],
    [9999, 99.99, 999800], // 999,800.01
    [0, 99.99, 0],
    [999999, 0, 0],
    [100, 0.29, 29], // 28.999999999999996
    [100, 1.15, 115], // 114.99999999999999
    [100, 10.21, 1021], // 1021.0000000000001
    [1000, 8.29, 8290], // 8,289.999999999999
  ])('%d units at %d yen cost %d yen', (units, price, yen) => {
    expect(yenOf(units, price)).toBe(yen);
  });

  it('are shared between insurance and person without a rest', () => {
    const { rows } = statementOf([line('111111', 12345)], { unitPrice: 10.42, benefitRate: 90 });
    expect(rows[0]).toMatchObject({ totalCost: 128634, benefitClaim: 115770, copayment: 12864, fullCopayment: 0 });
  });

  it.each([
    [100, 128634, 0],
    [80, 102907, 25727], // 102,907.2
    [70, 90043, 38591], // 90,043.8
    [0, 0, 128634],
  ])('are shared at %d percent: %d and %d yen', (benefitRate, benefitClaim, copayment) => {
    const { rows } = statementOf([line('111111', 12345)], { unitPrice: 10.42, benefitRate });
    expect(rows[0]).toMatchObject({ benefitRate, benefitClaim, copayment });
  });

  it('are what exact arithmetic says', () => {
    fc.assert(
      fc.property(units, sen, rate, (units, sen, rate) => {
        const exact = (BigInt(units) * BigInt(sen)) / 100n;
        expect(BigInt(yenOf(units, sen / 100))).toBe(exact);
        expect(BigInt(claimOf(Number(exact), rate))).toBe((exact * BigInt(rate)) / 100n);
      }),
      RUNS,
    );
  });

  it('lose less than a yen each, and none between insurance and person', () => {
    fc.assert(
      fc.property(units, units, sen, rate, (insured, full, sen, benefitRate) => {
        const amounts = amountsOf(insured, full, { unitPrice: sen / 100, benefitRate });
        const lost = (units: number, yen: number) => BigInt(units) * BigInt(sen) - BigInt(yen) * 100n;
        expect(amounts.benefitClaim + amounts.copayment).toBe(amounts.totalCost);
        for (const rest of [lost(insured, amounts.totalCost), lost(full, amounts.fullCopayment)]) {
          expect(rest >= 0n && rest < 100n).toBe(true);
        }
      }),
      RUNS,
    );
  });
});
