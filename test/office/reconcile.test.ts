import { describe, expect, it } from 'vitest';
import {
  RECONCILE_REASONS,
  type ReconcileOptions,
  type Reconciliation,
  reconcile,
  reconcileMonth,
} from '../../src/office/index.js';
import { actualsOf, PERSON, type Row, row, slipOf } from '../support/months.js';

const on = (day: number) => ({ serviceDate: `2025-11-${String(day).padStart(2, '0')}` });
const at = (startTime: string, endTime: string) => ({ startTime, endTime });
const told = (planned: readonly Row[], actual: readonly Row[], options: ReconcileOptions = {}) =>
  reconcile(slipOf(planned), actualsOf(actual), options);
const reasons = ({ attention }: Reconciliation) => attention.map(({ reason }) => reason);
const kinds = ({ lines }: Reconciliation) => lines.flatMap(({ days }) => days.map(({ kind }) => kind));
const PERCENT = row({ serviceCode: '116275', ...at('9999', '9999'), units: 543, ...on(1) });

describe('a day is matched', () => {
  it('by the same time first, then by the nearest', () => {
    const planned = [row(at('09:00', '09:30')), row(at('14:00', '14:45'))];
    const result = told(planned, [row(at('14:10', '14:45')), row(at('09:00', '09:30'))]);
    const [nine, two] = result.lines;
    expect(nine?.days).toEqual([expect.objectContaining({ kind: 'asPlanned' })]);
    expect(two?.days).toEqual([expect.objectContaining({ kind: 'otherTime', differences: ['time'] })]);
    expect(kinds(told(planned, [row(at('14:10', '14:45'))]))).toEqual(['missing', 'otherTime']);
  });

  it('one by one where it holds a service twice', () => {
    expect(kinds(told([row(), row()], [row(), row()]))).toEqual(['asPlanned', 'asPlanned']);
    expect(kinds(told([row(), row()], [row()]))).toEqual(['asPlanned', 'missing']);
    expect(kinds(told([row()], [row(), row()]))).toEqual(['asPlanned', 'extra']);
  });

  it('in the memory that there is, if a file has thousands of rows of one service on one day', () => {
    const many = (units: number) => Array.from({ length: 4000 }, (_, i) => row({ units: units + i }));
    const result = told(many(1), [...many(5001), row({ units: 9999 })]);
    expect(kinds(result).filter((kind) => kind === 'otherUnits')).toHaveLength(4000);
    expect(kinds(result).filter((kind) => kind === 'extra')).toHaveLength(1);
  });

  it('to the same satellite where it can be, to another where not', () => {
    const satellites = [row({ satelliteNumber: '1' }), row({ satelliteNumber: '2' })];
    const both = told(satellites, satellites.toReversed());
    expect(both.lines.map(({ days }) => [days[0]?.planned?.satelliteNumber, days[0]?.actual?.satelliteNumber])).toEqual(
      [
        ['1', '1'],
        ['2', '2'],
      ],
    );
    const other = told([row({ satelliteNumber: '1' })], [row()]);
    expect(other.attention).toEqual([]);
    expect(other.lines[0]?.days[0]).toMatchObject({ kind: 'asPlanned', planned: { satelliteNumber: '1' } });
  });

  it('only to the same equipment; a detail number that the office writes otherwise makes no difference', () => {
    const chair = row({ serviceCode: '171001', taisCode: '00013-000001', detailNumber: 1 });
    const { detailNumber, ...unnumbered } = chair;
    expect(kinds(told([chair], [unnumbered]))).toEqual(['asPlanned']);
    expect(reasons(told([chair], [{ ...chair, taisCode: '00013-000002' }]))).toEqual([
      'lineMissing',
      'serviceNotPlanned',
    ]);
    expect(reasons(told([chair], [{ ...unnumbered, serviceCode: '171002' }]))).toEqual([
      'lineMissing',
      'serviceNotPlanned',
    ]);
  });

  it('never to another day: a visit that was moved is a missing and an extra one', () => {
    const result = told([row(on(3)), row(on(4))], [row(on(3)), row(on(5))]);
    expect(kinds(result)).toEqual(['asPlanned', 'missing', 'extra']);
    expect(result.attention).toEqual([
      expect.objectContaining({ reason: 'extraDays', dates: ['2025-11-05'], unitsDifference: 244 }),
      expect.objectContaining({ reason: 'daysMissing', dates: ['2025-11-04'], unitsDifference: -244 }),
    ]);
  });
});

describe('units', () => {
  it('of percentage add-ons are not compared, and are set apart in sums (section 9)', () => {
    const other = { ...PERCENT, units: 611 };
    const result = told([row(), PERCENT], [row(), other], { isPercentageAddOn: (code) => code === '116275' });
    expect(result.attention).toEqual([]);
    expect(result.offices).toEqual([
      expect.objectContaining({
        planned: { times: 2, units: 787, unitsNotCompared: 543 },
        actual: { times: 2, units: 855, unitsNotCompared: 611 },
        unitsDifference: 0,
      }),
    ]);
    expect(reasons(told([row(), PERCENT], [row(), other]))).toEqual(['moreUnits']);
  });

  it('of a percentage add-on that is missing change no difference of units, but it is missing', () => {
    const result = told([row(), PERCENT], [row()], { isPercentageAddOn: (code) => code === '116275' });
    expect(result.attention).toEqual([expect.objectContaining({ reason: 'lineMissing', unitsDifference: 0 })]);
    expect(result.offices[0]?.unitsDifference).toBe(0);
  });

  it.each([0, undefined])('are not compared where a side has %s', (units) => {
    const { units: _, ...unknown } = row();
    const bare = units === undefined ? unknown : { ...unknown, units };
    for (const result of [told([row()], [bare]), told([bare], [row()])]) {
      expect(result.attention).toEqual([]);
      expect(result.lines[0]?.days[0]).toMatchObject({ kind: 'asPlanned', unitsCompared: false });
      expect(result.offices[0]?.unitsDifference).toBe(0);
    }
  });

  it('per time count as often as the service was given', () => {
    const [office] = told([row({ count: 2 })], [row({ count: 3 })]).offices;
    expect(office?.planned).toEqual({ times: 2, units: 488, unitsNotCompared: 0 });
    expect(office?.actual).toEqual({ times: 3, units: 732, unitsNotCompared: 0 });
    expect(office?.unitsDifference).toBe(244);
  });

  it('of what counts once a month are compared once, on whatever day it stands', () => {
    const monthly = (units: number, day: number) => row({ serviceCode: '731111', units, ...on(day) });
    const planned = [monthly(10458, 1), monthly(10458, 2)];
    const result = told(planned, [monthly(12000, 8), monthly(12000, 9), monthly(12000, 10)], { isMonthly: () => true });
    expect(result.attention).toEqual([expect.objectContaining({ reason: 'moreUnits', unitsDifference: 1542 })]);
    expect(reasons(told([row(), ...planned], [row()], { isMonthly: (code) => code === '731111' }))).toEqual([
      'notReceived',
    ]);
    const addOn = row({ serviceCode: '114001', units: 200 });
    const missing = told([row(), addOn], [row()], { isMonthly: (code) => code === '114001' });
    expect(missing.attention).toEqual([expect.objectContaining({ reason: 'lineMissing', unitsDifference: -200 })]);
  });
});

describe('an office', () => {
  const nurse = row({ serviceOfficeNumber: '0360190037', serviceCode: '131111' });

  it('whose actuals of the person have not come is told as one thing, not day by day', () => {
    const result = told([row(), nurse, { ...nurse, ...on(4) }], [row()]);
    expect(result.offices.map(({ state }) => state)).toEqual(['notReceived', 'compared']);
    expect(result.offices[0]).not.toHaveProperty('unitsDifference');
    expect(result.lines.map(({ serviceOfficeNumber }) => serviceOfficeNumber)).toEqual(['0370200210']);
    expect(result.attention).toEqual([
      {
        reason: 'notReceived',
        serviceOfficeNumber: '0360190037',
        serviceType: '13',
        dates: [],
        unitsDifference: -488,
      },
    ]);
  });

  it('that has sent actuals of others only weighs more', () => {
    expect(reasons(told([row(), nurse], [row()], { hasSent: (_, type) => type === '13' }))).toEqual(['personMissing']);
  });

  it('is compared type by type: of one type actuals may have come, of the other not', () => {
    const rental = row({ serviceCode: '171001', taisCode: '00013-000001' });
    expect(told([row(), rental], [row()]).offices.map(({ serviceType, state }) => [serviceType, state])).toEqual([
      ['11', 'compared'],
      ['17', 'notReceived'],
    ]);
  });

  it('of a type that is not exchanged is expected to send nothing (section 6)', () => {
    const result = told([row(), row({ serviceCode: '331111' })], [row()]);
    expect(result.offices.map(({ state }) => state)).toEqual(['compared', 'notExchanged']);
    expect(result.attention).toEqual([]);
  });

  it('that was not planned is told as one thing, with its days in the lines', () => {
    const result = told([row()], [row(), nurse, { ...nurse, ...on(4) }]);
    expect(result.attention).toEqual([
      expect.objectContaining({
        reason: 'officeNotPlanned',
        dates: ['2025-11-03', '2025-11-04'],
        unitsDifference: 488,
      }),
    ]);
    expect(kinds(result)).toEqual(['extra', 'extra', 'asPlanned']);
  });
});

describe('what to look at first', () => {
  it('is the gravest; of equal reasons the one with more units', () => {
    const home = (code: string, own: Partial<Row> = {}) => row({ serviceCode: code, ...own });
    const planned = [
      home('111111'),
      home('111112'),
      home('111113'),
      home('111114'),
      home('111115', on(1)),
      home('111115', on(2)),
      home('111116'),
      home('111117'),
      home('111118', { units: 900 }),
      row({ serviceOfficeNumber: '0360190037', serviceCode: '131111' }),
    ];
    const actual = [
      home('111111', at('10:00', '10:30')),
      home('111112', { units: 200 }),
      home('111113', { units: 300 }),
      home('111114', { count: 2 }),
      home('111115', on(1)),
      home('111116'),
      home('111116', on(9)),
      home('111119'),
      row({ serviceOfficeNumber: '0370200228', serviceCode: '151241' }),
    ];
    const result = told(planned, actual);
    expect(result.attention.map(({ reason, serviceCode }) => [reason, serviceCode])).toEqual([
      ['notReceived', undefined],
      ['lineMissing', '111118'],
      ['lineMissing', '111117'],
      ['officeNotPlanned', undefined],
      ['serviceNotPlanned', '111119'],
      ['extraDays', '111116'],
      ['moreUnits', '111113'],
      ['moreTimes', '111114'],
      ['daysMissing', '111115'],
      ['lessUnits', '111112'],
      ['otherTime', '111111'],
    ]);
  });

  it('has each day of a line once, under its gravest reason', () => {
    const result = told([row({ units: 300, count: 1 })], [row({ units: 200, count: 2 })]);
    expect(result.lines[0]?.days[0]).toMatchObject({ kind: 'otherUnits', differences: ['units', 'count'] });
    expect(result.attention).toEqual([expect.objectContaining({ reason: 'moreTimes', unitsDifference: 100 })]);
  });

  it('has words in both languages', () => {
    for (const { ja, en } of Object.values(RECONCILE_REASONS)) {
      expect(ja).toMatch(/[ぁ-ん]/);
      expect(en).toMatch(/^[a-z ,]+$/);
    }
  });
});

describe('a person', () => {
  const other = { insurerNumber: '131016' };

  it('insured elsewhere (住所地特例) is matched by insured number, with a warning that tells no number', () => {
    const result = reconcile(slipOf([row()]), actualsOf([row()], other));
    expect(kinds(result)).toEqual(['asPlanned']);
    expect(result.issues).toEqual([
      expect.objectContaining({ code: 'reconcile.otherInsurer', severity: 'warning', path: 'actuals[0]' }),
    ]);
    expect(JSON.stringify(result.issues)).not.toMatch(new RegExp(`131016|${Object.values(PERSON).join('|')}`));
    const month = reconcileMonth([slipOf([row()])], actualsOf([row()], other));
    expect(month.persons).toEqual([result]);
    expect(month.issues).toEqual(result.issues);
  });

  it('of another insured number or month has no part in it', () => {
    const [one] = actualsOf([row()]);
    const strangers = [
      ...actualsOf([row()], { insuredPersonNumber: '0000000002' }),
      { ...one, serviceMonth: '2025-10' },
    ];
    const result = reconcile(slipOf([row()]), [...strangers, ...actualsOf([row()])] as never);
    expect(kinds(result)).toEqual(['asPlanned']);
    expect(result.issues.map(({ code, path }) => [code, path])).toEqual([
      ['reconcile.unrelated', 'actuals[0]'],
      ['reconcile.unrelated', 'actuals[1]'],
    ]);
  });

  it('has actuals of an office and type once; a second set is left out, with an error', () => {
    const result = reconcile(slipOf([row()]), [...actualsOf([row()]), ...actualsOf([row(on(9))])]);
    expect(kinds(result)).toEqual(['asPlanned']);
    expect(result.issues).toEqual([
      expect.objectContaining({ code: 'document.duplicate', path: 'actuals[1]', expected: 'actuals[0]' }),
    ]);
  });
});

describe('a month', () => {
  const second = { insuredPersonNumber: '0000000002' };
  const third = { insuredPersonNumber: '0000000003' };

  it('lists people without actuals, and actuals without a slip', () => {
    const rental = row({ serviceCode: '171001', taisCode: '00013-000001' });
    const slips = [slipOf([rental], second), slipOf([row()])];
    const { persons, withoutActuals, withoutSlip, issues } = reconcileMonth(slips, [
      ...actualsOf([row()]),
      ...actualsOf([row()], third),
    ]);
    expect(persons.map(({ serviceUser }) => serviceUser.insuredPersonNumber)).toEqual(['0000000001', '0000000002']);
    expect(withoutActuals).toEqual([{ serviceUser: { ...PERSON, ...second }, serviceMonth: '2025-11' }]);
    expect(withoutSlip).toEqual([
      {
        serviceUser: { ...PERSON, ...third },
        serviceMonth: '2025-11',
        serviceOfficeNumber: '0370200210',
        serviceType: '11',
      },
    ]);
    expect(issues).toEqual([]);
  });

  it('tells an office that has sent actuals of others from one that has sent nothing', () => {
    const slips = [slipOf([row()]), slipOf([row(), row({ serviceCode: '131111' })], second)];
    const { persons } = reconcileMonth(slips, actualsOf([row()]));
    expect(persons.map(reasons)).toEqual([[], ['personMissing', 'notReceived']]);
  });

  it('does not miss a person of whom nothing is exchanged', () => {
    const { withoutActuals, persons } = reconcileMonth([slipOf([row({ serviceCode: '331111' })])], []);
    expect(withoutActuals).toEqual([]);
    expect(persons.map(reasons)).toEqual([[]]);
  });

  it('prefers the slip of the same insurer, then the one that plans the office; a guess it does not make', () => {
    const [tokyo, osaka] = [{ insurerNumber: '131016' }, { insurerNumber: '271004' }];
    const nurse = row({ serviceCode: '131111' });
    const slips = [slipOf([row()], tokyo), slipOf([nurse], osaka)];
    const exact = reconcileMonth(slips, [...actualsOf([row()], tokyo), ...actualsOf([nurse], osaka)]);
    expect(exact.issues).toEqual([]);
    expect(exact.persons.map(reasons)).toEqual([[], []]);

    const planned = reconcileMonth(slips, [...actualsOf([row()]), ...actualsOf([nurse])]);
    expect(planned.issues.map(({ code }) => code)).toEqual(['reconcile.otherInsurer', 'reconcile.otherInsurer']);
    expect(planned.persons.map(reasons)).toEqual([[], []]);

    const unclear = reconcileMonth(slips, actualsOf([row({ serviceCode: '151241' })]));
    expect(unclear.issues.map(({ code }) => code)).toEqual(['reconcile.ambiguous']);
    expect(unclear.withoutSlip).toHaveLength(1);
  });

  it('compares a slip that is given twice once, with an error', () => {
    const { persons, issues } = reconcileMonth([slipOf([row()]), slipOf([row(on(9))])], actualsOf([row()]));
    expect(persons.map(kinds)).toEqual([['asPlanned']]);
    expect(issues).toEqual([
      expect.objectContaining({ code: 'document.duplicate', path: 'slips[1]', expected: 'slips[0]' }),
    ]);
  });

  it('is plain data, without names', () => {
    const supplement = { nameKana: 'ﾃｽﾄ', name: '試験　太郎', sex: '1', birthDate: '1940-01-01' };
    const result = reconcileMonth([slipOf([row()], { supplement } as never)], actualsOf([row(on(4))]));
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(JSON.stringify(result)).not.toContain('試験');
  });
});
