import { describe, expect, test } from 'vitest';
import { decodeDocuments, decodeFiles, encodeDocuments, encodeFile } from '../../../src/codec/index.js';
import { type CarePlan, numberNeeds, type RecordOf } from '../../../src/schema/index.js';
import { cleanSamples } from '../../support/fixtures.js';

const from = { officeNumber: '0370100105', serviceType: '43' };
const to = { officeNumber: '0370200210', serviceType: '11' };
const serial = '20251125200708';
type Row2 = RecordOf<'UP2KYO'>;

const { transmissions } = decodeFiles(cleanSamples());
const sample = decodeDocuments(
  transmissions.find(({ files }) => files.some(({ kind }) => kind === 'UP1KYO')) as (typeof transmissions)[0],
).documents.carePlans?.[0] as CarePlan;
const { sheet2: _, sheet3: __, ...bare } = sample;
const { insurerNumber, insuredPersonNumber } = sample.serviceUser;

/** A row of sheet 2 in short: need no, need, goal no, long-term goal, short-term goal, service no. */
type Short = readonly [number | undefined, string, number | undefined, string, string, number | undefined];

const rowOf = ([needNumber, need, longTermGoalNumber, longTermGoal, shortTermGoal, serviceNumber]: Short): Row2 => {
  const row = {
    csvVersion: '202407',
    insurerNumber,
    insuredPersonNumber,
    createdOn: '2025-04-01',
    planDate: sample.planDate,
    needNumber,
    need,
    longTermGoalNumber,
    longTermGoal,
    shortTermGoal,
    serviceNumber,
    serviceContent: `内容${serviceNumber}`,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== '')) as Row2;
};

/** The plan that sheet 1 and these rows of sheet 2 make. */
function read(rows: readonly Short[]) {
  const head = encodeDocuments({ from, to, documents: { carePlans: [bare] } }, { serial, rules: 'none' });
  const sheet2 = encodeFile('UP2KYO', rows.map(rowOf));
  if (!head.ok || !sheet2.ok) return expect.unreachable(JSON.stringify([head.issues, sheet2.issues]));
  const name = (kind: string) => `${kind}_0370100105_43_0370200210_11_${serial}.CSV`;
  const files = [...head.files, { name: name('UP2KYO'), bytes: sheet2.bytes }];
  const [transmission] = decodeFiles(files.map(({ name, bytes }) => ({ path: name, bytes }))).transmissions;
  return decodeDocuments(transmission as (typeof transmissions)[0]);
}

/** The tree in short. */
const tree = (plan: CarePlan | undefined) =>
  plan?.sheet2?.needs.map(({ needNumber, need, longTermGoals }) => [
    needNumber,
    need,
    longTermGoals.map(({ longTermGoalNumber, longTermGoal, shortTermGoals }) => [
      longTermGoalNumber,
      longTermGoal,
      shortTermGoals.map(({ shortTermGoal, services }) => [shortTermGoal, services.map((one) => one.serviceNumber)]),
    ]),
  ]);

/** The rows that are written of a plan. */
function written(plan: CarePlan): Short[] {
  const sent = encodeDocuments({ from, to, documents: { carePlans: [plan] } }, { serial, rules: 'none' });
  if (!sent.ok) return expect.unreachable(JSON.stringify(sent.issues));
  const [transmission] = decodeFiles(sent.files.map(({ name, bytes }) => ({ path: name, bytes }))).transmissions;
  const file = transmission?.files.find(({ kind }) => kind === 'UP2KYO');
  return ((file?.records ?? []) as Row2[]).map((row) => [
    row.needNumber,
    row.need ?? '',
    row.longTermGoalNumber,
    row.longTermGoal ?? '',
    row.shortTermGoal ?? '',
    row.serviceNumber,
  ]);
}

const PRINTED: readonly Short[] = [
  [1, 'N1', 1, 'L1', 'S1', 1],
  [1, '', 1, '', '', 2],
  [1, '', 1, '', 'S2', 3],
  [1, '', 2, 'L2', 'S3', 1],
  [2, 'N2', 1, 'L3', 'S4', 1],
];
const REPEATED: readonly Short[] = [
  [1, 'N1', 1, 'L1', 'S1', 1],
  [1, 'N1', 1, 'L1', 'S1', 2],
  [1, 'N1', 1, 'L1', 'S2', 3],
  [1, 'N1', 2, 'L2', 'S3', 1],
  [2, 'N2', 1, 'L3', 'S4', 1],
];
const TREE = [
  [
    1,
    'N1',
    [
      [
        1,
        'L1',
        [
          ['S1', [1, 2]],
          ['S2', [3]],
        ],
      ],
      [2, 'L2', [['S3', [1]]]],
    ],
  ],
  [2, 'N2', [[1, 'L3', [['S4', [1]]]]]],
];

describe('the published example: two needs, three long-term goals, four short-term goals, five services', () => {
  test.each([
    ['as printed', PRINTED],
    ['with every text repeated', REPEATED],
    ['in any order of rows', PRINTED.toReversed()],
  ])('is read %s', (_, rows) => {
    const { documents, issues, rest } = read(rows);
    expect(tree(documents.carePlans?.[0])).toEqual(TREE);
    expect({ issues, rest }).toEqual({ issues: [], rest: [] });
  });

  test('is written as printed, whichever way it was read', () => {
    for (const rows of [PRINTED, REPEATED]) {
      expect(written(read(rows).documents.carePlans?.[0] as CarePlan)).toEqual(PRINTED);
    }
  });

  test('gets its numbers from the order of the tree', () => {
    const service = { serviceContent: '入浴' };
    const [need] = numberNeeds([
      {
        need: 'N1',
        longTermGoals: [
          { shortTermGoals: [{ services: [service, service] }, { shortTermGoal: 'S2', services: [service] }] },
          { shortTermGoals: [{ services: [service] }] },
        ],
      },
    ]);
    expect(need?.needNumber).toBe(1);
    expect(need?.longTermGoals.map((goal) => goal.longTermGoalNumber)).toEqual([1, 2]);
    expect(
      need?.longTermGoals.map((goal) => goal.shortTermGoals.map((one) => one.services.map((s) => s.serviceNumber))),
    ).toEqual([[[1, 2], [3]], [[1]]]);
  });
});

describe('a tree that is not certain', () => {
  test('a short-term goal begins where its period differs, though its text is repeated', () => {
    const plan = {
      ...sample,
      sheet2: {
        createdOn: '2025-04-01',
        needs: numberNeeds([
          {
            longTermGoals: [
              {
                shortTermGoals: [
                  { shortTermGoal: 'S', shortTermPeriod: 'R7.4', services: [{}] },
                  { shortTermGoal: 'S', shortTermPeriod: 'R7.9', services: [{}] },
                ],
              },
            ],
          },
        ]),
      },
    };
    const sent = encodeDocuments({ from, to, documents: { carePlans: [plan] } }, { serial, rules: 'none' });
    if (!sent.ok) return expect.unreachable(JSON.stringify(sent.issues));
    const [transmission] = decodeFiles(sent.files.map(({ name, bytes }) => ({ path: name, bytes }))).transmissions;
    expect(decodeDocuments(transmission as (typeof transmissions)[0]).documents.carePlans).toEqual([plan]);
  });

  test('a row without a number has no place: the plan is not made, its rows are kept, and the reason is told', () => {
    const { documents, rest, issues } = read([PRINTED[0] as Short, [1, '', 1, '', '', undefined]]);
    expect(documents.carePlans).toBeUndefined();
    expect(rest.map(({ kind }) => kind)).toEqual(['UP2KYO', 'UP2KYO']);
    expect(issues.map(({ code, row }) => [code, row])).toEqual([['document.number', 2]]);
  });

  test('texts that disagree within one need are told, and the first one is taken', () => {
    const { documents, issues } = read([PRINTED[0] as Short, [1, 'other', 1, '', '', 2]]);
    expect(documents.carePlans?.[0]?.sheet2?.needs[0]?.need).toBe('N1');
    expect(issues.map(({ code, severity, row, field }) => [code, severity, row, field])).toEqual([
      ['document.differs', 'warning', 2, 'need'],
    ]);
  });

  test('rows without sheet 1 are kept, and say what is missing', () => {
    const sheet2 = encodeFile('UP2KYO', PRINTED.map(rowOf));
    const name = `UP2KYO_0370100105_43_0370200210_11_${serial}.CSV`;
    const [transmission] = decodeFiles([{ path: name, bytes: sheet2.bytes ?? new Uint8Array() }]).transmissions;
    const { documents, rest, issues } = decodeDocuments(transmission as (typeof transmissions)[0]);
    expect(documents).toEqual({});
    expect(rest).toHaveLength(5);
    expect(issues.every(({ code, message }) => code === 'document.head' && message.en.includes('UP1KYO'))).toBe(true);
  });
});
