import { describe, expect, it } from 'vitest';
import { checkStatement, computeStatement, type Line, type StatementRow } from '../../src/index.js';
import { DAY_CARE, EQUIPMENT, line, OPTIONS, statementOf, totalOf } from '../support/statements.js';

/** Rows as a person reads them: code, times, units, then the columns asked for. */
const told = (rows: readonly StatementRow[], ...names: (keyof StatementRow)[]) =>
  rows.map((row) => [row.serviceCode, row.count, row.serviceUnits, ...names.map((name) => row[name])]);

describe('A detail row', () => {
  it('stands for one office and service code, whatever the times of day, and counts all its times', () => {
    const { rows } = statementOf([
      line('111111', 244, 3),
      line('111111', 244, 2, { startTime: '18:00', endTime: '18:30' }),
      line('111111', 244, 1, { startTime: '20:00', days: [{ serviceDate: '2025-11-09', count: 2 }] }),
    ]);
    expect(told(rows)).toEqual([
      ['111111', 7, 1708],
      ['999999', 0, 1708],
    ]);
  });

  it('differs by units and by 30 days, and comes in the order of the lines', () => {
    const { rows } = statementOf([
      line('211131', 755, 2),
      line('211131', 700),
      line('211131', 755, 1, { overThirtyDays: '1' }),
    ]);
    expect(told(rows, 'units', 'overThirtyDays')).toEqual([
      ['211131', 2, 1510, 755, '0'],
      ['211131', 1, 700, 700, '0'],
      ['21AAAA', 0, 2210, 0, '0'],
      ['211131', 1, 755, 755, '1'],
      ['999999', 0, 2965, 0, '0'],
    ]);
  });

  it('differs by satellite; the subtotal is of the office with its satellites', () => {
    const { rows } = statementOf([
      line('151241', 658, 4, { satelliteNumber: '1', serviceOfficeName: 'ひだまり駅前' }),
      line('151241', 658, 2, { serviceOfficeName: 'ひだまり' }),
    ]);
    expect(told(rows, 'satelliteNumber', 'serviceOfficeName')).toEqual([
      ['151241', 4, 2632, '1', 'ひだまり駅前'],
      ['151241', 2, 1316, undefined, 'ひだまり'],
      ['15AAAA', 0, 3948, undefined, 'ひだまり'],
      ['999999', 0, 3948, undefined, undefined],
    ]);
  });

  it('has the satellite on the subtotal too where all rows share it', () => {
    const { rows } = statementOf([
      line('151241', 658, 1, { satelliteNumber: '2' }),
      line('155301', 40, 1, { satelliteNumber: '2' }),
    ]);
    expect(told(rows, 'satelliteNumber')).toContainEqual(['15AAAA', 0, 698, '2']);
  });

  it('stands for one piece of equipment: by TAIS code, notification code, name and detail number', () => {
    const rented = (others: Partial<Line>) => line('171007', 300, 1, { serviceOfficeNumber: EQUIPMENT, ...others });
    const { rows } = statementOf([
      rented({ taisCode: '00013-000001', equipmentName: '歩行器', detailNumber: 1 }),
      rented({ taisCode: '00013-000001', equipmentName: '歩行器', detailNumber: 2 }),
      rented({ taisCode: '00013-000002', equipmentName: '歩行器', detailNumber: 3 }),
      rented({ equipmentNotificationCode: '00013-000002', equipmentName: '歩行器' }),
      rented({ equipmentNotificationCode: '00013-000002', equipmentName: '杖' }),
    ]);
    expect(told(rows, 'taisCode', 'equipmentNotificationCode', 'equipmentName')).toEqual([
      ['171007', 1, 300, '00013-000001', undefined, '歩行器'],
      ['171007', 1, 300, '00013-000001', undefined, '歩行器'],
      ['171007', 1, 300, '00013-000002', undefined, '歩行器'],
      ['171007', 1, 300, undefined, '00013-000002', '歩行器'],
      ['171007', 1, 300, undefined, '00013-000002', '杖'],
      ['17AAAA', 0, 1500, undefined, undefined, undefined],
      ['999999', 0, 1500, undefined, undefined, undefined],
    ]);
  });

  it('of a monthly service counts once, however many days and lines it has', () => {
    const { rows } = statementOf([line('766111', 5446, 20), line('766111', 5446, 3, { startTime: '13:00' })], {
      monthly: (serviceCode) => serviceCode === '766111',
    });
    expect(told(rows)[0]).toEqual(['766111', 1, 5446]);
  });

  it('has the units before a discount, its rate and the units after it, which are those of sheet 6', () => {
    const discount = () => ({ units: 387, rate: 95 });
    // 387 at 95 percent are 367.65.
    for (const after of [367, 368]) {
      const { rows } = statementOf([line('111211', after, 2)], { discount });
      expect(rows[0]).toMatchObject({ units: 387, discountRate: 95, discountedUnits: after, serviceUnits: after * 2 });
      expect(checkStatement({ ...OPTIONS, rows })).toEqual([]);
    }
  });

  it('has no 給付管理単位数 where the sender leaves them out', () => {
    const { rows } = statementOf([line('111111', 244, 3), line('112211', 179)], { managedUnits: 'omit' });
    expect(rows.map(({ managedUnits }) => managedUnits)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('has the 給付管理単位数 of the caller where they differ', () => {
    const { rows } = statementOf([line('153341', 600, 10)], { managedUnits: () => 658 });
    expect(told(rows, 'managedUnits', 'benefitLimitUnitsWithinLimit', 'totalCost')).toEqual([
      ['153341', 10, 6000, 6580, 6000, 60000],
      ['999999', 0, 6000, 6580, 6000, 60000],
    ]);
  });
});

describe('A subtotal', () => {
  it('stands where one office has more than one row of a type; the only row has its amounts on itself', () => {
    const lines = [
      line('111111', 244, 3),
      line('112211', 179, 2),
      line('151241', 658, 1, { serviceOfficeNumber: DAY_CARE }),
    ];
    const { rows } = statementOf(lines);
    expect(told(rows, 'benefitLimitUnitsWithinLimit', 'totalCost', 'copayment')).toEqual([
      ['111111', 3, 732, undefined, undefined, undefined],
      ['112211', 2, 358, undefined, undefined, undefined],
      ['11AAAA', 0, 1090, 1090, 10900, 1090],
      ['151241', 1, 658, 658, 6580, 658],
      ['999999', 0, 1748, 1748, 17480, 1748],
    ]);
  });

  it('is of one type: rows of several types of an office have none', () => {
    const { rows } = statementOf([line('111111', 244), line('171001', 450)]);
    expect(told(rows).map(([code]) => code)).toEqual(['111111', '171001', '999999']);
  });

  it('and the total have 0 units, 0 times, no discount and are within 30 days', () => {
    const { rows } = statementOf([line('211131', 755, 2, { overThirtyDays: '1' }), line('211121', 100)], {
      subtotals: ['overThirtyDays'],
      discount: () => undefined,
    });
    for (const row of rows.filter(({ serviceCode }) => /AAAA|ZZZZ|999999/.test(serviceCode))) {
      expect(row).toMatchObject({ units: 0, count: 0, overThirtyDays: '0' });
      expect(row).not.toHaveProperty('discountRate');
      expect(row).not.toHaveProperty('discountedUnits');
    }
    expect(totalOf({ ...OPTIONS, rows }).serviceOfficeNumber).toBe('9999999999');
  });
});

/** A stay of 31 days at 11.10 yen, as in the ministry's 記載例33 but for the reduction, which is in the units here. */
describe('A short stay of more than 30 days', () => {
  const lines = [
    line('211131', 735, 30),
    line('216100', 18, 30),
    line('211131', 725, 1, { overThirtyDays: '1' }),
    line('216100', 18, 1, { overThirtyDays: '1' }),
  ];
  const options = { unitPrice: 11.1, outsideLimit: ({ serviceCode }: Line) => serviceCode === '216100' };
  const money = ['managedUnits', 'totalCost', 'benefitClaim', 'copayment', 'fullCopayment'] as const;
  const bare = [undefined, undefined, undefined, undefined];

  it('has amounts of its own on each row outside the limit and over 30 days, where no subtotals are asked for', () => {
    expect(told(statementOf(lines, options).rows, ...money)).toEqual([
      ['211131', 30, 22050, 22050, ...bare],
      ['21AAAA', 0, 22050, 22050, 244755, 220279, 24476, 0],
      ['216100', 30, 540, undefined, 5994, 5394, 600, 0],
      ['211131', 1, 725, undefined, 0, 0, 0, 8047],
      ['216100', 1, 18, undefined, 0, 0, 0, 199],
      ['999999', 0, 23333, 22050, 250749, 225673, 25076, 8246],
    ]);
  });

  it('has the subtotals outside the limit and over 30 days where they are asked for', () => {
    const { rows } = statementOf(lines, { ...options, subtotals: ['outsideLimit', 'overThirtyDays'] });
    expect(told(rows, ...money)).toEqual([
      ['211131', 30, 22050, 22050, ...bare],
      ['21AAAA', 0, 22050, 22050, 244755, 220279, 24476, 0],
      ['216100', 30, 540, undefined, ...bare],
      ['21EEEE', 0, 540, undefined, 5994, 5394, 600, 0],
      ['211131', 1, 725, undefined, ...bare],
      ['216100', 1, 18, undefined, ...bare],
      ['21ZZZZ', 0, 743, undefined, 0, 0, 0, 8247],
      ['999999', 0, 23333, 22050, 250749, 225673, 25076, 8247],
    ]);
  });
});

describe('Services that are not exchanged', () => {
  it('have no row and are returned', () => {
    const home = line('331111', 500, 30);
    const result = computeStatement([home, line('111111', 244)], OPTIONS);
    expect(result).toMatchObject({ ok: true, leftOut: [{ line: home, reason: 'notExchanged' }] });
    expect(result.statement?.rows.map(({ serviceCode }) => serviceCode)).toEqual(['111111', '999999']);
  });

  it('alone have no statement', () => {
    const home = line('331111', 500, 30);
    expect(computeStatement([home], OPTIONS)).toEqual({
      ok: true,
      statement: undefined,
      leftOut: [{ line: home, reason: 'notExchanged' }],
      issues: [],
    });
  });
});
