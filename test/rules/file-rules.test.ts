import { describe, expect, test } from 'vitest';
import type { Issue } from '../../src/schema/index.js';
import { type Base, checkDrafts, type Draft, type DraftRow, draftOf, rowOf } from '../support/rule-samples.js';

/** What is told of a changed sample, without infos. */
function told(base: Base, change: (draft: Draft) => void, profile: 'strict' | 'tolerant' = 'strict'): Issue[] {
  const draft = draftOf(base);
  change(draft);
  return checkDrafts([draft], { profile }).issues.filter(({ severity }) => severity !== 'info');
}
const codesOf = (issues: readonly Issue[]) => issues.map(({ code, row }) => `${code} ${row}`);

/** Replaces text in the bytes of a kind of file: ASCII by as many characters. */
const damage =
  (kind: string, from: string, to: string) =>
  (draft: Draft): void => {
    draft.written = ({ path, bytes }) => {
      if (!path.startsWith(`${kind}_`)) return { path, bytes };
      const text = Buffer.from(bytes).toString('latin1');
      expect(text).toContain(from);
      return { path, bytes: Buffer.from(text.replace(from, to), 'latin1') };
    };
  };

describe('Where a row was not read, nothing is said to be missing:', () => {
  test('no row, sum or total of a sheet 7, whose row it may be', () => {
    const issues = told('slip', damage('UPSIKYU', '0001729633', '00017296X3'), 'tolerant');
    expect(issues.map(({ code }) => code).filter((code) => code.startsWith('statement.'))).toEqual([]);
    expect(issues.map(({ code, field }) => [code, field])).toContainEqual(['cell.form', 'insuredPersonNumber']);
  });

  test('no number of a plan', () => {
    const issues = told('plan', damage('UP2KYO', '0001729633', '00017296X3'), 'tolerant');
    expect(issues.filter(({ code }) => code.startsWith('file.'))).toEqual([]);
  });

  test('but a value that is wrong in its own row is told', () => {
    const issues = told(
      'slip',
      (slip) => {
        rowOf(slip, 'UPSIKYU', 8).discountRate = 50;
        damage('UPSIKYU', '0001729633', '00017296X3')(slip);
      },
      'tolerant',
    );
    expect(codesOf(issues)).toContain('statement.arithmetic 9');
  });
});

test('A sheet 7 with a cell that was not read is not added up, those of others are', () => {
  const issues = told(
    'slip',
    (slip) => {
      const rows = slip.files.UPSIKYU ?? [];
      const totals = rows.filter(({ serviceCode }) => serviceCode === '999999');
      for (const total of totals) total.totalCost = 1;
      damage('UPSIKYU', ',450,,450,1,450,', ',450,,450,1,4x0,')(slip);
    },
    'tolerant',
  );
  const sums = issues.filter(({ code }) => code === 'statement.sum');
  expect(sums).toHaveLength(1);
  expect(sums[0]?.row).toBeGreaterThan(6);
});

test('A wrong month is told once, with the month of the name', () => {
  const issues = told('withdrawnSlip', (slip) => {
    const row = rowOf(slip, 'DLTPLAN');
    const others = ['2025-12', '2025-12', '2026-01'].map((serviceMonth, i) => ({
      ...row,
      serviceMonth,
      insuredPersonNumber: `000172963${i}`,
    }));
    slip.files.DLTPLAN = [row, ...others];
  });
  expect(codesOf(issues)).toEqual(['file.month 2', 'file.month 4']);
  expect(issues[0]).toMatchObject({ found: '2025-12', expected: '2025-11' });
});

test('No number, name or amount of a person stands in what is told of sheet 7', () => {
  const issues = told('slip', (slip) => {
    Object.assign(rowOf(slip, 'UPSIKYU', 4), { serviceUnits: 1234, copayment: 4321, units: 77 });
    slip.files.UPSIKYU?.splice(5, 1);
  });
  expect(issues.length).toBeGreaterThan(3);
  expect(JSON.stringify(issues.map(({ range, ...issue }) => issue))).not.toMatch(/1234|4321|77\D|1950|19500/);
});

describe('Detail numbers are judged only where section 9 leaves no doubt:', () => {
  const rental = { units: 300, serviceCode: '171007', taisCode: '00014-000001', detailNumber: undefined };
  const other = { ...rental, taisCode: '00014-000002' };
  const later = { serviceDate: '2025-11-16' };
  /** What is told of rows of the first person's sheet 6 that differ in this. */
  const toldOf = (...rows: readonly DraftRow[]) =>
    told('slip', (slip) => {
      const [first, ...rest] = slip.files.UPPLAN ?? [];
      const others = rest.filter((row) => row.insuredPersonNumber !== first?.insuredPersonNumber);
      slip.files.UPPLAN = [...rows.map((row) => ({ ...first, ...row })), ...others];
    }).map(({ code, row, expected }) => [code, row, expected]);
  const wrong = (row: number, expected?: string | number) => [['file.detailNumbers', row, expected]];
  const ANY = '1, 2, 3 ...';

  test.each<[string, DraftRow[], ...unknown[][]]>([
    ['one rental without a number', [rental]],
    ['one rental with a number', [{ ...rental, detailNumber: 1 }], wrong(1)],
    ['two items without', [rental, other], [...wrong(1, ANY), ...wrong(2, ANY)]],
    [
      'two items with one number',
      [
        { ...rental, detailNumber: 1 },
        { ...other, detailNumber: 1 },
      ],
      wrong(2, ANY),
    ],
    [
      'two items from 0',
      [
        { ...rental, detailNumber: 0 },
        { ...other, detailNumber: 1 },
      ],
      wrong(1, 1),
    ],
    [
      'two items in any order',
      [
        { ...rental, detailNumber: 2 },
        { ...other, detailNumber: 1 },
      ],
    ],
    ['one item on two days', [rental, { ...rental, ...later }]],
    [
      'one item on two days, counted',
      [
        { ...rental, detailNumber: 1 },
        { ...rental, ...later, detailNumber: 2 },
      ],
    ],
    ['one item twice on a day', [rental, rental], [...wrong(1, ANY), ...wrong(2, ANY)]],
    [
      'halves of a month',
      [
        { ...rental, proratedDays: `${'1'.repeat(15)}${'0'.repeat(16)}` },
        { ...rental, proratedDays: `${'0'.repeat(15)}${'1'.repeat(15)}0` },
      ],
    ],
    [
      'two items, one on two days with its number',
      [
        { ...rental, detailNumber: 1 },
        { ...rental, ...later, detailNumber: 1 },
        { ...other, detailNumber: 2 },
      ],
    ],
    [
      'two items, one on two days, counted on',
      [
        { ...rental, detailNumber: 1 },
        { ...other, detailNumber: 2 },
        { ...rental, ...later, detailNumber: 3 },
      ],
    ],
    ['two satellites, without', [rental, { ...other, satelliteNumber: '1' }]],
    [
      'two satellites, counted',
      [
        { ...rental, detailNumber: 1 },
        { ...other, satelliteNumber: '1', detailNumber: 2 },
      ],
    ],
    [
      'two offices',
      [
        { ...rental, detailNumber: 2 },
        { ...other, serviceOfficeNumber: '0370300317' },
      ],
    ],
    ['other units', [rental, { ...other, units: 290 }]],
    ['another code', [rental, { ...other, serviceCode: '171008' }]],
  ])('%s', (_, rows, expected = []) => {
    expect(toldOf(...rows)).toEqual(expected);
  });
});
