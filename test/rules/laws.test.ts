import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFiles, encodeDocuments, type NamedBytes, type OutgoingDocuments } from '../../src/codec/index.js';
import { RULES } from '../../src/schema/internal.js';
import { MUTATIONS, siteOf } from '../support/mutations.js';
import { TODAY } from '../support/rule-samples.js';
import { arbitraryValid } from '../support/valid.js';

const SERIAL = '20251125200201';

function filesOf(outgoing: OutgoingDocuments): NamedBytes[] {
  const encoded = encodeDocuments(outgoing, { serial: SERIAL, rules: 'none' });
  if (!encoded.ok) throw new Error(encoded.issues.map(({ message }) => message.en).join('\n'));
  return encoded.files.map(({ name, bytes }) => ({ path: name, bytes }));
}

test('a valid transmission gives no error', () => {
  fc.assert(
    fc.property(arbitraryValid, (outgoing) => {
      // Some texts of MS932 are UTF-8 as well; what was written here is MS932.
      const { issues } = checkFiles(filesOf(outgoing), { today: TODAY, charset: 'ms932' });
      assert.deepEqual(
        issues.filter(({ severity }) => severity === 'error').map(({ message }) => message.en),
        [],
      );
    }),
    { numRuns: 5000 },
  );
}, 120_000);

test('no rule is more severe for what has arrived than for what is sent', () => {
  const order = ['info', 'warning', 'error'];
  for (const { severity } of RULES) {
    expect(order.indexOf(severity.reading)).toBeLessThanOrEqual(order.indexOf(severity.writing));
  }
});

describe('a damage is told in its place', () => {
  const RUNS = 75;
  const seed = Date.now() & 0x7fffffff;
  const valid = fc.sample(arbitraryValid, { numRuns: 300, seed }).map(filesOf);
  const told = new Map<string, number>();

  test.each(Object.entries(MUTATIONS))('%s', (name, mutate) => {
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (files, numbers) => {
        let drawn = 0;
        const mutated = mutate(siteOf(files, (below) => (numbers[drawn++ % numbers.length] as number) % below));
        fc.pre(mutated !== undefined);
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
        const all = issues.map(({ message }) => message.en).join('\n');
        if (there.length === 0) throw new Error(`seed ${seed}: nothing at ${JSON.stringify(mutated.at)}: ${all}`);
      }),
      { numRuns: RUNS, maxSkipsPerRun: 1000 },
    );
  });

  test('5,000 times, of more than 40 kinds', () => {
    expect(told.size).toBeGreaterThan(40);
    expect([...told.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(5000);
  });
});
