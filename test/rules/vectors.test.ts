import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/schema/internal.js';
import { rulesEn } from '../../src/schema/messages/rules/en.js';
import { rulesJa } from '../../src/schema/messages/rules/ja.js';
import { type Base, checkDrafts, type Draft, draftOf, type RuleVector } from '../support/rule-samples.js';
import { RULE_VECTORS } from '../support/rules/index.js';

const severityOf = (code: string) => RULES.find((rule) => rule.code === code)?.severity;
const isHint = (code: string) => RULES.find((rule) => rule.code === code)?.hint === true;

function changed({ bases }: RuleVector, change: (...drafts: Draft[]) => void): Draft[] {
  const drafts = bases.map(draftOf);
  change(...drafts);
  return drafts;
}

test.each(['plan', 'slip', 'actuals', 'preventive', 'withdrawnPlan', 'withdrawnSlip', 'withdrawnActuals'] as Base[])(
  'the sample that vectors change breaks no rule: %s',
  (base) => {
    expect(checkDrafts([draftOf(base)]).issues).toEqual([]);
  },
);

describe.each(RULE_VECTORS)('$code', (vector) => {
  const { code, at, given } = vector;
  const options = { hints: isHint(code), given };

  test('is told where it is broken, and nothing else is', () => {
    const { issues } = checkDrafts(changed(vector, vector.break), options);
    const told = issues.filter((one) => one.code === code || one.severity !== 'info');
    expect(told.map((one) => one.code)).toEqual(told.map(() => code));
    const [first] = told;
    expect(first?.file?.split('_20')[0] ?? '').toContain(at.kind ?? '');
    expect({ row: first?.row, field: first?.field }).toEqual({ row: at.row, field: at.field });
    expect(first?.severity).toBe(severityOf(code)?.writing);
  });

  test('is milder, or as severe, for what has arrived', () => {
    const { issues } = checkDrafts(changed(vector, vector.break), { ...options, profile: 'tolerant' });
    expect(issues.find((one) => one.code === code)?.severity).toBe(severityOf(code)?.reading);
  });

  test('is not told of what looks alike and is right', () => {
    const { issues } = checkDrafts(changed(vector, vector.keep), options);
    expect(issues.filter((one) => one.code === code || one.severity !== 'info')).toEqual([]);
  });
});

test('every rule has a vector, and words in both languages', () => {
  const codes = RULES.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect([...new Set(RULE_VECTORS.map(({ code }) => code))].sort()).toEqual([...codes].sort());
  expect(Object.keys(rulesEn).sort()).toEqual([...codes].sort());
  expect(Object.keys(rulesJa).sort()).toEqual([...codes].sort());
});
