import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyTransmission,
  type Change,
  clockSerials,
  type Documents,
  decodeFiles,
  documentsOf,
  emptyState,
  encodeDocuments,
  type Line,
  type OfficeState,
  planTransmissions,
  type Transmission,
} from '../../src/index.js';
import { cleanSamples } from '../support/fixtures.js';
import { arbitraryMonth, lineId, lineOf, MONTH, SENDER, slipOf } from '../support/month.js';

const A = '0370200001';
const TO = { officeNumber: A, serviceType: '11' };

/** Documents as they arrive, from their bytes. */
function received(
  documents: Documents,
  serial: number,
  from = SENDER as { officeNumber: string; serviceType: string },
): Transmission {
  const text = String(20251125000000 + serial);
  const sent = encodeDocuments({ from, to: from === SENDER ? TO : SENDER, documents }, { serial: text, rules: 'none' });
  if (!sent.ok) return expect.unreachable(JSON.stringify(sent.issues[0]));
  const { transmissions } = decodeFiles(sent.files.map(({ name, bytes }) => ({ path: name, bytes })));
  return transmissions[0] as Transmission;
}

const applyAll = (transmissions: readonly Transmission[], state: OfficeState = emptyState()) =>
  transmissions.reduce((before, one) => applyTransmission(before, one).state, state);

/** The same list, whatever the order it came in. */
const sorted = <T>(list: readonly T[], keyOf: (one: T) => string): T[] =>
  [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** Changes in short. */
const short = (changes: readonly Change[]) =>
  changes.map(({ action, of, kinds }) => `${action} ${of}: ${kinds.join(' ')}`);

const slip = slipOf(1, [lineOf(A, '111111', [1])]);
const corrected = slipOf(1, [lineOf(A, '111111', [2])]);
const { insurerNumber, insuredPersonNumber } = slip.serviceUser;
const identity = { insurerNumber, insuredPersonNumber };
const withdrawal = { of: 'usageSlip' as const, serviceUser: identity, serviceMonth: MONTH };

describe('what a transmission changes', () => {
  test('a slip is added, then replaced by a later one; an earlier one is ignored', () => {
    const first = applyTransmission(emptyState(), received({ usageSlips: [slip] }, 1));
    expect(short(first.changes)).toEqual(['added supplement: UPHOSOKU', 'added usageSlip: UPPLAN']);
    const second = applyTransmission(first.state, received({ usageSlips: [corrected] }, 2));
    expect(short(second.changes)).toEqual(['replaced supplement: UPHOSOKU', 'replaced usageSlip: UPPLAN']);
    expect(second.changes[1]).toMatchObject({
      key: { ...identity, serviceMonth: MONTH },
      serial: '20251125000002',
      knownSerial: '20251125000001',
    });
    expect(documentsOf(second.state).documents.usageSlips).toEqual([corrected]);
    const late = applyTransmission(second.state, received({ usageSlips: [slip] }, 1));
    expect(short(late.changes)).toEqual(['older supplement: UPHOSOKU', 'older usageSlip: UPPLAN']);
    expect(late.state).toEqual(second.state);
  });

  test('a transmission that comes twice changes nothing', () => {
    const once = applyAll([received({ usageSlips: [slip] }, 1)]);
    const twice = applyTransmission(once, received({ usageSlips: [slip] }, 1));
    expect(short(twice.changes)).toEqual(['same supplement: UPHOSOKU', 'same usageSlip: UPPLAN']);
    expect(twice.state).toEqual(once);
  });

  test('the withdrawal of a slip takes sheet 7 with it; the supplement stays', () => {
    const statement = {
      createdOn: '2025-11-25',
      rows: [{ serviceOfficeNumber: A, serviceCode: '111111', units: 244, count: 1, overThirtyDays: '0' as const }],
    };
    const state = applyAll([received({ usageSlips: [{ ...slip, statement }] }, 1)]);
    const { state: after, changes } = applyTransmission(state, received({ withdrawals: [withdrawal] }, 2));
    expect(short(changes)).toEqual(['withdrawn usageSlip: UPPLAN UPSIKYU']);
    expect(documentsOf(after).documents.usageSlips).toBeUndefined();
    expect(Object.values(after.parts).filter(({ withdrawn }) => !withdrawn)).toMatchObject([{ kind: 'UPHOSOKU' }]);
  });

  test('a slip that comes after its withdrawal is ignored where it was sent before, and added where it was sent later', () => {
    const withdrawn = applyAll([received({ withdrawals: [withdrawal] }, 2)]);
    const early = applyTransmission(withdrawn, received({ usageSlips: [slip] }, 1));
    expect(short(early.changes)).toEqual(['added supplement: UPHOSOKU', 'older usageSlip: UPPLAN']);
    const late = applyTransmission(withdrawn, received({ usageSlips: [slip] }, 3));
    expect(short(late.changes)).toEqual(['added supplement: UPHOSOKU', 'added usageSlip: UPPLAN']);
  });

  test('absence from a file means nothing', () => {
    const other = slipOf(2, [lineOf(A, '111111', [3])]);
    const state = applyAll([received({ usageSlips: [slip, other] }, 1), received({ usageSlips: [corrected] }, 2)]);
    expect(documentsOf(state).documents.usageSlips).toEqual([corrected, other]);
  });

  test('a statement that did not come with the correction of its slip is told', () => {
    const statement = {
      createdOn: '2025-11-25',
      rows: [{ serviceOfficeNumber: A, serviceCode: '111111', units: 244, count: 1, overThirtyDays: '0' as const }],
    };
    const state = applyAll([
      received({ usageSlips: [{ ...slip, statement }] }, 1),
      received({ usageSlips: [corrected] }, 2),
    ]);
    const { documents, issues } = documentsOf(state);
    expect(documents.usageSlips).toEqual([{ ...corrected, statement }]);
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['state.olderPart', 'warning']]);
  });

  test('actuals replace those of the same office and type only, and a withdrawal takes those only', () => {
    const actuals = (serviceOfficeNumber: string, serviceType: '11' | '15', day: number) => {
      const { statement: _, ...head } = slipOf(1, [lineOf(serviceOfficeNumber, `${serviceType}1111`, [day])]);
      return { ...head, serviceUser: identity, serviceOfficeNumber, serviceType };
    };
    const [one, two, other] = [actuals(A, '11', 1), actuals(A, '15', 1), actuals('0370200002', '11', 1)];
    const state = applyAll([
      received({ actuals: [one, two] }, 1, TO),
      received({ actuals: [other] }, 2, { officeNumber: '0370200002', serviceType: '11' }),
      received({ actuals: [actuals(A, '11', 9)] }, 3, TO),
    ]);
    expect(documentsOf(state).documents.actuals).toEqual([actuals(A, '11', 9), two, other]);
    const withdrawn = {
      of: 'actuals' as const,
      serviceUser: identity,
      serviceMonth: MONTH,
      serviceOfficeNumber: A,
      serviceType: '15' as const,
    };
    const after = applyTransmission(state, received({ withdrawals: [withdrawn] }, 4, TO));
    expect(short(after.changes)).toEqual(['withdrawn actuals: UPJSK']);
    expect(documentsOf(after.state).documents.actuals).toEqual([actuals(A, '11', 9), other]);
  });

  test('a plan with a new plan date is the newest, and the older one stays as history', () => {
    const { transmissions } = decodeFiles(cleanSamples());
    const plans = transmissions.find(({ files }) => files.some(({ kind }) => kind === 'UP1KYO')) as Transmission;
    const state = applyAll([plans]);
    const before = documentsOf(state).documents.carePlans ?? [];
    const [first, ...others] = before;
    if (!first) return expect.unreachable();
    const updated = { ...first, planDate: '2025-12-01' };
    const after = applyTransmission(state, received({ carePlans: [updated] }, 235958));
    expect(short(after.changes)).toEqual(['added supplement: UPHOSOKU', 'added carePlan: UP1KYO UP2KYO UP3KYO']);
    const known = documentsOf(after.state);
    expect(known.documents.carePlans).toEqual([updated, ...others]);
    expect(known.history.carePlans).toEqual([first]);
    const gone = {
      of: 'carePlan' as const,
      serviceUser: {
        insurerNumber: first.serviceUser.insurerNumber,
        insuredPersonNumber: first.serviceUser.insuredPersonNumber,
      },
      planDate: '2025-12-01',
    };
    const back = applyTransmission(after.state, received({ withdrawals: [gone] }, 235959));
    expect(documentsOf(back.state).documents.carePlans).toEqual(before);
  });

  test('the image of basic information is kept, and goes with it', () => {
    const { transmissions } = decodeFiles(cleanSamples());
    const info = transmissions.find(({ images }) => images.length > 0) as Transmission;
    const gone = transmissions.find(({ files }) => files[0]?.kind === 'DLTKIHON') as Transmission;
    const state = JSON.parse(JSON.stringify(applyAll([info]))) as OfficeState;
    const known = documentsOf(state);
    expect(known.issues).toEqual([]);
    const image = known.documents.basicInformation?.find(({ familyImage }) => familyImage)?.familyImage;
    expect(Buffer.from(image?.base64 ?? '', 'base64').equals(Buffer.from(info.images[0]?.bytes ?? []))).toBe(true);
    const { changes, state: after } = applyTransmission(state, gone);
    expect(short(changes)).toEqual(['withdrawn basicInformation: UPKIHON UPKIHON_SUB1 UPKIHON_SUB2']);
    expect(documentsOf(after).documents.basicInformation).toHaveLength(
      (known.documents.basicInformation?.length ?? 0) - 1,
    );
  });

  test('a unit with a cell that could not be read is not taken, and what was known stays', () => {
    const good = received({ usageSlips: [slip, slipOf(2, [lineOf(A, '111111', [3])])] }, 1);
    const state = applyAll([good]);
    const bad = received({ usageSlips: [slip, slipOf(2, [lineOf(A, '111111', [4])])] }, 2);
    const [plan] = bad.files.filter(({ kind }) => kind === 'UPPLAN');
    (plan?.records as { $raw?: object }[])[0] = { ...plan?.records[0], $raw: { serviceDate: '20251' } };
    const { changes, state: after } = applyTransmission(state, bad);
    expect(short(changes)).toEqual([
      'replaced supplement: UPHOSOKU',
      'replaced supplement: UPHOSOKU',
      'unreadable usageSlip: UPPLAN',
      'replaced usageSlip: UPPLAN',
    ]);
    expect(documentsOf(after).documents.usageSlips).toEqual([slip, slipOf(2, [lineOf(A, '111111', [4])])]);
  });
});

/** What may arrive in a month: slips, corrections, withdrawals and actuals of a few persons, in the order of sending. */
const mail = fc
  .array(
    fc.record({
      persons: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      what: fc.constantFrom('slip', 'slip', 'actuals', 'withdrawal', 'withdrawActuals'),
      office: fc.constantFrom(A, '0370200002'),
      type: fc.constantFrom('11' as const, '15' as const),
      day: fc.integer({ min: 1, max: 28 }),
      serial: fc.integer({ min: 1, max: 8 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((letters) =>
    letters.map(({ persons, what, office, type, day, serial }) => {
      const slips = persons.map((person) => slipOf(person, [lineOf(office, `${type}1111`, [day])]));
      const whose = slips.map(({ serviceUser: { supplement: _, ...serviceUser } }) => serviceUser);
      const key = { serviceMonth: MONTH, serviceOfficeNumber: office, serviceType: type };
      const from = { officeNumber: office, serviceType: type };
      if (what === 'slip') return received({ usageSlips: slips }, serial);
      if (what === 'withdrawal') {
        return received(
          { withdrawals: whose.map((serviceUser) => ({ of: 'usageSlip', serviceUser, serviceMonth: MONTH })) },
          serial,
        );
      }
      if (what === 'actuals') {
        return received(
          { actuals: slips.map((one, i) => ({ ...one, ...key, serviceUser: whose[i] as (typeof whose)[0] })) },
          serial,
          from,
        );
      }
      return received(
        { withdrawals: whose.map((serviceUser) => ({ of: 'actuals', serviceUser, ...key })) },
        serial,
        from,
      );
    }),
  );

describe('any order of arrival', () => {
  test('gives the same state, though transmissions come twice', () => {
    fc.assert(
      fc.property(mail, fc.infiniteStream(fc.nat()), (letters, random) => {
        const order = [...letters, ...letters]
          .map((letter) => ({ letter, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ letter }) => letter);
        const [sent, other] = [applyAll(letters), applyAll(order)];
        expect(other).toEqual(sent);
        expect(documentsOf(JSON.parse(JSON.stringify(other)))).toEqual(documentsOf(sent));
      }),
      { numRuns: 2000 },
    );
  });

  test('what was planned and sent is what the receiver knows', () => {
    fc.assert(
      fc.property(arbitraryMonth(5), arbitraryMonth(5), (first, second) => {
        const serials = clockSerials({ now: () => Date.UTC(2025, 10, 25) });
        const states = new Map<string, OfficeState>();
        const send = (plan: ReturnType<typeof planTransmissions>) => {
          for (const planned of plan.transmissions) {
            const name = `${planned.to.officeNumber}-${planned.to.serviceType}`;
            const sent = encodeDocuments(planned, { rules: 'none' });
            if (!sent.ok) return expect.unreachable(JSON.stringify(sent.issues[0]));
            const [transmission] = decodeFiles(
              sent.files.map(({ name, bytes }) => ({ path: name, bytes })),
            ).transmissions;
            states.set(name, applyTransmission(states.get(name) ?? emptyState(), transmission as Transmission).state);
          }
        };
        const now = first.map((slip, i) => second[i] ?? slip);
        send(planTransmissions(first, { sender: SENDER, serials }));
        send(planTransmissions(now, { sender: SENDER, serials, previous: first, informOthers: true }));
        for (const [name, state] of states) {
          const known = documentsOf(state).documents.usageSlips ?? [];
          const wanted = planTransmissions(now, { sender: SENDER, serials }).transmissions.find(
            ({ to }) => `${to.officeNumber}-${to.serviceType}` === name,
          );
          // Lines and days in another order are no change, so they are not sent again.
          const daysInOrder = (line: Line) => ({ ...line, days: sorted(line.days, ({ serviceDate }) => serviceDate) });
          const byPerson = (list: typeof known) =>
            new Map(
              list.map(({ lines, ...slip }) => [
                slip.serviceUser.insuredPersonNumber,
                { ...slip, lines: sorted(lines.map(daysInOrder), lineId) },
              ]),
            );
          expect(byPerson(known)).toEqual(byPerson([...(wanted?.documents.usageSlips ?? [])]));
        }
      }),
      {
        numRuns: 200,
        examples: [
          [
            [slipOf(1, [lineOf(A, '111111', [1, 2]), lineOf(A, '112211', [3])])],
            [slipOf(1, [lineOf(A, '112211', [3]), lineOf(A, '111111', [2, 1])])],
          ],
        ],
      },
    );
  });
});
