import type { RuleVector } from '../rule-samples.js';

/** Vectors of the rules of scope file. */
export const FILE_VECTORS: readonly RuleVector[] = [];
