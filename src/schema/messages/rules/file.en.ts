import type { RuleWords } from './words.js';

export const fileEn = {} as const satisfies Readonly<Record<string, RuleWords>>;
