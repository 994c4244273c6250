import type { Rule } from '../rule.js';

/** What the records of one file cannot be together, in the order in which it is told. */
export const FILE_RULES: readonly Rule[] = Object.freeze([]);
