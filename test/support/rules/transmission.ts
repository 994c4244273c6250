import type { RuleVector } from '../rule-samples.js';

/** Vectors of the rules of scope transmission. */
export const TRANSMISSION_VECTORS: readonly RuleVector[] = [];
