import type { Rule } from '../rule.js';

/** What transmissions cannot be together, in the order in which it is told. */
export const SET_RULES: readonly Rule[] = Object.freeze([]);
