import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { V4_1 } from '../../src/schema/index.js';
import { checkDamage, damageRow, type Outcome, someRow } from '../support/damage-check.js';
import { DAMAGES, type DamageRow, ENDINGS, JOINTS } from '../support/damages.js';

const GROUPS = [
  ['of a row', 'row', DAMAGES],
  ['of a row and the rows behind it', 'rest', ENDINGS],
  ['of two rows', 'next', JOINTS],
] as const;

const counts: Record<Outcome, number> = { told: 0, valid: 0, refused: 0 };
const kinds = new Set<string>();

describe.each(GROUPS)('damage %s is told in its row, and harms no other row', (_, reach, damages) => {
  test.each(Object.keys(damages))('%s', (name) => {
    let cases = 0;
    fc.assert(
      fc.property(someRow, (one) => {
        const damaged = damageRow(damages[name] as DamageRow, one, reach);
        if (!damaged) return;
        counts[checkDamage(one.file, damaged)]++;
        kinds.add(one.file.layout.kind);
        cases++;
      }),
      { numRuns: 130 },
    );
    expect(cases).toBeGreaterThan(20);
  });
});

test('more than 5,000 cases of more than 30 kinds were checked, in every file of the standard', () => {
  expect(GROUPS.flatMap(([, , damages]) => Object.keys(damages)).length).toBeGreaterThan(30);
  expect(counts.told + counts.valid).toBeGreaterThan(5000);
  expect(kinds.size).toBe(V4_1.layouts.length);
  expect(counts.told).toBeGreaterThan(9 * counts.valid);
  expect(counts.valid).toBeGreaterThan(100);
  expect(counts.refused).toBeLessThan(10);
});
