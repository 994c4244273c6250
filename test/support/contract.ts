import { describe, it } from 'vitest';
import { type ContractFactory, contractCases } from '../../src/transport/testing/index.js';

/** Registers the contract of a transport: one test a case, those that do not apply as skipped with their reason. */
export async function contract(
  name: string,
  factory: ContractFactory,
  options?: Parameters<typeof contractCases>[1],
  casesOf = contractCases,
): Promise<void> {
  const cases = await casesOf(factory, options);
  for (const group of new Set(cases.map((one) => one.group))) {
    describe(`${name}: ${group}`, () => {
      for (const one of cases.filter((candidate) => candidate.group === group)) {
        if (one.skip === undefined) it(one.name, one.run);
        else it.skip(`${one.name} (${one.skip})`, () => {});
      }
    });
  }
}
