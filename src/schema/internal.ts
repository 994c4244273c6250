/** What codec needs of schema beyond its public names. */
export { asciiText, SHORT_TEXT, shortText } from './cells/ascii.js';
export { characters, Fault, NOT_BARE, SHORT_CELL } from './cells/kind.js';
export * from './index.js';
export { narrow, readCell } from './layout.js';
export { CHARACTER_WORDS, type CharacterWords } from './messages/characters.js';
export { rulesEn } from './messages/rules/en.js';
export { rulesJa } from './messages/rules/ja.js';
export type { RuleCode } from './messages/rules/words.js';
export { withdrawnBy } from './model/withdrawal.js';
export { RULES } from './rules/index.js';
export type * from './rules/rule.js';
export { headsIn, missingFiles } from './unit-of-files.js';
