import type { RuleVector } from '../rule-samples.js';

/** Vectors of the rules of scope set. */
export const SET_VECTORS: readonly RuleVector[] = [];
