import { describe, expect, it } from 'vitest';
import { checkStatement, computeStatement, type OverLimit, type StatementOptions } from '../../src/index.js';
import { DAY_CARE, HELPERS, line, OPTIONS, refusals, statementOf, totalOf } from '../support/statements.js';

const lines = [
  line('111111', 244, 10),
  line('112211', 179, 10),
  line('151241', 658, 5, { serviceOfficeNumber: DAY_CARE }),
];
/** 4,230 and 3,290 units: 7,520. */
const limits = { benefitLimit: 7000 };
const helpers = (excess: Omit<OverLimit, 'serviceOfficeNumber' | 'serviceType'>): OverLimit => ({
  ...{ serviceOfficeNumber: HELPERS, serviceType: '11' },
  ...excess,
});
const dayCare = (excess: Omit<OverLimit, 'serviceOfficeNumber' | 'serviceType'>): OverLimit => ({
  ...{ serviceOfficeNumber: DAY_CARE, serviceType: '15' },
  ...excess,
});

describe('Units that exceed 区分支給限度基準額', () => {
  it('are an error while nobody says which they are, and never guessed', () => {
    expect(refusals(lines, { limits })).toEqual([['statement.overLimit', 'limits.benefitLimit']]);
    expect(refusals(lines, { limits, overLimit: [] })).toEqual([['statement.overLimit', 'limits.benefitLimit']]);
    expect(computeStatement(lines, { ...OPTIONS, limits })).toMatchObject({ exceeded: [{ units: 520 }] });
  });

  it('are none where the units reach the limit exactly', () => {
    const { rows } = statementOf(lines, { limits: { benefitLimit: 7520 } });
    expect(totalOf({ ...OPTIONS, rows })).toMatchObject({ benefitLimitExcessUnits: 0, fullCopayment: 0 });
    expect(refusals(lines, { limits: { benefitLimit: 7519 } })).toHaveLength(1);
  });

  it('stand on the rows that the caller names, and the person pays them in full', () => {
    const overLimit = [helpers({ benefitLimitExcessUnits: 500 }), dayCare({ benefitLimitExcessUnits: 20 })];
    const statement = statementOf(lines, { limits, overLimit, unitPrice: 10.35 });
    expect(statement.rows[2]).toMatchObject({
      serviceCode: '11AAAA',
      serviceUnits: 4230,
      managedUnits: 4230,
      serviceTypeExcessUnits: 0,
      serviceTypeUnitsWithinLimit: 4230,
      benefitLimitExcessUnits: 500,
      benefitLimitUnitsWithinLimit: 3730,
      totalCost: 38605, // 38,605.5
      benefitClaim: 34744, // 34,744.5
      copayment: 3861,
      fullCopayment: 5175,
    });
    expect(statement.rows[3]).toMatchObject({ serviceCode: '151241', benefitLimitExcessUnits: 20, fullCopayment: 207 });
    expect(totalOf(statement)).toMatchObject({ benefitLimitExcessUnits: 520, benefitLimitUnitsWithinLimit: 7000 });
    expect(checkStatement(statement)).toEqual([]);
  });

  it("have the amounts of the ministry's example: 505 of 4,010 units at 10.35 yen", () => {
    const { rows } = statementOf([line('A41111', 401, 10)], {
      unitPrice: 10.35,
      limits: { benefitLimit: 3505 },
      overLimit: [{ serviceOfficeNumber: HELPERS, serviceType: 'A4', benefitLimitExcessUnits: 505 }],
    });
    expect(rows[0]).toMatchObject({ totalCost: 36276, fullCopayment: 5226 });
  });

  it('do not include services outside the limit or over 30 days', () => {
    const others = [line('118000', 900, 1), line('211131', 700, 3, { overThirtyDays: '1' })];
    const outsideLimit: StatementOptions['outsideLimit'] = ({ serviceCode }) => serviceCode === '118000';
    expect(statementOf([...lines, ...others], { limits: { benefitLimit: 7520 }, outsideLimit })).toBeTruthy();
  });

  it('are counted in 給付管理単位数, where these differ from the units', () => {
    const managedUnits: StatementOptions['managedUnits'] = ({ units = 0, serviceCode }) =>
      serviceCode === '151241' ? 700 : units;
    // 4,230 and 3,500: one day of 700 is beyond the limit, for which the office charges 658.
    const told = dayCare({ benefitLimitExcessUnits: 658, managed: { benefitLimitExcessUnits: 700 } });
    const { rows } = statementOf(lines, { limits: { benefitLimit: 7030 }, managedUnits, overLimit: [told] });
    expect(rows[3]).toMatchObject({
      managedUnits: 3500,
      benefitLimitExcessUnits: 658,
      benefitLimitUnitsWithinLimit: 2632,
      fullCopayment: 6580,
    });
    expect(checkStatement({ ...OPTIONS, rows })).toEqual([]);
  });
});

describe('Units that exceed the limit of their type', () => {
  const serviceTypeLimits = [{ serviceType: '11', serviceTypeLimit: 4000 }];

  it('are an error while nobody says which they are', () => {
    expect(refusals(lines, { limits: { serviceTypeLimits } })).toEqual([
      ['statement.overLimit', 'limits.serviceTypeLimits[0]'],
    ]);
  });

  it('come before those of 区分支給限度基準額, and do not count towards it', () => {
    const statement = statementOf(lines, {
      limits: { benefitLimit: 7200, serviceTypeLimits },
      overLimit: [helpers({ serviceTypeExcessUnits: 230, benefitLimitExcessUnits: 90 })],
    });
    expect(statement.rows[2]).toMatchObject({
      serviceTypeExcessUnits: 230,
      serviceTypeUnitsWithinLimit: 4000,
      benefitLimitExcessUnits: 90,
      benefitLimitUnitsWithinLimit: 3910,
      totalCost: 39100,
      fullCopayment: 3200,
    });
    expect(checkStatement(statement)).toEqual([]);
  });

  it('are told together with those of 区分支給限度基準額', () => {
    const result = computeStatement(lines, { ...OPTIONS, limits: { benefitLimit: 7200, serviceTypeLimits } });
    expect(result).toMatchObject({ ok: false, exceeded: [{ serviceType: '11', units: 230 }, { units: 90 }] });
    expect(result.issues).toHaveLength(2);
  });

  it('of 22 are those of 22, 23 and 2A together', () => {
    const stays = ['221111', '231111', '2A1111'].map((code) => line(code, 800, 2));
    const limit = (units: number) => ({ serviceTypeLimits: [{ serviceType: '22', serviceTypeLimit: units }] });
    expect(statementOf(stays, { limits: limit(4800) })).toBeTruthy();
    const result = computeStatement(stays, { ...OPTIONS, limits: limit(4700) });
    expect(result).toMatchObject({ ok: false, exceeded: [{ serviceType: '22', units: 100 }] });
    const overLimit = [{ serviceOfficeNumber: HELPERS, serviceType: '2A', serviceTypeExcessUnits: 100 }];
    expect(statementOf(stays, { limits: limit(4700), overLimit })).toBeTruthy();
  });
});

describe('What the caller says of the excess', () => {
  it.each([
    ['adds up to less', limits, [helpers({ benefitLimitExcessUnits: 519 })]],
    ['adds up to more', limits, [helpers({ benefitLimitExcessUnits: 500 }), dayCare({ benefitLimitExcessUnits: 21 })]],
    ['is there although nothing exceeds', { benefitLimit: 7520 }, [helpers({ benefitLimitExcessUnits: 1 })]],
    ['is there although there is no limit', {}, [helpers({ benefitLimitExcessUnits: 1 })]],
    ['is of a type without a limit', {}, [helpers({ serviceTypeExcessUnits: 1 })]],
  ])('is refused where it %s', (_, limits, overLimit) => {
    expect(refusals(lines, { limits, overLimit })).toEqual([['statement.excess', 'overLimit']]);
  });

  it.each([
    ['names an office that has no service', [{ ...helpers({ benefitLimitExcessUnits: 520 }), serviceType: '15' }], 0],
    ['names more units than there are', [dayCare({ benefitLimitExcessUnits: 3291 })], 0],
    [
      'names a service twice',
      [helpers({ benefitLimitExcessUnits: 260 }), helpers({ benefitLimitExcessUnits: 260 })],
      1,
    ],
  ])('is refused where it %s', (_, overLimit, index) => {
    expect(refusals(lines, { limits, overLimit })).toEqual([['statement.excessService', `overLimit[${index}]`]]);
  });

  it('is refused where it is no number of units', () => {
    expect(refusals(lines, { limits, overLimit: [helpers({ benefitLimitExcessUnits: 520.5 })] })).toEqual([
      ['statement.option', 'overLimit[0].benefitLimitExcessUnits'],
    ]);
  });

  it('may be there with 0 units', () => {
    expect(statementOf(lines, { overLimit: [helpers({ benefitLimitExcessUnits: 0 })] })).toBeTruthy();
  });
});
