import type { transmissionEn } from './transmission.en.js';
import type { RuleWordsOf } from './words.js';

export const transmissionJa: RuleWordsOf<keyof typeof transmissionEn> = {};
