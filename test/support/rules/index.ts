import type { RuleVector } from '../rule-samples.js';
import { FILE_VECTORS } from './file.js';
import { RECORD_VECTORS } from './record.js';
import { SET_VECTORS } from './set.js';
import { TRANSMISSION_VECTORS } from './transmission.js';

/** For every rule what breaks exactly it, and what does not. */
export const RULE_VECTORS: readonly RuleVector[] = [
  ...RECORD_VECTORS,
  ...FILE_VECTORS,
  ...TRANSMISSION_VECTORS,
  ...SET_VECTORS,
];
