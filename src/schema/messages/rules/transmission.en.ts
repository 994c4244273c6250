import type { RuleWords } from './words.js';

export const transmissionEn = {} as const satisfies Readonly<Record<string, RuleWords>>;
