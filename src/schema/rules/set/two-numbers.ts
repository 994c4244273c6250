import { setRule } from '../rule.js';

/** One person, by name and date of birth, under two insured numbers (section 5). */
export const twoNumbers = setRule({
  code: 'set.twoNumbers',
  section: '5',
  columns: [],
  check(transmissions, report) {
    const numbers = new Map<number, Set<number>>();
    for (const { persons } of transmissions) {
      for (const { identity, insured, path, row } of persons) {
        const known = numbers.get(identity) ?? new Set();
        numbers.set(identity, known);
        if (known.size > 0 && !known.has(insured)) report(path, row);
        known.add(insured);
      }
    }
  },
});
