import { type CodeOf, defineCodes } from './define.js';

export const CHECKLIST_RESULT = defineCodes('基本チェックリスト記入結果', {
  '1': '事業対象者の該当あり',
  '2': '事業対象者の該当なし',
});
export type ChecklistResult = CodeOf<typeof CHECKLIST_RESULT>;
