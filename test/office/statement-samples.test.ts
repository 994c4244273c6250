import { describe, expect, test } from 'vitest';
import { checkStatement, computeStatement, decodeDocuments, decodeFiles, type UsageSlip } from '../../src/index.js';
import { cleanSamples } from '../support/fixtures.js';

const { transmissions } = decodeFiles(cleanSamples().filter(({ path }) => path.startsWith('slip')));
const slips = transmissions.flatMap((transmission) => {
  const { usageSlips = [] } = decodeDocuments(transmission).documents;
  return usageSlips.map((slip, i) => [`${transmission.serial}, person ${i + 1}`, slip] as const);
});

/** The statement of a slip of the samples, computed from its lines. */
function computed({ lines, createdOn, updatedBy, serviceUser }: UsageSlip) {
  const { benefitLimit, serviceTypeLimits } = serviceUser.supplement ?? {};
  return computeStatement(lines, {
    createdOn,
    ...(updatedBy === undefined ? {} : { updatedBy }),
    unitPrice: ({ serviceType }) => (serviceType === '17' ? 10 : 10.42),
    benefitRate: 90,
    limits: {
      ...(benefitLimit === undefined ? {} : { benefitLimit }),
      ...(serviceTypeLimits === undefined ? {} : { serviceTypeLimits }),
    },
  });
}

describe('the statements of the samples', () => {
  test('are many', () => {
    expect(transmissions).toHaveLength(5);
    expect(slips.length).toBeGreaterThan(10);
  });

  test.each(slips)('%s: the lines of sheet 6 give sheet 7 as it is', (_, slip) => {
    expect(computed(slip)).toEqual({ ok: true, statement: slip.statement, leftOut: [], issues: [] });
  });

  test.each(slips)('%s: subtotals and grand total agree with their rows', (_, slip) => {
    expect(slip.statement && checkStatement(slip.statement)).toEqual([]);
  });
});
