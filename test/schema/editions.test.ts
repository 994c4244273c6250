import { describe, expect, test } from 'vitest';
import { EDITIONS, editionOf, type Layout, V3, V4_0, V4_1 } from '../../src/schema/index.js';

const layouts = (edition: { readonly layouts: readonly Layout[] }) =>
  new Map(edition.layouts.map((one) => [one.kind, one]));
const names = (layout: Layout | undefined) => layout?.placed.map(({ name }) => name) ?? [];

describe('Edition 3', () => {
  const [older, present] = [layouts(V3), layouts(V4_1)];

  test('lacks UP3KYO and all preventive files, and their images', () => {
    const gone = [...present.keys()].filter((kind) => !older.has(kind));
    expect(gone).toEqual(['UP3KYO', ...[...present.keys()].filter((kind) => /KIHON|YOBO/.test(kind))]);
    expect(V3.images).toEqual([]);
  });

  test('has 22 columns in sheet 6 and 34 in sheet 7: the three of equipment are missing', () => {
    const equipment = ['taisCode', 'equipmentNotificationCode', 'equipmentName'];
    for (const [kind, count] of [
      ['UPPLAN', 22],
      ['UPJSK', 22],
      ['UPSIKYU', 34],
    ] as const) {
      expect(older.get(kind)?.placed).toHaveLength(count);
      expect(names(older.get(kind))).toEqual(names(present.get(kind)).filter((name) => !equipment.includes(name)));
      expect(older.get(kind)?.placed.map(({ no }) => no)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    }
  });

  test('has 回数／日数 of 2 digits in sheet 7', () => {
    expect(older.get('UPSIKYU')?.columns.count?.kind.length).toBe(2);
    expect(present.get('UPSIKYU')?.columns.count?.kind.length).toBe(3);
  });

  test('is as edition 4.1 in all else but the csvVersion', () => {
    for (const kind of ['UPHOSOKU', 'UP1KYO', 'UP2KYO', 'DLT1KYO', 'DLTPLAN', 'DLTJSK']) {
      expect(names(older.get(kind))).toEqual(names(present.get(kind)));
    }
    for (const layout of V3.layouts) expect(layout.placed[0]?.kind.constant).toBe('202208');
  });
});

describe('Edition 4.0', () => {
  test('is as edition 4.1 in all but the csvVersion and the names, and is never written', () => {
    expect(V4_0.layouts.map(({ kind, placed }) => [kind, placed.length])).toEqual(
      V4_1.layouts.map(({ kind, placed }) => [kind, placed.length]),
    );
    for (const layout of V4_0.layouts) expect(layout.placed[0]?.kind.constant).toBe('202504');
    expect([V4_0.written, V4_0.nameTypeLength, V3.written, V3.nameTypeLength]).toEqual([false, 3, true, 0]);
  });
});

test('the editions are known by their ids', () => {
  expect(EDITIONS.map(({ id }) => editionOf(id)?.csvVersion)).toEqual(['202407', '202504', '202208']);
  expect(editionOf('2')).toBeUndefined();
});
