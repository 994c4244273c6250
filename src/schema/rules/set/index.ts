import type { Rule } from '../rule.js';
import { replacement } from './replacement.js';
import { serial } from './serial.js';
import { twoNumbers } from './two-numbers.js';
import { withdrawal } from './withdrawal.js';

/** What transmissions cannot be together, in the order in which it is told. */
export const SET_RULES: readonly Rule[] = Object.freeze([serial, withdrawal, replacement, twoNumbers]);
