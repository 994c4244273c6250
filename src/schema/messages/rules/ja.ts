import { fileJa } from './file.ja.js';
import { recordJa } from './record.ja.js';
import { setJa } from './set.ja.js';
import { transmissionJa } from './transmission.ja.js';
import type { RuleCode, RuleWordsOf } from './words.js';

/** What is said of the rules in Japanese. */
export const rulesJa: RuleWordsOf<RuleCode> = { ...recordJa, ...fileJa, ...transmissionJa, ...setJa };
