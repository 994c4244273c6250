import type { fileEn } from './file.en.js';
import type { RuleWordsOf } from './words.js';

export const fileJa: RuleWordsOf<keyof typeof fileEn> = {};
