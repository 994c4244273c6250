import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFile, decodeFiles, encodeDocuments, encodeFile, encodeTransmission } from '../../src/codec/index.js';
import { hasError, type Layout, type RecordOf, V3, V4_0 } from '../../src/schema/index.js';
import { arbitraryRecords } from '../support/arbitrary.js';
import { lineOf, slipOf } from '../support/month.js';
import { OFFICE, SERIAL, SERVICE } from '../support/sending.js';

const codes = (issues: readonly { code: string }[]) => issues.map(({ code }) => code);

describe.each(V3.layouts.map((layout) => [layout.kind, layout] as const))('%s of edition 3', (kind, layout) => {
  test('is written and read again as the same records', () => {
    fc.assert(
      fc.property(arbitraryRecords(layout as Layout, { minLength: 1 }), (records) => {
        const written = encodeFile(kind as 'UPPLAN', records as never[], { edition: '3' });
        expect(hasError(written.issues)).toBe(false);
        const file = decodeFile(written.bytes ?? new Uint8Array(), { kind: kind as 'UPPLAN', charset: 'ms932' });
        expect(file).toMatchObject({ edition: '3', complete: true });
        expect(file.records).toEqual(records);
      }),
      { numRuns: 60 },
    );
  });
});

describe('edition 3', () => {
  const { statement: _, ...slip } = slipOf(1, [lineOf('0370200001', '111111', [1, 8])]);
  const withdrawal: RecordOf<'DLTPLAN', '3'> = {
    csvVersion: '202208',
    insurerNumber: '032011',
    insuredPersonNumber: '0000000001',
    serviceMonth: '2025-02',
  };

  test('is written when asked for, its names without service types', () => {
    const files = { DLTPLAN: [withdrawal] };
    const sent = encodeTransmission(
      { from: OFFICE, to: SERVICE, month: '2025-02', files },
      { serial: SERIAL, edition: '3' },
    );
    expect(sent.files?.map(({ name }) => name)).toEqual([`DLTPLAN_202502_0370100105_0370200210_${SERIAL}.CSV`]);
    const [file] = sent.files ?? [];
    expect(Buffer.from(file?.bytes ?? []).toString()).toBe('202208,032011,0000000001,202502\r\n');
    const { transmissions, issues } = decodeFiles([{ path: file?.name ?? '', bytes: file?.bytes ?? new Uint8Array() }]);
    expect(transmissions[0]).toMatchObject({
      from: { officeNumber: '0370100105' },
      files: [{ edition: '3', complete: true }],
    });
    expect(codes(issues)).toEqual(['name.edition']);
  });

  test('takes documents, and refuses what it has no file or column for', () => {
    const sent = encodeDocuments(
      { from: OFFICE, to: SERVICE, documents: { usageSlips: [slip] } },
      { serial: SERIAL, edition: '3', rules: 'none' },
    );
    expect(sent.files?.map(({ name }) => name.slice(0, 6))).toEqual(['UPHOSO', 'UPPLAN']);
    const rented = { ...slip, lines: slip.lines.map((line) => ({ ...line, taisCode: '00013-000001' })) };
    const refused = encodeDocuments(
      { from: OFFICE, to: SERVICE, documents: { usageSlips: [rented] } },
      { serial: SERIAL, edition: '3' },
    );
    expect(refused.ok).toBe(false);
    expect(new Set(codes(refused.issues))).toEqual(new Set(['transmission.edition', 'record.unknownColumn']));
    const kinds = encodeTransmission(
      { from: OFFICE, to: SERVICE, files: { UP3KYO: [{} as never] } },
      { serial: SERIAL, edition: '3' },
    );
    expect(kinds.issues.map(({ code, found }) => [code, found])).toEqual([['file.kind', 'UP3KYO']]);
    expect(() => encodeFile('UPYOBO', [], { edition: '3' })).toThrow(RangeError);
    expect(() => encodeFile('UPPLAN', [], { edition: '4.0' as '3' })).toThrow(/not written/);
  });

  test('that a name contradicts is read by its content, and told', () => {
    const bytes = encodeFile('DLTPLAN', [withdrawal], { edition: '3' }).bytes ?? new Uint8Array();
    const file = decodeFile(bytes, { name: `DLTPLAN_202502_0370100105_43_0370200210_11_${SERIAL}.CSV` });
    expect(file).toMatchObject({ edition: '3', complete: true });
    expect(file.issues).toMatchObject([{ code: 'file.nameEdition', severity: 'warning', found: '3', expected: '4.1' }]);
  });
});

describe('edition 4.0', () => {
  test('is read, its names with service types of three characters', () => {
    const line = `${V4_0.csvVersion},032011,0000000001,202504\r\n`;
    const path = `DLTPLAN_202504_0370100105_043_0370200210_011_${SERIAL}.CSV`;
    const { transmissions, issues } = decodeFiles([{ path, bytes: new TextEncoder().encode(line) }]);
    expect(transmissions[0]?.files[0]).toMatchObject({
      edition: '4.0',
      complete: true,
      records: [{ csvVersion: '202504' }],
    });
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['name.edition', 'warning']]);
  });
});

describe('a file of several csvVersions', () => {
  const row = (version: string, person: number) => `${version},032011,000000000${person},202504\r\n`;
  const read = (...versions: string[]) =>
    decodeFile(new TextEncoder().encode(versions.map((version, i) => row(version, i)).join('')), { kind: 'DLTPLAN' });

  test('has the edition of its first record; each other row is read by its own, and told with its bytes', () => {
    const file = read('202407', '202208', '202407', '202504');
    expect(file).toMatchObject({ edition: '4.1', complete: false });
    expect((file.records as { csvVersion: string }[]).map(({ csvVersion }) => csvVersion)).toEqual([
      '202407',
      '202208',
      '202407',
      '202504',
    ]);
    const length = row('202407', 0).length;
    expect(file.issues).toMatchObject([
      { code: 'row.edition', row: 2, found: '3', expected: '4.1', range: { start: length, end: 2 * length } },
      { code: 'row.edition', row: 4, found: '4.0', expected: '4.1', range: { start: 3 * length, end: 4 * length } },
    ]);
  });

  test('of which no table is known for some keeps their texts', () => {
    const file = read('201910', '202407', '202003');
    expect(file).toMatchObject({ edition: '4.1', complete: false });
    expect(file.records[0]).toEqual({ $raw: { '#1': '201910', '#2': '032011', '#3': '0000000000', '#4': '202504' } });
    expect(codes(file.issues)).toEqual(['file.edition']);
  });
});

test('columns that are those of another edition to the last cell are read by it, though the csvVersion says otherwise', () => {
  const { statement: _, ...slip } = slipOf(1, [lineOf('0370200001', '111111', [1])]);
  const sent = encodeDocuments(
    { from: OFFICE, to: SERVICE, documents: { usageSlips: [slip] } },
    { serial: SERIAL, edition: '3', rules: 'none' },
  );
  const old = Buffer.from(sent.files?.[1]?.bytes ?? []).toString('latin1');
  const bytes = Uint8Array.from(old.replace('202208', '202407'), (char) => char.charCodeAt(0));
  const file = decodeFile(bytes, { kind: 'UPPLAN', charset: 'ms932' });
  expect(file.edition).toBe('3');
  expect(file.records[0]).toMatchObject({
    serviceCode: '111111',
    serviceOfficeNumber: '0370200001',
    updatedBy: '0370100105',
  });
  expect(codes(file.issues)).toEqual(['cell.version']);
});
