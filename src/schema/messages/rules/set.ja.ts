import type { setEn } from './set.en.js';
import type { RuleWordsOf } from './words.js';

export const setJa: RuleWordsOf<keyof typeof setEn> = {};
