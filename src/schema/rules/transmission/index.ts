import type { Rule } from '../rule.js';

/** What files that travel together cannot be, in the order in which it is told. */
export const TRANSMISSION_RULES: readonly Rule[] = Object.freeze([]);
