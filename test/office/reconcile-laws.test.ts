import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Reconciliation, reconcile, reconcileMonth } from '../../src/office/index.js';
import { type Actuals, DOCUMENTS, serviceTypeIn, type UsageSlip } from '../../src/schema/index.js';
import { lineKey } from '../../src/schema/model/usage-slip.js';
import { arbitraryUsageSlip } from '../support/documents.js';
import {
  actualsOf,
  arbitraryRow,
  arbitraryRows,
  arbitraryTimes,
  officeOf,
  type Row,
  row,
  slipOf,
} from '../support/months.js';

const runs = { numRuns: 2000 };

/** A month's rows and one of them. */
const chosen = arbitraryRows.chain((rows) => fc.tuple(fc.constant(rows), fc.nat(rows.length - 1)));
const without = (rows: readonly Row[], at: number) => rows.filter((_, i) => i !== at);
const at = (rows: readonly Row[], index: number) => rows[index] as Row;

/** What a reconciliation says that is not as planned: days, and offices that stand out. */
const found = ({ lines, offices, attention, issues }: Reconciliation) => ({
  days: lines.flatMap(({ days }) => days).filter(({ kind }) => kind !== 'asPlanned'),
  offices: offices.filter(({ state }) => state !== 'compared').map(({ state }) => state),
  attention,
  issues,
});

/** The values of a row as a day shows them. */
function valuesOf({ serviceDate, startTime, endTime, count, units, satelliteNumber, detailNumber }: Row) {
  return { serviceDate, startTime, endTime, count, units, satelliteNumber, detailNumber };
}

/** Checks that a month with one row changed into another is told as one day, once. */
function expectOneChange(rows: readonly Row[], index: number, changed: Row, kind: string, differences: string[]) {
  const actual = rows.map((one, i) => (i === index ? changed : one));
  const { days, offices, attention, issues } = found(reconcile(slipOf(rows), actualsOf(actual)));
  expect(days).toEqual([
    expect.objectContaining({ kind, differences, matters: true, planned: valuesOf(at(rows, index)) }),
  ]);
  expect(days[0]?.actual).toEqual(valuesOf(changed));
  expect(attention).toHaveLength(1);
  expect({ offices, issues }).toEqual({ offices: [], issues: [] });
}

/** The actuals of a slip: its lines, for each office and type. */
function split({ lines, serviceMonth, serviceUser, statement, ...head }: UsageSlip): Actuals[] {
  const { supplement, ...identity } = serviceUser;
  const groups = new Map<string, Actuals>();
  for (const line of lines) {
    const key = line.serviceOfficeNumber + serviceTypeIn(line.serviceCode);
    const { serviceOfficeNumber } = line;
    const serviceType = serviceTypeIn(line.serviceCode);
    const own = { ...head, serviceUser: identity, serviceMonth, serviceOfficeNumber, serviceType } as Actuals;
    groups.set(key, { ...own, lines: [...(groups.get(key)?.lines ?? []), line] });
  }
  return [...groups.values()];
}

describe('what was delivered as planned', () => {
  test('the months of these laws are documents of the standard', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        DOCUMENTS.usageSlips.parse(slipOf(rows));
        for (const one of actualsOf(rows)) DOCUMENTS.actuals.parse(one);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['any slip', arbitraryUsageSlip],
    ['a slip of services that meet', arbitraryRows.map((rows) => slipOf(rows))],
  ])('of %s is told as planned, and as nothing else', (_, slips: fc.Arbitrary<UsageSlip>) => {
    const options = fc.constantFrom({}, { isMonthly: () => true }, { isPercentageAddOn: () => true });
    fc.assert(
      fc.property(slips, options, (slip, options) => {
        const result = reconcile(slip, split(slip), options);
        expect(found(result)).toEqual({ days: [], offices: [], attention: [], issues: [] });
        const planned = slip.lines.flatMap(({ days }) => days);
        expect(result.lines.flatMap(({ days }) => days)).toHaveLength(planned.length);
        for (const office of result.offices) {
          expect(office.actual).toEqual(office.planned);
          expect(office.unitsDifference).toBe(0);
        }
      }),
      runs,
    );
  });
});

describe('each change is told once, and nothing else', () => {
  test('a day that was not delivered', () => {
    fc.assert(
      fc.property(chosen, ([rows, index]) => {
        const left = without(rows, index);
        const { days, offices, attention } = found(reconcile(slipOf(rows), actualsOf(left)));
        expect(attention).toHaveLength(1);
        if (left.some((one) => officeOf(one) === officeOf(at(rows, index)))) {
          expect(days).toEqual([
            expect.objectContaining({ kind: 'missing', matters: true, planned: valuesOf(at(rows, index)) }),
          ]);
          expect(['lineMissing', 'daysMissing']).toContain(attention[0]?.reason);
          expect(offices).toEqual([]);
        } else {
          expect({ days, offices }).toEqual({ days: [], offices: ['notReceived'] });
          expect(attention[0]?.reason).toBe('notReceived');
        }
      }),
      runs,
    );
  });

  test('a day that was not planned', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryRow, (rows, added) => {
        const { days, offices, attention } = found(reconcile(slipOf(rows), actualsOf([...rows, added])));
        expect(days).toEqual([expect.objectContaining({ kind: 'extra', matters: true, actual: valuesOf(added) })]);
        expect(attention).toEqual([
          expect.objectContaining({
            dates: [added.serviceDate],
            unitsDifference: (added.units ?? 0) * added.count,
          }),
        ]);
        const isPlanned = rows.some((one) => officeOf(one) === officeOf(added));
        expect(offices).toEqual(isPlanned ? [] : ['notPlanned']);
        if (!isPlanned) expect(attention[0]?.reason).toBe('officeNotPlanned');
      }),
      runs,
    );
  });

  test('another time of day', () => {
    fc.assert(
      fc.property(chosen, arbitraryTimes, ([rows, index], times) => {
        const { startTime, endTime } = at(rows, index);
        fc.pre(times.startTime !== startTime || times.endTime !== endTime);
        expectOneChange(rows, index, { ...at(rows, index), ...times }, 'otherTime', ['time']);
      }),
      runs,
    );
  });

  test('another count', () => {
    fc.assert(
      fc.property(chosen, fc.constantFrom(-1, 1), ([rows, index], more) => {
        const changed = { ...at(rows, index), count: at(rows, index).count + more };
        expectOneChange(rows, index, changed, 'otherCount', ['count']);
      }),
      runs,
    );
  });

  test('other units', () => {
    fc.assert(
      fc.property(chosen, fc.constantFrom(244, 387, 471, 1), ([rows, index], units) => {
        fc.pre(units !== at(rows, index).units);
        expectOneChange(rows, index, { ...at(rows, index), units }, 'otherUnits', ['units']);
      }),
      runs,
    );
  });

  test('other units, another count and another time at once: one day, of which all three are told', () => {
    fc.assert(
      fc.property(chosen, ([rows, index]) => {
        const changed = { ...at(rows, index), units: 1, count: 3, startTime: '20:00', endTime: '20:30' };
        expectOneChange(rows, index, changed, 'otherUnits', ['units', 'count', 'time']);
      }),
      runs,
    );
  });

  test('a line that was not delivered', () => {
    fc.assert(
      fc.property(chosen, ([rows, index]) => {
        const line = (one: Row) => lineKey({ ...one, days: [] } as never);
        const keyOf = ({ serviceDate, count, ...own }: Row) => line(own as Row);
        const gone = rows.filter((one) => keyOf(one) === keyOf(at(rows, index)));
        const left = rows.filter((one) => !gone.includes(one));
        fc.pre(left.some((one) => officeOf(one) === officeOf(at(rows, index))));
        const { days, offices, attention } = found(reconcile(slipOf(rows), actualsOf(left)));
        expect(days.map(({ kind }) => kind)).toEqual(gone.map(() => 'missing'));
        expect(attention).toHaveLength(1);
        expect(attention[0]?.dates).toEqual([...new Set(gone.map(({ serviceDate }) => serviceDate))].sort());
        expect(offices).toEqual([]);
      }),
      runs,
    );
  });

  test('an office and type of which nothing has arrived', () => {
    fc.assert(
      fc.property(chosen, ([rows, index]) => {
        const office = officeOf(at(rows, index));
        const left = rows.filter((one) => officeOf(one) !== office);
        const { days, offices, attention } = found(reconcile(slipOf(rows), actualsOf(left)));
        expect({ days, offices }).toEqual({ days: [], offices: ['notReceived'] });
        expect(attention.map((one) => [one.reason, `${one.serviceOfficeNumber}:${one.serviceType}`])).toEqual([
          ['notReceived', office],
        ]);
      }),
      runs,
    );
  });
});

describe('order', () => {
  test('of rows, lines and actuals makes no difference, whatever was planned and delivered', () => {
    const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
    const month = fc
      .tuple(arbitraryRows, arbitraryRows, fc.boolean())
      .chain(([planned, delivered, monthly]) =>
        fc.tuple(
          fc.constant([planned, delivered] as const),
          fc.tuple(shuffled(planned), shuffled(delivered)),
          fc.constant(monthly ? { isMonthly: (code: string) => code.startsWith('15') } : {}),
        ),
      );
    fc.assert(
      fc.property(month, ([one, other, options]) => {
        const result = reconcile(slipOf(one[0]), actualsOf(one[1]), options);
        const shuffled = reconcile(slipOf(other[0]), actualsOf(other[1]).reverse(), options);
        expect(JSON.stringify(shuffled)).toBe(JSON.stringify(result));
        // Every row is told exactly once.
        const days = result.lines.flatMap((line) => line.days);
        const compared = (rows: readonly Row[], others: readonly Row[]) =>
          rows.filter((a) => others.some((b) => officeOf(a) === officeOf(b)));
        expect(days.filter(({ planned }) => planned)).toHaveLength(compared(one[0], one[1]).length);
        expect(days.filter(({ actual }) => actual)).toHaveLength(one[1].length);
      }),
      runs,
    );
  });

  test('of people makes none either: each is compared as if alone', () => {
    const people = fc.array(fc.tuple(arbitraryRows, arbitraryRows), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(people, (months) => {
        const person = (i: number) => ({ insuredPersonNumber: `000000001${i}` });
        const slips = months.map(([planned], i) => slipOf(planned, person(i)));
        const actuals = months.map(([, delivered], i) => actualsOf(delivered, person(i)));
        const hasSent = () => false;
        const { persons, ...rest } = reconcileMonth(slips.toReversed(), actuals.flat().reverse(), { hasSent });
        expect(persons).toEqual(slips.map((slip, i) => reconcile(slip, actuals[i] ?? [])));
        expect(rest.withoutSlip).toEqual([]);
        expect(rest.issues).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what counts once a month', () => {
  test('may be delivered on other days, at other times and more often, and counts once in sums', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(days, days, arbitraryTimes, (planned, delivered, times) => {
        const rowsOf = (list: number[], own: Partial<Row>) =>
          list.map((n) =>
            row({ serviceCode: '731111', units: 10458, serviceDate: `2025-11-${`${n}`.padStart(2, '0')}`, ...own }),
          );
        const slip = slipOf(rowsOf(planned, {}));
        const result = reconcile(slip, actualsOf(rowsOf(delivered, times)), { isMonthly: () => true });
        expect(result.attention).toEqual([]);
        const once = { times: 1, units: 10458, unitsNotCompared: 0 };
        expect(result.offices).toEqual([expect.objectContaining({ planned: once, actual: once, unitsDifference: 0 })]);
        const shown = result.lines.flatMap((line) => line.days);
        expect(shown.filter((day) => day.planned)).toHaveLength(planned.length);
        expect(shown.filter((day) => day.actual)).toHaveLength(delivered.length);
      }),
      { numRuns: 500 },
    );
  });
});
