import { type CodeOf, defineCodes } from './define.js';

export const LIVING_SITUATION = defineCodes('利用者の現況', {
  '01': '在宅',
  '02': '入院又は入所中',
});
export type LivingSituation = CodeOf<typeof LIVING_SITUATION>;
