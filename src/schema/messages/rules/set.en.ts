import type { RuleWords } from './words.js';

export const setEn = {} as const satisfies Readonly<Record<string, RuleWords>>;
