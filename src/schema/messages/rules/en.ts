import { fileEn } from './file.en.js';
import { recordEn } from './record.en.js';
import { setEn } from './set.en.js';
import { transmissionEn } from './transmission.en.js';

/** What is said of the rules in English. */
export const rulesEn = { ...recordEn, ...fileEn, ...transmissionEn, ...setEn } as const;
