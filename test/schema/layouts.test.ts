import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CSV_VERSIONS,
  type Layout,
  OFFICE_TYPES,
  officeTypeOf,
  SERVICE_TYPES,
  serviceTypeOf,
  V4_1,
} from '../../src/schema/index.js';
import truth from '../fixtures/layouts.json' with { type: 'json' };

interface TrueColumn {
  no: number;
  ja: string;
  length: number | null;
  required: boolean;
  type: string;
  codes?: Record<string, string>;
  needed?: boolean;
  note?: string;
  confidence?: string;
}
interface TrueFile {
  kind: string;
  ja: string;
  monthInName: boolean;
  group: string;
  unitKey: number[];
  rowKey: number[] | null;
  note: string | null;
  fields: TrueColumn[];
}
const files = truth.files as unknown as TrueFile[];
const layouts: readonly Layout[] = V4_1.layouts;
const columns = layouts.flatMap((layout) => layout.placed);

const layoutOf = (kind: string): Layout => {
  const layout = layouts.find((candidate) => candidate.kind === kind);
  if (!layout) throw new Error(`no layout ${kind}`);
  return layout;
};
const numbersOf = (layout: Layout, names: readonly string[] | null) =>
  names === null ? null : names.map((name) => layout.placed.find((column) => column.name === name)?.no);
const sorted = (codes: Readonly<Record<string, string>> | undefined) => codes && Object.entries(codes).sort();

describe('Edition 4.1', () => {
  it('has 17 files with 398 columns, in the order of the standard', () => {
    expect(layouts.map((layout) => layout.kind)).toEqual(files.map((file) => file.kind));
    expect(layouts).toHaveLength(17);
    expect(columns).toHaveLength(398);
  });

  it('is csvVersion 202407, in force from service month 2025-04', () => {
    const version = truth.versions.find((candidate) => candidate.edition === V4_1.id);
    expect({ csvVersion: V4_1.csvVersion, from: V4_1.from }).toEqual({ csvVersion: '202407', from: '2025-04' });
    expect(V4_1).toMatchObject({ csvVersion: version?.csvVersion, from: version?.from });
  });

  it('is the last of the versions in the order of the standard', () => {
    expect(CSV_VERSIONS).toEqual(truth.versions);
    expect(CSV_VERSIONS.at(-1)).toMatchObject({ csvVersion: V4_1.csvVersion, edition: V4_1.id });
  });

  it('has images of one kind: JPEG with a branch number of 4 digits', () => {
    expect(V4_1.images).toEqual([
      {
        kind: 'UPKIHON_IMAGE',
        ja: expect.any(String),
        extension: 'jpg',
        namedBy: 'UPKIHON',
        namedIn: 'familyImageName',
        branchDigits: 4,
      },
    ]);
  });

  it('marks the month 000000 in the name of the supplement only', () => {
    expect(layouts.filter((layout) => layout.monthMarker).map((layout) => layout.kind)).toEqual(['UPHOSOKU']);
  });
});

describe.each(files)('$kind $ja', (file) => {
  const layout = layoutOf(file.kind);

  it('has the name, the group and the keys of the standard', () => {
    expect({
      ja: layout.ja,
      monthInName: layout.monthInName,
      group: layout.group,
      unitKey: numbersOf(layout, layout.unitKey),
      rowKey: numbersOf(layout, layout.rowKey),
    }).toEqual({
      ja: file.ja,
      monthInName: file.monthInName,
      group: file.group,
      unitKey: file.unitKey,
      rowKey: file.rowKey,
    });
  });

  it('has the note of the standard, or says the same as data', () => {
    if (file.kind === 'UPJSK') expect(layout.unitKeyPrefix).toEqual({ serviceCode: 2 });
    else expect(layout.note ?? null).toBe(file.note);
    if (file.kind !== 'UPJSK') expect(layout.unitKeyPrefix).toBeUndefined();
  });

  it('has the columns of the standard: name, length, type, codes, marks and notes', () => {
    expect(
      layout.placed.map(({ no, ja, kind, required, needed, note, confidence }) => ({
        no,
        ja,
        length: kind.length,
        required,
        type: kind.type,
        codes: sorted(kind.codes),
        needed,
        note,
        confidence,
      })),
    ).toEqual(file.fields.map((field) => ({ ...field, codes: sorted(field.codes) })));
  });

  it('names its columns uniquely, as camelCase words, in the order of their numbers', () => {
    const names = layout.placed.map((column) => column.name);
    expect(names).toEqual(Object.keys(layout.columns));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+([A-Z0-9][a-z]*)*$/);
    expect(layout.placed.map((column) => column.no)).toEqual(names.map((_, index) => index + 1));
  });
});

describe('A column', () => {
  it('names a section of the standard that exists', () => {
    const standard = readFileSync(new URL('../../docs/standard.md', import.meta.url), 'utf8');
    const sections = new Set([...standard.matchAll(/^## (\d+)\. /gm)].map((match) => match[1]));
    expect(sections.size).toBeGreaterThan(10);
    for (const layout of layouts) {
      for (const { section, ja } of [layout, ...layout.placed])
        expect(sections, `${layout.kind} ${ja}`).toContain(section);
    }
  });

  it('has an exact length for the types that the standard says, else a maximum', () => {
    const exact = new Set('month date time code digits insured office serviceType serviceCode tais flags31'.split(' '));
    const others = columns.filter(({ kind }) => kind.exact !== exact.has(kind.type));
    expect(others.map((column) => column.ja)).toEqual(['入力者コード']);
  });

  it('is in quotes where it is free text, and only there', () => {
    for (const { kind, ja } of columns) expect(kind.quoted, ja).toBe(kind.type === 'text');
  });

  it('is csvVersion, insurer or insured person where it is one of the first three', () => {
    for (const layout of layouts) {
      expect(layout.placed.slice(0, 3).map(({ name }) => name)).toEqual([
        'csvVersion',
        'insurerNumber',
        'insuredPersonNumber',
      ]);
    }
  });

  it('cannot be changed', () => {
    for (const layout of layouts) {
      for (const part of [layout, layout.columns, layout.placed, ...layout.placed])
        expect(Object.isFrozen(part)).toBe(true);
    }
  });
});

describe('The code tables of services and offices', () => {
  it('hold the 60 service types', () => {
    expect(SERVICE_TYPES).toHaveLength(60);
    expect(SERVICE_TYPES).toEqual(truth.serviceTypes);
    for (const entry of truth.serviceTypes) expect(serviceTypeOf(entry.code)).toEqual(entry);
    expect(serviceTypeOf('43')).toBeUndefined();
  });

  it('hold the types of the offices that send plans', () => {
    expect(OFFICE_TYPES).toEqual(truth.officeTypes);
    for (const entry of truth.officeTypes) expect(officeTypeOf(entry.code)).toEqual(entry);
    expect(officeTypeOf('11')).toBeUndefined();
  });
});
