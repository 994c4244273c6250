import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Address,
  checkStatement,
  computeStatement,
  decodeDocuments,
  decodeFiles,
  encodeDocuments,
  type Line,
  planActuals,
  planCarePlans,
  planForCentre,
  planPreventive,
  planTransmissions,
  planWithdrawals,
  receiversIn,
  receiversOf,
  type Supplement,
  serviceTypeOf,
  type UsageSlip,
} from '../../src/index.js';
import { cleanSamples } from '../support/fixtures.js';
import { arbitraryMonth, lineOf, MONTH, SENDER, slipOf } from '../support/month.js';

const A = '0370200001';
const B = '0370200002';
const C = '0370200003';
const keyOf = ({ officeNumber, serviceType }: Address) => `${officeNumber}-${serviceType}`;
const personOf = ({ serviceUser }: { serviceUser: { insuredPersonNumber: string } }) =>
  Number(serviceUser.insuredPersonNumber);
const servedBy = ({ serviceOfficeNumber, serviceCode }: Line) => `${serviceOfficeNumber}-${serviceCode.slice(0, 2)}`;
const isExchanged = ({ serviceCode }: Line) => serviceTypeOf(serviceCode.slice(0, 2))?.exchanged === true;

/** What goes where, in short: receiver, then persons, withdrawals with a minus. */
const routes = (plan: ReturnType<typeof planTransmissions>) =>
  plan.transmissions.map(({ to, documents }) => [
    keyOf(to),
    ...(documents.usageSlips ?? []).map(personOf),
    ...(documents.withdrawals ?? []).map((one) => -personOf(one)),
  ]);

describe('a month of slips', () => {
  test('reaches exactly the offices that serve a person, with all services, and no office learns of anyone else', () => {
    fc.assert(
      fc.property(arbitraryMonth(), (slips) => {
        const { transmissions, issues } = planTransmissions(slips, { sender: SENDER });
        expect(issues).toEqual([]);
        const reached = new Set<string>();
        for (const { to, from, documents } of transmissions) {
          expect(from).toEqual(SENDER);
          expect(Object.keys(documents)).toEqual(['usageSlips']);
          for (const slip of documents.usageSlips ?? []) {
            const original = slips[personOf(slip) - 1] as UsageSlip;
            expect(slip.lines).toEqual(original.lines.filter(isExchanged));
            if (!slip.lines.some((line) => servedBy(line) === keyOf(to)))
              expect.unreachable('an office learns too much');
            reached.add(`${personOf(slip)} ${keyOf(to)}`);
          }
        }
        const wanted = slips.flatMap((slip) =>
          slip.lines.filter(isExchanged).map((line) => `${personOf(slip)} ${servedBy(line)}`),
        );
        expect([...reached].sort()).toEqual([...new Set(wanted)].sort());
        expect(new Set(transmissions.map(({ to }) => keyOf(to))).size).toBe(transmissions.length);
        expect(new Set(transmissions.map(({ to, serial }) => `${keyOf(to)} ${serial}`)).size).toBe(
          transmissions.length,
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('is encoded and read again as planned', () => {
    fc.assert(
      fc.property(arbitraryMonth(6), (slips) => {
        for (const planned of planTransmissions(slips, { sender: SENDER }).transmissions) {
          const sent = encodeDocuments(planned, { rules: 'none' });
          if (!sent.ok) return expect.unreachable(JSON.stringify(sent.issues[0]));
          expect(sent.serial).toBe(planned.serial);
          const { transmissions } = decodeFiles(sent.files.map(({ name, bytes }) => ({ path: name, bytes })));
          expect(transmissions.map((one) => decodeDocuments(one).documents)).toEqual([planned.documents]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('leaves out services that are not exchanged and says so; a person who has only such is sent to nobody', () => {
    const slips = [
      slipOf(1, [lineOf(A, '111111', [1]), lineOf(B, '331111', [2])]),
      slipOf(2, [lineOf(B, '331111', [2])]),
    ];
    const plan = planTransmissions(slips, { sender: SENDER });
    expect(routes(plan)).toEqual([[`${A}-11`, 1]]);
    expect(plan.leftOut).toEqual([
      { reason: 'notExchanged', path: 'usageSlips[0].lines[1]' },
      { reason: 'notExchanged', path: 'usageSlips[1].lines[0]' },
      { reason: 'noReceiver', path: 'usageSlips[1]' },
    ]);
  });

  test('one office number with two service types has two post boxes', () => {
    const plan = planTransmissions([slipOf(1, [lineOf(A, '111111', [1]), lineOf(A, '151111', [2])])], {
      sender: SENDER,
    });
    expect(routes(plan)).toEqual([
      [`${A}-11`, 1],
      [`${A}-15`, 1],
    ]);
  });

  test('an office does not send to itself', () => {
    const sender = { officeNumber: A, serviceType: '73' };
    const slips = [
      slipOf(1, [lineOf(A, '731111', [1])]),
      slipOf(2, [lineOf(A, '731111', [1]), lineOf(B, '131111', [1])]),
    ];
    const plan = planTransmissions(slips, { sender });
    expect(routes(plan)).toEqual([[`${B}-13`, 2]]);
    expect(plan.leftOut).toEqual([{ reason: 'ownOffice', path: 'usageSlips[0]', to: sender }]);
  });

  test('a service code that begins with no service type is an error, with its place', () => {
    const plan = planTransmissions([slipOf(1, [lineOf(A, '991111', [1])])], { sender: SENDER });
    expect(plan.transmissions).toEqual([]);
    expect(plan.issues.map(({ code, path }) => [code, path])).toEqual([
      ['document.serviceType', 'usageSlips[0].lines[0].serviceCode'],
    ]);
  });

  test('the grand total of the statement is lowered by the rows that are left out', () => {
    const row = (serviceOfficeNumber: string, serviceCode: string, units: number, sums: object) => ({
      serviceOfficeNumber,
      serviceCode,
      units,
      count: 1,
      overThirtyDays: '0' as const,
      ...sums,
    });
    const slip = slipOf(1, [lineOf(A, '111111', [1]), lineOf(B, '331111', [2])]);
    const money = (n: number) => ({ managedUnits: n, totalCost: n * 10 });
    const rows = [
      row(A, '111111', 244, money(244)),
      row(B, '331111', 500, { managedUnits: 500 }),
      row(B, '331112', 100, { managedUnits: 100 }),
      row(B, '33AAAA', 0, money(600)),
      row('9999999999', '999999', 0, money(844)),
    ];
    const statement = { createdOn: '2025-11-25', rows };
    const [planned] = planTransmissions([{ ...slip, statement }], { sender: SENDER }).transmissions;
    expect(planned?.documents.usageSlips?.[0]?.statement?.rows).toEqual([rows[0], { ...rows[4], ...money(244) }]);
  });

  test('and by rows outside the limit that stand beside the subtotal that is left out', () => {
    const row = (serviceOfficeNumber: string, serviceCode: string, units: number, sums: object) => ({
      serviceOfficeNumber,
      serviceCode,
      units: /AAAA|999999/.test(serviceCode) ? 0 : units,
      count: 1,
      overThirtyDays: '0' as const,
      serviceUnits: units,
      ...sums,
    });
    const cost = (units: number) => ({ totalCost: units * 10, benefitClaim: units * 9, copayment: units });
    const rows = [
      row(A, '111111', 244, { managedUnits: 244, ...cost(244) }),
      row(B, '331111', 500, { managedUnits: 500 }),
      row(B, '331112', 100, { managedUnits: 100 }),
      row(B, '33AAAA', 600, { managedUnits: 600, ...cost(600) }),
      row(B, '336100', 50, cost(50)),
      row('9999999999', '999999', 894, { managedUnits: 844, ...cost(894) }),
    ];
    const statement = { createdOn: '2025-11-25', officeCode: '9999999999', rows };
    expect(checkStatement(statement)).toEqual([]);
    const slip = slipOf(1, [lineOf(A, '111111', [1]), lineOf(B, '331111', [2])]);
    const [planned] = planTransmissions([{ ...slip, statement }], { sender: SENDER }).transmissions;
    const sent = planned?.documents.usageSlips?.[0]?.statement;
    expect(sent?.rows).toEqual([rows[0], { ...rows[5], serviceUnits: 244, managedUnits: 244, ...cost(244) }]);
  });
});

describe('a month that was sent before', () => {
  const before = slipOf(1, [lineOf(A, '111111', [1, 8]), lineOf(B, '151111', [2])], '2025-10-25');

  test('is not sent again where nothing has changed but the day on which it was made', () => {
    const plan = planTransmissions([slipOf(1, before.lines.toReversed())], { sender: SENDER, previous: [before] });
    expect(routes(plan)).toEqual([]);
    expect(plan.leftOut.map(({ reason, to }) => [reason, to && keyOf(to)])).toEqual([
      ['unchanged', `${B}-15`],
      ['unchanged', `${A}-11`],
    ]);
  });

  test('an office that no longer serves a person gets a withdrawal, the one that takes over gets the slip', () => {
    const slips = [slipOf(1, [before.lines[1] as Line, lineOf(C, '111111', [1, 8])])];
    const plan = planTransmissions(slips, { sender: SENDER, previous: [before] });
    expect(routes(plan)).toEqual([
      [`${A}-11`, -1],
      [`${C}-11`, 1],
    ]);
    expect(plan.leftOut).toEqual([
      { reason: 'othersChanged', path: 'usageSlips[0]', to: { officeNumber: B, serviceType: '15' } },
    ]);
    const told = planTransmissions(slips, { sender: SENDER, previous: [before], informOthers: true });
    expect(routes(told)).toEqual([
      [`${A}-11`, -1],
      [`${B}-15`, 1],
      [`${C}-11`, 1],
    ]);
  });

  test('an office whose own services have changed gets the corrected slip', () => {
    const slips = [slipOf(1, [lineOf(A, '111111', [1, 9]), before.lines[1] as Line])];
    expect(routes(planTransmissions(slips, { sender: SENDER, previous: [before] }))).toEqual([[`${A}-11`, 1]]);
  });

  test('an office of whose services more or less exceeds a limit gets the corrected slip, though its lines are the same', () => {
    const lines = [lineOf(A, '111111', [1]), lineOf(B, '151111', [2]), lineOf(C, '131111', [3], 0)];
    const supplement = { ...before.serviceUser.supplement, benefitLimit: 300 } as Supplement;
    const exceeding = (serviceOfficeNumber: string, serviceType: string): UsageSlip => {
      const options = { createdOn: '2025-10-25', unitPrice: 10, benefitRate: 90, limits: supplement };
      const overLimit = [{ serviceOfficeNumber, serviceType, benefitLimitExcessUnits: 188 }];
      const { statement } = computeStatement(lines, { ...options, overLimit });
      return { ...before, lines, serviceUser: { ...before.serviceUser, supplement }, ...(statement && { statement }) };
    };
    const plan = planTransmissions([exceeding(A, '11')], { sender: SENDER, previous: [exceeding(B, '15')] });
    expect(routes(plan)).toEqual([
      [`${A}-11`, 1],
      [`${B}-15`, 1],
    ]);
    expect(plan.leftOut).toEqual([
      { reason: 'othersChanged', path: 'usageSlips[0]', to: { officeNumber: C, serviceType: '13' } },
    ]);
  });

  test('what was sent before is checked too', () => {
    const wrong = { ...before, lines: [{ ...before.lines[0], serviceCode: '11111' }] } as UsageSlip;
    for (const previous of [[wrong], [{} as UsageSlip], [null as never]]) {
      const plan = planTransmissions([before], { sender: SENDER, previous });
      expect(plan.transmissions).toEqual([]);
      expect(plan.issues[0]?.path).toMatch(/^previous\.usageSlips\[0\]/);
    }
    const actuals = planActuals([], { receiver: SENDER, previous: [{} as never] });
    expect(actuals.issues[0]?.path).toMatch(/^previous\.actuals\[0\]/);
  });

  test('a person who is not among the slips is left alone: absence never means withdrawal', () => {
    const plan = planTransmissions([slipOf(2, [lineOf(C, '111111', [1])])], { sender: SENDER, previous: [before] });
    expect(routes(plan)).toEqual([[`${C}-11`, 2]]);
    expect(plan.leftOut).toEqual([{ reason: 'absent', path: 'previous.usageSlips[0]' }]);
  });

  test('a person who now has another insurer number is told: the slip that was sent is not replaced', () => {
    const moved = { ...before, serviceUser: { ...before.serviceUser, insurerNumber: '032029' } };
    const plan = planTransmissions([moved], { sender: SENDER, previous: [before] });
    expect(plan.transmissions).toHaveLength(2);
    expect(plan.issues.map(({ code, severity, path, expected }) => [code, severity, path, expected])).toEqual([
      ['document.otherInsurer', 'warning', 'usageSlips[0]', 'previous.usageSlips[0]'],
    ]);
  });

  test('the withdrawal is a file of its own, with the month in its name', () => {
    const plan = planTransmissions([slipOf(1, [lineOf(B, '151111', [2])])], { sender: SENDER, previous: [before] });
    const sent = encodeDocuments(plan.transmissions[0] as (typeof plan.transmissions)[0]);
    expect(sent.files?.map(({ name }) => name.replace(/[0-9]{14}/, 'SERIAL'))).toEqual([
      `DLTPLAN_202511_0370100105_43_${A}_11_SERIAL.CSV`,
    ]);
  });
});

describe('actuals', () => {
  const of = (serviceOfficeNumber: string, serviceType: string, person = 1) => {
    const { serviceUser, lines, ...slip } = slipOf(person, [lineOf(serviceOfficeNumber, `${serviceType}1111`, [1])]);
    const { supplement: _, ...identity } = serviceUser;
    return { ...slip, serviceUser: identity, serviceOfficeNumber, serviceType: serviceType as '11', lines };
  };
  const receiver = SENDER;

  test('go from each office and service type to the owner of the slip, many persons in one file', () => {
    const plan = planActuals([of(A, '11'), of(A, '15'), of(A, '11', 2)], { receiver });
    expect(
      plan.transmissions.map(({ from, to, documents }) => [keyOf(from), keyOf(to), documents.actuals?.length]),
    ).toEqual([
      [`${A}-11`, keyOf(SENDER), 2],
      [`${A}-15`, keyOf(SENDER), 1],
    ]);
  });

  test('of two types go in one file when asked', () => {
    const plan = planActuals([of(A, '11'), of(A, '15')], { receiver, together: { serviceType: '15' } });
    expect(plan.transmissions.map(({ from, documents }) => [keyOf(from), documents.actuals?.length])).toEqual([
      [`${A}-15`, 2],
    ]);
  });

  test('a service type that a person has no longer is withdrawn; a person of whom nothing is known is left alone', () => {
    const previous = [of(A, '11'), of(A, '15'), of(A, '11', 2)];
    const plan = planActuals([of(A, '11')], { receiver, previous });
    expect(plan.transmissions.map(({ from, documents }) => [keyOf(from), Object.keys(documents)])).toEqual([
      [`${A}-15`, ['withdrawals']],
      [`${A}-11`, ['actuals']],
    ]);
    expect(plan.transmissions[0]?.documents.withdrawals?.[0]).toMatchObject({ of: 'actuals', serviceType: '15' });
    expect(plan.leftOut).toEqual([{ reason: 'absent', path: 'previous.actuals[2]' }]);
  });

  test('of types that are not exchanged are left out, as are those whose owner is not known', () => {
    const plan = planActuals([of(A, '33'), of(A, '11')], { receiver: () => undefined });
    expect(plan.transmissions).toEqual([]);
    expect(plan.leftOut).toEqual([
      { reason: 'notExchanged', path: 'actuals[0]' },
      { reason: 'noReceiver', path: 'actuals[1]' },
    ]);
  });

  test('an entrusted office writes slips and actuals of its own to the centre', () => {
    const centre = { officeNumber: '0300100013', serviceType: '46' };
    const slips = [
      slipOf(1, [lineOf(A, 'A21111', [1]), lineOf(B, '451111', [2])]),
      slipOf(2, [lineOf(B, '451111', [2])]),
    ];
    const plan = planForCentre({ usageSlips: slips, actuals: [of(A, 'A2'), of(B, '45')] }, { sender: SENDER, centre });
    expect(
      plan.transmissions.map(({ from, to, documents }) => [keyOf(from), keyOf(to), Object.keys(documents)]),
    ).toEqual([
      [keyOf(SENDER), keyOf(centre), ['usageSlips']],
      [keyOf(SENDER), keyOf(centre), ['actuals']],
    ]);
    for (const planned of plan.transmissions) expect(encodeDocuments(planned, { rules: 'none' }).issues).toEqual([]);
    expect(plan.leftOut.map(({ path }) => path)).toEqual([
      'usageSlips[0].lines[1]',
      'usageSlips[1].lines[0]',
      'usageSlips[1]',
      'actuals[1]',
    ]);
  });
});

describe('other documents', () => {
  const { transmissions } = decodeFiles(cleanSamples());
  const all = transmissions.map((one) => ({ ...one, ...decodeDocuments(one) }));
  const carePlans = all.find(({ documents }) => documents.carePlans)?.documents.carePlans ?? [];
  const preventive = all.find(({ documents }) => documents.preventivePlans)?.documents ?? {};

  test('a care plan goes to the offices that serve the person by the slips', () => {
    const [first, second] = carePlans;
    const slips = [
      { ...slipOf(1, [lineOf(A, '111111', [1]), lineOf(B, '331111', [1])]), serviceUser: first?.serviceUser },
      { ...slipOf(1, [lineOf(A, '111111', [1]), lineOf(C, '151111', [1])]), serviceUser: second?.serviceUser },
    ] as UsageSlip[];
    const plan = planCarePlans(carePlans, { sender: SENDER, receivers: receiversIn(slips) });
    expect(plan.transmissions.map(({ to, documents }) => [keyOf(to), documents.carePlans])).toEqual([
      [`${A}-11`, [first, second]],
      [`${C}-15`, [second]],
    ]);
    expect(plan.leftOut.map(({ reason }) => reason)).toEqual(carePlans.slice(2).map(() => 'noReceiver'));
    for (const planned of plan.transmissions) expect(encodeDocuments(planned).ok).toBe(true);
  });

  test('basic information and preventive plans of one office go together, with the images', () => {
    const plan = planPreventive(preventive, {
      sender: { officeNumber: '0300100013', serviceType: '46' },
      receivers: () => [{ officeNumber: '0370200228', serviceType: 'A6' }],
    });
    expect(plan.transmissions).toHaveLength(1);
    const sent = encodeDocuments(plan.transmissions[0] as (typeof plan.transmissions)[0]);
    expect(sent.files?.map(({ name }) => name.slice(0, name.indexOf('_03')))).toEqual([
      'UPKIHON',
      'UPKIHON_SUB1',
      'UPKIHON_SUB2',
      'UPYOBO',
      'UPYOBO_SUB',
      'UPKIHON_IMAGE',
    ]);
  });

  test('withdrawals of one kind go together, those of others by themselves', () => {
    const { insurerNumber, insuredPersonNumber } = slipOf(1, [lineOf(A, '111111', [1])]).serviceUser;
    const serviceUser = { insurerNumber, insuredPersonNumber };
    const plan = planWithdrawals(
      [
        { of: 'carePlan', serviceUser, planDate: '2025-04-01' },
        { of: 'usageSlip', serviceUser, serviceMonth: '2025-11' },
        { of: 'usageSlip', serviceUser, serviceMonth: '2025-12' },
        { of: 'carePlan', serviceUser, planDate: '2025-05-01' },
      ],
      { sender: SENDER, receivers: () => receiversOf({ lines: [lineOf(A, '111111', [1])] }) },
    );
    expect(plan.transmissions.map(({ documents }) => documents.withdrawals?.length)).toEqual([2, 1, 1]);
    for (const planned of plan.transmissions) expect(encodeDocuments(planned).ok).toBe(true);
  });

  test('nothing is planned where an object is wrong', () => {
    const slip = slipOf(1, [lineOf(A, '111111', [1])]);
    const wrong = { ...slip, lines: [{ ...(slip.lines[0] as Line), serviceCode: '11111' }] };
    for (const plan of [
      planTransmissions([wrong], { sender: SENDER }),
      planForCentre({ usageSlips: [wrong] }, { sender: SENDER, centre: SENDER }),
    ]) {
      expect(plan.transmissions).toEqual([]);
      expect(plan.issues.map(({ code, path }) => [code, path])).toEqual([
        ['cell.length', 'usageSlips[0].lines[0].serviceCode'],
      ]);
    }
    expect(MONTH).toBe(slip.serviceMonth);
  });
});
