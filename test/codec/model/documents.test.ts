import { describe, expect, test } from 'vitest';
import { decodeDocuments, decodeFiles, encodeDocuments } from '../../../src/codec/index.js';
import type { Documents, RecordOf, UsageSlip } from '../../../src/schema/index.js';
import { cleanSamples } from '../../support/fixtures.js';
import { lineOf, MONTH, slipOf } from '../../support/month.js';
import { documentsOfRecords, OFFICE, received, refusals, SERIAL, SERVICE } from '../../support/sending.js';

const all = decodeFiles(cleanSamples()).transmissions;
const withKind = (kind: string) => all.find(({ files }) => files.some((file) => file.kind === kind)) as (typeof all)[0];
const recordsOf = <K extends string>(kind: K) =>
  withKind(kind).files.find((file) => file.kind === kind)?.records as never[];

const slip = slipOf(1, [lineOf('0370200001', '111111', [1, 8])]);
const key = { csvVersion: '202407', insurerNumber: '032011', insuredPersonNumber: '0000000001' } as const;
const row6: RecordOf<'UPPLAN'> = {
  ...key,
  createdOn: '2025-11-25',
  serviceMonth: MONTH,
  careManagementOfficeNumber: OFFICE.officeNumber,
  careManagerName: '岩手太郎',
  units: 244,
  serviceDate: '2025-11-01',
  startTime: '09:00',
  endTime: '09:30',
  count: 1,
  serviceCode: '111111',
  serviceOfficeNumber: '0370200001',
  overThirtyDays: '0',
};

const codes = ({ issues }: ReturnType<typeof decodeDocuments>) =>
  issues.map(({ code, severity }) => `${severity} ${code}`);

describe('rows become documents', () => {
  test('sheet 6 is gathered into lines: a line for each service and time of day, its days in their order', () => {
    const rows = [
      row6,
      { ...row6, serviceDate: '2025-11-08', count: 2 },
      { ...row6, startTime: '14:00', endTime: '14:30' },
    ];
    const { documents, issues } = documentsOfRecords({ month: MONTH, files: { UPPLAN: rows } });
    expect(issues).toEqual([]);
    const [one] = documents.usageSlips as [UsageSlip];
    expect(one.lines.map(({ startTime, days }) => [startTime, days])).toEqual([
      [
        '09:00',
        [
          { serviceDate: '2025-11-01', count: 1 },
          { serviceDate: '2025-11-08', count: 2 },
        ],
      ],
      ['14:00', [{ serviceDate: '2025-11-01', count: 1 }]],
    ]);
    expect(one.serviceUser).toEqual({ insurerNumber: '032011', insuredPersonNumber: '0000000001' });
  });

  test('days over 30 are a line of their own', () => {
    const rows = [row6, { ...row6, serviceDate: '2025-11-08', overThirtyDays: '1' as const }];
    const { documents } = documentsOfRecords({ month: MONTH, files: { UPPLAN: rows } });
    expect(documents.usageSlips?.[0]?.lines.map(({ overThirtyDays }) => overThirtyDays)).toEqual(['0', '1']);
  });

  test('rows of one slip that name different care managers are told, and the first one is taken', () => {
    const rows = [row6, { ...row6, serviceDate: '2025-11-08', careManagerName: '別人' }];
    const result = documentsOfRecords({ month: MONTH, files: { UPPLAN: rows } });
    expect(codes(result)).toEqual(['warning document.differs']);
    expect(result.documents.usageSlips?.[0]?.careManagerName).toBe('岩手太郎');
  });

  test('a day outside the month is read, and told: it could not be written', () => {
    const rows = [{ ...row6, serviceDate: '2025-12-01' }];
    const result = documentsOfRecords({ month: MONTH, files: { UPPLAN: rows } });
    expect(result.issues.map(({ code, severity, path }) => [code, severity, path])).toEqual([
      ['document.outsideMonth', 'warning', 'usageSlips[0].lines[0].days[0].serviceDate'],
    ]);
    expect(result.documents.usageSlips).toHaveLength(1);
  });

  test('actuals of two service types in one file are two documents', () => {
    const rows = [row6, { ...row6, serviceCode: '151111' }];
    const { documents } = documentsOfRecords({ from: SERVICE, to: OFFICE, month: MONTH, files: { UPJSK: rows } });
    expect(documents.actuals?.map(({ serviceType, lines }) => [serviceType, lines.length])).toEqual([
      ['11', 1],
      ['15', 1],
    ]);
  });

  test('a row of sheet 3 with a service and an activity at once is read as both, and told', () => {
    const [head] = recordsOf('UP1KYO') as RecordOf<'UP1KYO'>[];
    const { insurerNumber, insuredPersonNumber, planDate } = head as RecordOf<'UP1KYO'>;
    const own = {
      csvVersion: '202407' as const,
      insurerNumber,
      insuredPersonNumber,
      planDate,
      createdOn: '2025-04-01',
    };
    const rows = [{ ...own, serviceContent: '訪問介護', weekday: '1' as const, dailyActivity: '昼食' }, own];
    const result = documentsOfRecords({ files: { UP1KYO: [head as RecordOf<'UP1KYO'>], UP3KYO: rows } });
    expect(codes(result)).toEqual(['warning document.mixedRow', 'warning document.emptyRow']);
    expect(result.documents.carePlans?.[0]?.sheet3).toMatchObject({
      services: [{ serviceContent: '訪問介護', weekday: '1' }],
      dailyActivities: [{ dailyActivity: '昼食' }],
      otherServices: [],
    });
    expect(result.rest).toHaveLength(1);
  });

  test('a second sheet 1 with the same key is kept apart, and told', () => {
    const [head] = recordsOf('UP1KYO') as unknown as [RecordOf<'UP1KYO'>];
    const result = documentsOfRecords({ files: { UP1KYO: [head, { ...head, careManagerName: '別人' }] } });
    expect(codes(result)).toEqual(['error document.duplicate']);
    expect(result.documents.carePlans).toHaveLength(1);
    expect(result.rest.map(({ kind, row }) => [kind, row])).toEqual([['UP1KYO', 2]]);
  });

  test('a document of which one cell could not be read is not made; others are, and nothing is lost', () => {
    const good = withKind('UPPLAN');
    const bad = { ...good, files: good.files.map((file) => ({ ...file, records: [...file.records] })) } as typeof good;
    const [plan] = bad.files.filter(({ kind }) => kind === 'UPPLAN');
    const records = plan?.records as { insuredPersonNumber: string; $raw?: object }[];
    records[0] = { ...(records[0] as (typeof records)[0]), $raw: { count: 'x' } };
    const { documents, rest, issues } = decodeDocuments(bad);
    const all = decodeDocuments(good).documents.usageSlips ?? [];
    expect(documents.usageSlips).toEqual(all.slice(1));
    expect(issues.filter(({ code }) => code === 'document.unreadable').map(({ row }) => row)).toEqual([1]);
    const lost = records.filter((one) => one.insuredPersonNumber === all[0]?.serviceUser.insuredPersonNumber);
    expect(rest.filter(({ kind }) => kind === 'UPPLAN')).toHaveLength(lost.length);
  });

  test('a column that may be empty on reading does not spoil the document', () => {
    const good = withKind('UPPLAN');
    const records = good.files.find(({ kind }) => kind === 'UPPLAN')?.records as { units?: number }[];
    const { units: _, ...first } = records[0] as { units?: number };
    const bad = {
      ...good,
      files: good.files.map((f) => (f.kind === 'UPPLAN' ? { ...f, records: [first, ...records.slice(1)] } : f)),
    };
    const { documents, issues } = decodeDocuments(bad as typeof good);
    expect(issues).toEqual([]);
    expect(documents.usageSlips?.[0]?.lines.filter(({ units }) => units === undefined)).toHaveLength(1);
  });
});

describe('a supplement whose unused key holds a value', () => {
  test('is that of its plan or slip all the same, and told', () => {
    const good = withKind('UP1KYO');
    const files = good.files.map((file) =>
      file.kind === 'UPHOSOKU'
        ? { ...file, records: file.records.map((one) => ({ ...one, serviceMonth: '2025-11' })) }
        : file,
    );
    const { documents, issues, rest } = decodeDocuments({ ...good, files } as typeof good);
    expect(documents).toEqual(decodeDocuments(good).documents);
    expect(rest).toEqual([]);
    expect(issues.map(({ code, severity, field }) => [code, severity, field])).toEqual(
      documents.carePlans?.map(() => ['document.unusedKey', 'warning', 'serviceMonth']),
    );
  });
});

describe('a slot that is left out between others stays where it is', () => {
  test('in the limits per service type, and in the emergency contacts', () => {
    const supplement = {
      ...slip.serviceUser.supplement,
      serviceTypeLimits: [{}, { serviceType: '22', serviceTypeLimit: 9 }],
    };
    const documents = { usageSlips: [{ ...slip, serviceUser: { ...slip.serviceUser, supplement } }] } as Documents;
    const sent = encodeDocuments({ from: OFFICE, to: SERVICE, documents }, { serial: SERIAL, rules: 'none' });
    const file = received(sent.files ?? []).files.find(({ kind }) => kind === 'UPHOSOKU');
    expect(file?.records[0]).toMatchObject({ serviceType2: '22', serviceTypeLimit2: 9 });
    expect(file?.records[0]).not.toHaveProperty('serviceType1');
    expect(decodeDocuments(received(sent.files ?? [])).documents).toEqual(documents);
    const trailing = { ...slip.serviceUser.supplement, serviceTypeLimits: [{}] };
    expect(
      refusals({ usageSlips: [{ ...slip, serviceUser: { ...slip.serviceUser, supplement: trailing } }] } as Documents),
    ).toEqual([['document.empty', 'usageSlips[0].serviceUser.supplement.serviceTypeLimits[0]']]);
  });
});

describe('documents that cannot be sent are refused, and no serial is taken', () => {
  const { supplement: _, ...identity } = slip.serviceUser;

  test('a slip or a plan without the supplement of the person', () => {
    expect(refusals({ usageSlips: [{ ...slip, serviceUser: identity }] })).toEqual([
      ['document.supplement', 'usageSlips[0].serviceUser.supplement'],
    ]);
    let taken = 0;
    const serials = { next: () => String(++taken) };
    const documents = { usageSlips: [{ ...slip, serviceUser: identity }] };
    expect(encodeDocuments({ from: OFFICE, to: SERVICE, documents }, { serials }).ok).toBe(false);
    expect(taken).toBe(0);
  });

  test('documents of two units, or of two months', () => {
    const withdrawal = { of: 'usageSlip' as const, serviceUser: identity, serviceMonth: MONTH };
    expect(refusals({ usageSlips: [slip], withdrawals: [withdrawal] })).toEqual([
      ['transmission.unit', 'withdrawals[0]'],
    ]);
    const december = JSON.parse(
      JSON.stringify(slip).replaceAll('2025-11-0', '2025-12-0').replace('"2025-11"', '"2025-12"'),
    );
    expect(refusals({ usageSlips: [slip, december] })).toEqual([['transmission.months', 'usageSlips[1].serviceMonth']]);
    const plan = { of: 'carePlan' as const, serviceUser: identity, planDate: '2025-04-01' };
    expect(refusals({ withdrawals: [withdrawal, plan] })).toEqual([['transmission.unit', 'withdrawals[1]']]);
  });

  test('a character that cannot be sent is told with its path, whatever row it would be in', () => {
    const lines = [{ ...(slip.lines[0] as UsageSlip['lines'][0]), serviceOfficeName: '𠮷野' }];
    expect(refusals({ usageSlips: [{ ...slip, lines }] })).toEqual([
      ['char.unencodable', 'usageSlips[0].lines[0].serviceOfficeName'],
      ['char.unencodable', 'usageSlips[0].lines[0].serviceOfficeName'],
    ]);
    const named = { ...slip.serviceUser, supplement: { ...slip.serviceUser.supplement, name: '𠮷野' } };
    expect(refusals({ usageSlips: [{ ...slip, serviceUser: named }] } as Documents)).toEqual([
      ['char.unencodable', 'usageSlips[0].serviceUser.supplement.name'],
    ]);
  });

  test('units that are missing, which a reader takes with a warning only', () => {
    const { units: __, ...line } = slip.lines[0] as UsageSlip['lines'][0];
    expect(refusals({ usageSlips: [{ ...slip, lines: [{ ...line, days: line.days.slice(0, 1) }] }] })).toEqual([
      ['cell.required', 'usageSlips[0].lines[0].units'],
    ]);
  });
});

describe('the image of basic information', () => {
  const information = decodeDocuments(withKind('UPKIHON')).documents.basicInformation ?? [];
  const sender = { officeNumber: '0300100013', serviceType: '46' };

  test('is named anew for each transmission, with its addresses and serial', () => {
    const to = { officeNumber: '0370200300', serviceType: 'A2' };
    const sent = encodeDocuments(
      { from: sender, to, documents: { basicInformation: information } },
      { serial: SERIAL },
    );
    const name = `UPKIHON_IMAGE_0300100013_46_0370200300_A2_${SERIAL}_0001.jpg`;
    expect(sent.files?.map((file) => file.name)).toContain(name);
    const transmission = received(sent.files ?? []);
    expect(transmission.files.find(({ kind }) => kind === 'UPKIHON')?.records[0]).toMatchObject({
      familyImageName: name,
    });
    expect(decodeDocuments(transmission).documents.basicInformation).toEqual(information);
  });

  test('that is named and did not come is told; one that nobody names is kept', () => {
    const good = withKind('UPKIHON');
    const without = decodeDocuments({ ...good, images: [] });
    expect(codes(without)).toEqual(['warning document.image']);
    expect(without.documents.basicInformation?.[0]?.familyImage).toEqual({ branch: '0001' });
    expect(refusals(without.documents, sender)).toEqual([['document.image', 'basicInformation[0].familyImage']]);
    const [image] = good.images as [(typeof good.images)[0]];
    const stray = { ...image, name: { ...image.name, branch: '0002' } } as typeof image;
    const more = decodeDocuments({ ...good, images: [image, stray] });
    expect(more.images.map(({ name }) => name.branch)).toEqual(['0002']);
    expect(codes(more)).toEqual(['warning document.strayImage']);
  });

  test('whose name is not one of the standard is kept by that name, and not sent so', () => {
    const good = withKind('UPKIHON');
    const files = good.files.map((file) =>
      file.kind === 'UPKIHON'
        ? { ...file, records: file.records.map((one, i) => (i === 0 ? { ...one, familyImageName: '長女.jpg' } : one)) }
        : file,
    );
    const odd = decodeDocuments({ ...good, files } as typeof good);
    expect(codes(odd)).toEqual(['warning document.image', 'warning document.strayImage']);
    expect(odd.documents.basicInformation?.[0]).toMatchObject({ familyImageName: '長女.jpg' });
    expect(odd.issues[0]?.message.ja).not.toContain('長女');
    expect(refusals(odd.documents, sender)).toEqual([['document.image', 'basicInformation[0].familyImageName']]);
  });
});
