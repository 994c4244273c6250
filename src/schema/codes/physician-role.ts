import { type CodeOf, defineCodes } from './define.js';

export const PHYSICIAN_ROLE = defineCodes('主治医・意見作成者フラグ', {
  '1': '主治医',
  '2': 'それ以外',
});
export type PhysicianRole = CodeOf<typeof PHYSICIAN_ROLE>;
