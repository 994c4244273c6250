import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decodeDocuments, decodeFiles, encodeDocuments, type OutgoingDocuments } from '../../src/codec/index.js';
import {
  type AddressedDocuments,
  type CompareOptions,
  compareDocuments,
  PATTERN_IDS,
  type PatternId,
} from '../../src/conformance/index.js';
import type { Documents } from '../../src/schema/index.js';
import { filesOfSet, setOf } from '../support/conformance/drafts.js';
import { arbitraryValid } from '../support/valid.js';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const given = (id: PatternId): AddressedDocuments[] =>
  copy(setOf(id).transmissions.map(({ from, to, documents }) => ({ from, to, documents })));

/** The documents of a transmission, to be changed. */
type Draft = {
  from: { officeNumber: string; serviceType: string };
  to: { officeNumber: string; serviceType: string };
  documents: { [K in keyof Documents]-?: NonNullable<Documents[K]>[number][] };
};
// biome-ignore lint/suspicious/noExplicitAny: places in documents of any kind are changed.
type Anything = any;

/** What is said of samples of which something was changed: kind, what, path, Japanese name of the column. */
function told(id: PatternId, change: (found: Draft[]) => void, options: CompareOptions = {}) {
  const found = given(id);
  change(found as unknown as Draft[]);
  const { differences, equal } = compareDocuments(given(id), found, options);
  expect(equal).toBe(differences.length === 0);
  return differences.map(({ kind, of, expectedPath, foundPath, columnName }) =>
    [kind, of, expectedPath ?? `(${foundPath})`, columnName ?? ''].join(' ').trim(),
  );
}

const at = (found: Draft[], path: string): Anything =>
  path.split('.').reduce((value: Anything, key) => value[key], found as Anything);

describe('documents that were given back', () => {
  test.each(PATTERN_IDS)('are as expected where nothing was changed: %s', (id) => {
    const files = filesOfSet(setOf(id));
    const found = decodeFiles(files).transmissions.map((one) => ({ ...one, ...decodeDocuments(one) }));
    expect(compareDocuments(given(id), found).differences).toEqual([]);
  });

  it('are compared value by value', () => {
    expect(
      told('D2', (found) => {
        at(found, '0.documents.usageSlips.0.lines.0').startTime = '09:10';
        at(found, '0.documents.usageSlips.1.lines.0.days.2').count = 3;
        at(found, '1.documents.usageSlips.0.statement.rows.2').totalCost = 1;
        at(found, '2.documents.usageSlips.0.serviceUser.supplement').phone = '019-000-0000';
        delete at(found, '2.documents.usageSlips.0').careManagerName;
        at(found, '3.documents.usageSlips.0.lines.0').satelliteNumber = '7';
      }),
    ).toEqual([
      'different field transmissions[0].documents.usageSlips[0].lines[0].startTime サービス開始時刻',
      'different field transmissions[0].documents.usageSlips[1].lines[0].days[2].count サービス回数',
      'different field transmissions[1].documents.usageSlips[0].statement.rows[2].totalCost 費用総額保険／事業対象分',
      'different field transmissions[2].documents.usageSlips[0].serviceUser.supplement.phone 利用者電話番号',
      'missing field transmissions[2].documents.usageSlips[0].careManagerName プラン担当者名',
      'extra field (transmissions[3].documents.usageSlips[0].lines[0].satelliteNumber) サテライト枝番',
    ]);
  });

  it('are compared line by line: what is missing, what is too much', () => {
    expect(
      told('D2', (found) => {
        at(found, '0.documents.usageSlips.0.lines').splice(1, 1);
        at(found, '0.documents.usageSlips.1.lines.0.days').pop();
        const lines = at(found, '6.documents.usageSlips.0.lines');
        lines.push({
          ...lines[0],
          startTime: '01:00',
          endTime: '02:00',
          units: 1,
          serviceCode: '999998',
          days: [lines[0].days[0]],
        });
        delete at(found, '7.documents.usageSlips.0').statement;
      }),
    ).toEqual([
      'missing entry transmissions[0].documents.usageSlips[0].lines[1]',
      'missing entry transmissions[0].documents.usageSlips[1].lines[0].days[7]',
      'extra entry (transmissions[6].documents.usageSlips[0].lines[4])',
      'missing entry transmissions[7].documents.usageSlips[0].statement',
    ]);
  });

  it('are compared document by document', () => {
    expect(
      told('D3', (found) => {
        at(found, '0.documents.actuals').pop();
        const all = at(found, '1.documents.actuals');
        const extra = copy(all[0]);
        extra.serviceUser.insuredPersonNumber = '0009998887';
        extra.lines = [
          { ...extra.lines[0], days: [extra.lines[0].days[0]], units: 1, startTime: '9999', endTime: '9999' },
        ];
        extra.careManagerName = 'ほか';
        extra.createdOn = '2025-12-01';
        all.push(extra);
      }),
    ).toEqual([
      'missing document transmissions[0].documents.actuals[3]',
      'extra document (transmissions[1].documents.actuals[5])',
    ]);
  });

  it('may come in any order, and rows of theirs', () => {
    expect(
      told('D2', (found) => {
        found.reverse();
        for (const { documents } of found) {
          documents.usageSlips?.reverse();
          for (const slip of documents.usageSlips ?? []) {
            slip.lines.reverse();
            for (const line of slip.lines) line.days.reverse();
            slip.statement?.rows.reverse();
          }
        }
      }),
    ).toEqual([]);
    expect(
      told('D1', (found) => {
        for (const { documents } of found)
          for (const { sheet3 } of documents.carePlans ?? []) sheet3?.services.reverse();
      }),
    ).toEqual([]);
    expect(
      told('D4', (found) => {
        for (const { documents } of found) for (const one of documents.basicInformation ?? []) one.schedule.reverse();
      }),
    ).toEqual([]);
  });

  it('keep their order where it has a meaning: contacts, short-term goals', () => {
    expect(
      told('D4', (found) => at(found, '0.documents.basicInformation.0.emergencyContacts').reverse()).length,
    ).toBeGreaterThan(2);
    expect(
      told('D1', (found) => {
        at(found, '0.documents.carePlans.0.sheet2.needs.0.longTermGoals.0.shortTermGoals.1').shortTermGoal = '別の目標';
      }),
    ).toEqual([
      'different field transmissions[0].documents.carePlans[0].sheet2.needs[0].longTermGoals[0].shortTermGoals[1].shortTermGoal 短期目標',
    ]);
  });

  it('are told with the columns of preventive forms and withdrawals', () => {
    expect(
      told('D5', (found) => {
        at(found, '0.documents.preventivePlans.0').yearlyGoal = '海に行く';
        at(found, '0.documents.preventivePlans.0.needs.0.supportPlans.1.services.0').servicePeriod = '1年';
      }),
    ).toEqual(
      [
        'different field transmissions[0].documents.preventivePlans[0].needs[0].supportPlans[1].services[0].servicePeriod 【利用サービス】期間',
        'different field transmissions[0].documents.preventivePlans[0].yearlyGoal 目標とする生活(1年)',
      ].sort((a, b) => (a.includes('yearly') ? -1 : b.includes('yearly') ? 1 : 0)),
    );
    expect(told('D4', (found) => (at(found, '0.documents.basicInformation.0.familyImage').branch = '0002'))).toEqual([
      'different field transmissions[0].documents.basicInformation[0].familyImage.branch',
    ]);
  });

  it('went elsewhere, which is told as such', () => {
    expect(told('D6', (found) => (at(found, '2.to').serviceType = '62'))).toEqual([
      'different address transmissions[2].to.serviceType',
    ]);
  });

  it('replace each other in their order, whatever is passed over', () => {
    const later = (found: Draft[]) => {
      for (const { documents } of found) for (const slip of documents.usageSlips ?? []) slip.createdOn = '2026-01-05';
    };
    expect(told('D2', later, { ignore: ['createdOn'] })).toEqual([]);
    expect(told('D2', later).length).toBeGreaterThan(10);
    // Of a slip and its correction only the correction came back.
    const first = (found: Draft[]) => at(found, '0.documents.usageSlips').splice(0, 2);
    expect(told('D2', first)).toEqual([
      'missing document transmissions[0].documents.usageSlips[0]',
      'missing document transmissions[0].documents.usageSlips[1]',
    ]);
  });

  it('are of a person with a mistyped number, which is one difference', () => {
    expect(
      told('D3', (found) => {
        at(found, '5.documents.actuals.0.serviceUser').insuredPersonNumber = '0001267450';
      }),
    ).toEqual(['different field transmissions[5].documents.actuals[0].serviceUser.insuredPersonNumber 被保険者番号']);
  });

  it('are told without their values, unless these are asked for', () => {
    const change = (found: AddressedDocuments[]) => {
      at(found as unknown as Draft[], '0.documents.usageSlips.0.serviceUser.supplement').name = '秘密　太郎';
      return found;
    };
    const [shape] = compareDocuments(given('D2'), change(given('D2'))).differences;
    expect([shape?.expected, shape?.found]).toEqual(['〇〇〇〇', '〇〇〇〇〇']);
    expect(JSON.stringify(shape)).not.toContain('秘密');
    const [shown] = compareDocuments(given('D2'), change(given('D2')), { showValues: true }).differences;
    expect(shown).toMatchObject({ expected: '髙橋　茂', found: '秘密　太郎', column: 6 });
    expect(shown?.message.ja).toContain('利用者氏名');
  });

  it('without addresses are compared by their content', () => {
    const bare = given('D2').map(({ documents }) => ({ documents }));
    expect(compareDocuments(bare.slice(0, 1), given('D2').slice(0, 1)).equal).toBe(true);
  });
});

test('what was encoded and read is as it was expected', () => {
  fc.assert(
    fc.property(arbitraryValid, (outgoing: OutgoingDocuments) => {
      const sent = encodeDocuments(outgoing, { serial: '20251125200708', rules: 'none' });
      if (!sent.ok) return expect.unreachable(sent.issues.map(({ message }) => message.en).join('\n'));
      const { transmissions } = decodeFiles(sent.files.map(({ name, bytes }) => ({ path: name, bytes })));
      const found = transmissions.map((one) => ({ from: one.from, to: one.to, ...decodeDocuments(one) }));
      expect(compareDocuments([outgoing], found).differences).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('one value changed anywhere is one difference, at its place', () => {
  const places = PATTERN_IDS.flatMap((id) => [...leaves(given(id), ['transmissions'])].map((path) => ({ id, path })));
  fc.assert(
    fc.property(fc.constantFrom(...places), ({ id, path }) => {
      const changed = copy({ transmissions: given(id) }) as Anything;
      const holder = path.slice(0, -1).reduce((value, key) => value[key], changed);
      const name = path.at(-1) as string;
      holder[name] = typeof holder[name] === 'number' ? holder[name] + 1 : `${holder[name]}x`;
      const { differences } = compareDocuments(given(id), changed.transmissions);
      const text = path.reduce<string>(
        (all, key) => (typeof key === 'number' ? `${all}[${key}]` : all === '' ? key : `${all}.${key}`),
        '',
      );
      expect(differences.map(({ expectedPath, kind }) => [kind, expectedPath])).toEqual([['different', text]]);
    }),
    { numRuns: 60 },
  );
});

/** The places of single values that tell no document or entry apart. */
function* leaves(value: unknown, path: (string | number)[]): Generator<(string | number)[]> {
  if (Array.isArray(value)) for (const [i, one] of value.entries()) yield* leaves(one, [...path, i]);
  else if (value !== null && typeof value === 'object') {
    for (const [name, one] of Object.entries(value)) if (!TELLING.has(name)) yield* leaves(one, [...path, name]);
  } else yield path;
}
const TELLING = new Set([
  'from',
  'to',
  'serviceDate',
  'needNumber',
  'longTermGoalNumber',
  'serviceNumber',
  'supportPlanNumber',
  'of',
]);
