import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFiles, encodeDocuments } from '../../src/codec/index.js';
import { MUTATIONS, siteOf } from '../support/mutations.js';
import { TODAY } from '../support/rule-samples.js';
import { arbitraryValid } from '../support/valid.js';

const SERIAL = '20251125200201';

test('a valid transmission gives no error, in either profile', () => {
  fc.assert(
    fc.property(arbitraryValid, (outgoing) => {
      const encoded = encodeDocuments(outgoing, { serial: SERIAL });
      if (!encoded.ok) throw new Error(encoded.issues.map(({ message }) => message.en).join('\n'));
      const files = encoded.files.map(({ name, bytes }) => ({ path: name, bytes }));
      for (const profile of ['strict', 'tolerant'] as const) {
        const { issues } = checkFiles(files, { profile, today: TODAY });
        expect(issues.filter(({ severity }) => severity === 'error').map(({ message }) => message.en)).toEqual([]);
      }
    }),
    { numRuns: 5000 },
  );
}, 120_000);

describe('a damage is told in its place', () => {
  const told = new Map<string, number>();

  test.each(Object.entries(MUTATIONS))('%s', (name, mutate) => {
    fc.assert(
      fc.property(arbitraryValid, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (outgoing, numbers) => {
        const encoded = encodeDocuments(outgoing, { serial: SERIAL });
        if (!encoded.ok) return;
        const files = encoded.files.map(({ name, bytes }) => ({ path: name, bytes }));
        let drawn = 0;
        const mutated = mutate(siteOf(files, (below) => (numbers[drawn++ % numbers.length] as number) % below));
        if (!mutated) return;
        told.set(name, (told.get(name) ?? 0) + 1);
        const { path, row, column } = mutated.at;
        const { issues } = checkFiles(mutated.files, { today: TODAY });
        const there = issues.filter(
          (one) =>
            one.severity === 'error' &&
            (path === undefined || one.file === path) &&
            (row === undefined || one.row === row) &&
            (column === undefined || one.column === column || one.column === undefined),
        );
        if (there.length === 0)
          throw new Error(
            `nothing at ${JSON.stringify(mutated.at)}: ${issues.map(({ message }) => message.en).join('\n')}`,
          );
      }),
      { numRuns: 130 },
    );
    expect(told.get(name) ?? 0).toBeGreaterThan(5);
  });

  test('5,000 times, of more than 40 kinds', () => {
    expect(told.size).toBeGreaterThan(40);
    expect([...told.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5000);
  });
});
