import { FILE_RULES } from './file/index.js';
import { RECORD_RULES } from './record/index.js';
import type { Rule } from './rule.js';
import { SET_RULES } from './set/index.js';
import { TRANSMISSION_RULES } from './transmission/index.js';

/** What one cell cannot see. */
export const RULES: readonly Rule[] = Object.freeze([
  ...RECORD_RULES,
  ...FILE_RULES,
  ...TRANSMISSION_RULES,
  ...SET_RULES,
]);
