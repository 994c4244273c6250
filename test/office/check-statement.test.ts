import { describe, expect, it } from 'vitest';
import { checkStatement, type Statement, type StatementRow } from '../../src/index.js';
import { DAY_CARE, HELPERS, line, OPTIONS, statementOf } from '../support/statements.js';

const lines = [
  line('111111', 244, 10),
  line('112211', 179, 10),
  line('118000', 500),
  line('151241', 658, 5, { serviceOfficeNumber: DAY_CARE }),
];
/** 0 and 1: details, 2: 11AAAA, 3: outside the limit, 4: 11EEEE, 5: detail of day care, 6: the total. */
const good = statementOf(lines, {
  unitPrice: 10.42,
  outsideLimit: ({ serviceCode }) => serviceCode === '118000',
  subtotals: ['outsideLimit'],
});

/** The statement with rows changed; one that becomes null is left out. */
const changed = (change: (row: StatementRow, index: number) => Partial<StatementRow> | null): Statement => ({
  ...good,
  rows: good.rows.flatMap((row, i) => {
    const values = change(row, i);
    if (values === null) return [];
    const cells = Object.entries({ ...row, ...values }).filter(([, value]) => value !== undefined);
    return [Object.fromEntries(cells) as StatementRow];
  }),
});
const at = (index: number, values: object | null) =>
  changed((_, i) => (i === index ? (values as Partial<StatementRow> | null) : {}));
const found = (statement: Statement) => checkStatement(statement).map(({ code, path }) => [code, path]);

describe('A statement is refused', () => {
  it('not where all agrees', () => {
    expect(found(good)).toEqual([]);
  });

  it.each([
    ["a subtotal's units", 2, { serviceUnits: 4231 }, 'rows[2].serviceUnits'],
    ["a subtotal's 給付管理単位数", 2, { managedUnits: 4229 }, 'rows[2].managedUnits'],
    ["the total's units", 6, { serviceUnits: 1 }, 'rows[6].serviceUnits'],
    ["the total's 給付管理単位数", 6, { managedUnits: 1 }, 'rows[6].managedUnits'],
    [
      "the total's units within the limit",
      6,
      { benefitLimitUnitsWithinLimit: 1 },
      'rows[6].benefitLimitUnitsWithinLimit',
    ],
    ["the total's cost", 6, { totalCost: 1 }, 'rows[6].totalCost'],
    ["the total's copayment", 6, { copayment: 1 }, 'rows[6].copayment'],
  ])('where %s are not the sum of the rows', (_, index, values, path) => {
    expect(found(at(index, values))).toContainEqual(['statement.sum', path]);
  });

  it.each([
    ['units times count', 0, { serviceUnits: 2441 }, 'rows[0].serviceUnits'],
    ['units at the rate of the discount', 0, { discountRate: 50 }, 'rows[0].discountedUnits'],
    ['units less what exceeds', 2, { benefitLimitExcessUnits: 1 }, 'rows[2].benefitLimitUnitsWithinLimit'],
    ['units less what exceeds their type', 2, { serviceTypeExcessUnits: 1 }, 'rows[2].serviceTypeUnitsWithinLimit'],
    ['units times price', 2, { totalCost: 44077 }, 'rows[2].totalCost'],
    ['cost times rate', 2, { benefitClaim: 1 }, 'rows[2].benefitClaim'],
    ['cost less claim', 5, { copayment: 1 }, 'rows[5].copayment'],
    ['excess times price', 5, { fullCopayment: 1 }, 'rows[5].fullCopayment'],
  ])('where a value is not %s', (_, index, values, path) => {
    expect(found(at(index, values))).toContainEqual(['statement.arithmetic', path]);
  });

  it('without a grand total, or with two', () => {
    expect(found(at(6, null))).toEqual([['statement.missingRow', 'rows']]);
    const two = { ...good, rows: [...good.rows, good.rows[6] as StatementRow] };
    expect(found(two)).toEqual([['statement.repeatedRow', 'rows[7].serviceCode']]);
  });

  it('whose grand total has another office number', () => {
    expect(found(at(6, { serviceOfficeNumber: HELPERS }))).toEqual([['cell.form', 'rows[6].serviceOfficeNumber']]);
  });

  it('without the subtotal of several rows of a type, or with it twice', () => {
    expect(found(at(2, null))).toContainEqual(['statement.missingRow', 'rows']);
    const [subtotal] = good.rows.slice(2, 3) as [StatementRow];
    expect(found({ ...good, rows: [subtotal, ...good.rows] })).toEqual([
      ['statement.repeatedRow', 'rows[3].serviceCode'],
    ]);
  });

  it('with a subtotal of a type that has no row', () => {
    const subtotal = { ...(good.rows[2] as StatementRow), serviceCode: '12AAAA' };
    expect(found({ ...good, rows: [...good.rows, subtotal] })).toEqual([['statement.noRows', 'rows[7].serviceCode']]);
  });

  it.each([2, 4, 6])('where subtotal or total row %d has units or a discount', (index) => {
    const issues = found(at(index, { units: 1, discountRate: 95, discountedUnits: 1 }));
    expect(issues).toEqual(
      ['units', 'discountRate', 'discountedUnits'].map((name) => ['statement.emptyColumn', `rows[${index}].${name}`]),
    );
  });

  it('with paths below the place that the caller names, columns, and numbers only if asked', () => {
    const wrong = at(2, { totalCost: 44077 });
    const place = ['usageSlips', 0, 'statement'];
    const [quiet] = checkStatement(wrong, { at: place });
    expect(quiet).toMatchObject({ path: 'usageSlips[0].statement.rows[2].totalCost', field: 'totalCost' });
    expect(JSON.stringify(quiet)).not.toMatch(/44077|44076/);
    const [shown] = checkStatement(wrong, { showValues: true });
    expect(shown).toMatchObject({ found: 44077, expected: 44076 });
  });
});

describe('A statement passes where the standard leaves the sender a choice:', () => {
  it('columns that are not required are empty', () => {
    const required = ['serviceOfficeNumber', 'serviceCode', 'units', 'count', 'overThirtyDays'];
    const bare = changed((row) =>
      Object.fromEntries(Object.keys(row).flatMap((name) => (required.includes(name) ? [] : [[name, undefined]]))),
    );
    expect(found(bare)).toEqual([]);
  });

  it('給付管理単位数 are left out, with and without the subtotal outside the limit', () => {
    const without = changed(() => ({ managedUnits: undefined }) as never);
    expect(found(without)).toEqual([]);
    const { rows } = without;
    // The cost of the service outside the limit stands on no row, or on that of its subtotal within.
    expect(
      found({ ...without, rows: rows.filter((_, i) => i !== 4 && i !== 6).concat(rows.slice(6).map(noAmounts)) }),
    ).toEqual([]);
  });

  it('the cost outside the limit stands on the subtotal within it', () => {
    // (4,230 + 500) units at 10.42
    const folded = { totalCost: 49286, benefitClaim: 44357, copayment: 4929 };
    const { rows } = changed((_, i) => (i === 2 ? folded : i === 4 ? null : {}));
    expect(found({ ...good, rows: rows.map((row) => (row.serviceCode === '999999' ? noAmounts(row) : row)) })).toEqual(
      [],
    );
  });

  it('the grand total has only the units within the limit', () => {
    expect(found(at(6, { serviceUnits: 7520 }))).toEqual([]);
  });

  it('a monthly service counts its days and is charged once', () => {
    const { rows } = statementOf([line('766111', 5446)]);
    expect(found({ ...OPTIONS, rows: rows.map((row) => (row.count === 1 ? { ...row, count: 20 } : row)) })).toEqual([]);
  });

  it('a discount is rounded either way', () => {
    for (const discountedUnits of [367, 368]) {
      const { rows } = statementOf([line('111211', discountedUnits, 2)], {
        discount: () => ({ units: 387, rate: 95 }),
      });
      expect(found({ ...OPTIONS, rows })).toEqual([]);
    }
  });

  it('the copayment is fixed, so that no rate applies', () => {
    const { rows } = statementOf([line('A41111', 871, 8)], { unitPrice: 10.35 });
    const fixed = { fixedCopaymentUnitPrice: 871, copayment: 6968, benefitClaim: 65150 };
    const changed = rows.map(({ benefitRate, ...row }) => ({ ...row, ...(row.count > 0 ? fixed : {}), ...fixed }));
    expect(found({ ...OPTIONS, rows: changed })).toEqual([]);
  });

  it('a row over 30 days and outside the limit has its amounts beside the subtotal over 30 days', () => {
    const options = { unitPrice: 11.1, subtotals: ['overThirtyDays'] as const };
    const over = { overThirtyDays: '1' } as const;
    const stay = [line('211131', 735, 30), line('211131', 725, 1, over), line('211141', 10, 1, over)];
    const { rows } = statementOf(stay, options);
    const addOn = { ...line('216100', 18, 1, over) };
    const alone = statementOf([addOn], options).rows[0] as StatementRow;
    const total = rows.at(-1) as StatementRow;
    const more = { serviceUnits: (total.serviceUnits ?? 0) + 18, fullCopayment: (total.fullCopayment ?? 0) + 199 };
    expect(found({ ...OPTIONS, rows: [...rows.slice(0, -1), alone, { ...total, ...more }] })).toEqual([]);
  });

  it('the subtotal of a type has another office number than its rows', () => {
    const elsewhere = changed((_, i) => (i === 2 ? { serviceOfficeNumber: '9999999999' } : {}));
    expect(found(elsewhere)).toEqual([]);
  });
});

it('A statement of 40,000 rows is checked in one pass', () => {
  const [detail, , , , , , total] = good.rows as [StatementRow, ...StatementRow[]];
  const many = Array.from({ length: 40_000 }, () => ({ ...detail, serviceOfficeNumber: HELPERS }));
  const begun = performance.now();
  expect(checkStatement({ ...good, rows: [...many, total as StatementRow] })).not.toEqual([]);
  expect(performance.now() - begun).toBeLessThan(2000);
});

it('A subtotal that may add up any of 10,000 rows is checked in a moment', () => {
  const [detail, , subtotal, , , , total] = good.rows as [StatementRow, ...StatementRow[]];
  const { managedUnits, ...unclear } = detail;
  const many = Array.from({ length: 10_000 }, (_, i) => ({ ...unclear, units: i, count: 1, serviceUnits: i }));
  const begun = performance.now();
  const issues = found({
    ...good,
    rows: [...many, { ...(subtotal as StatementRow), serviceUnits: 99_999 }, total as StatementRow],
  });
  expect(issues).not.toContainEqual(['statement.sum', 'rows[10000].serviceUnits']);
  expect(performance.now() - begun).toBeLessThan(2000);
});

/** A grand total without amounts. */
const noAmounts = ({ totalCost, benefitClaim, copayment, fullCopayment, ...row }: StatementRow): StatementRow => row;
