import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodingCodes } from '../../scripts/docs/rules-page.js';
import { RULE_EXAMPLES } from '../../src/cli/rule-examples.generated.js';
import { checkFiles, explainCode } from '../../src/codec/index.js';
import { RULES } from '../../src/schema/internal.js';
import { DEVIATIONS } from '../support/deviations.js';
import { cleanSamples } from '../support/fixtures.js';
import { RULE_VECTORS } from '../support/rules/index.js';
import { DIRTY_FILES } from '../support/samples.js';

const page = readFileSync(fileURLToPath(new URL('../../docs/rules.md', import.meta.url)), 'utf8');
const JAPANESE = /[ぁ-ヿ一-鿿]/;

describe.each(RULES.map(({ code }) => code))('The rule %s', (code) => {
  const section = new RegExp(`^### ${code}\n(.*?)(?=^##|(?![^]))`, 'ms').exec(page)?.[1] ?? '';
  const { rule, message } = explainCode(code) ?? {};

  it('has a vector that breaks it', () => {
    expect(RULE_VECTORS.filter((vector) => vector.code === code)).not.toEqual([]);
  });

  it('has a message in both languages: what is wrong, and what to do', () => {
    expect(message?.en).toMatch(/^.{10,}\. .{5,}\.$/s);
    expect(message?.ja).toMatch(/^.{5,}。.{3,}。$/s);
  });

  it('has a section: what, why, how to mend, how severe, by which section of the standard, and an example', () => {
    expect(section).toContain('| Why / 理由 |');
    expect(section).toContain('| Mend / 直し方 |');
    expect(section).toMatch(/\| Severity \/ 重さ \| (error|warning|info)/);
    expect(section).toMatch(/\| Section \/ 節 \| \[[0-9]+\]\(standard\.md#/);
    for (const { en, ja } of [rule?.what, rule?.why, rule?.mend].flatMap((one) => one ?? [])) {
      expect(en).toMatch(/^[ -~×≤≥“”’–]+$/);
      expect(ja).toMatch(JAPANESE);
    }
    const example = RULE_EXAMPLES[code];
    expect(section).toContain(`\`\`\`text\n${example?.en}\n${example?.ja}\n\`\`\``);
    expect(`${example?.en} ${example?.ja}`).not.toMatch(/undefined|NaN/);
  });
});

describe('docs/rules.md', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| '));

  it('lists every rule, and every code that reading tells of', () => {
    const codes = [...RULES.map(({ code }) => code), ...decodingCodes()];
    expect(codes.filter((code) => !rows.some((row) => row.includes(`\`${code}\``)))).toEqual([]);
    expect(page).not.toMatch(/undefined|NaN/);
  });

  it('has every code that the samples, and the deviations that are described, are told for', () => {
    const dirty = [...DIRTY_FILES.values()].map(({ name, bytes }) => ({ path: name, bytes }));
    const told = checkFiles([...cleanSamples(), ...dirty]).issues.map(({ code }) => code);
    const known = new Set<string>([...decodingCodes(), ...RULES.map(({ code }) => code)]);
    expect([...told, ...DEVIATIONS.map(({ code }) => code)].filter((code) => !known.has(code))).toEqual([]);
  });

  it('says of codes of reading what strict and tolerant make of them', () => {
    const row = rows.find((one) => one.startsWith('| `file.charset`')) ?? '';
    expect(row).toMatch(/\| error \| warning \| \[utf-8\]/);
  });
});
