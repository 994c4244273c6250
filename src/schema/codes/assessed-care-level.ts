import { type CodeOf, defineCodes } from './define.js';

export const ASSESSED_CARE_LEVEL = defineCodes('要介護状態区分（利用者基本情報）', {
  '01': '非該当',
  '12': '要支援１',
  '13': '要支援２',
  '21': '要介護１',
  '22': '要介護２',
  '23': '要介護３',
  '24': '要介護４',
  '25': '要介護５',
});
export type AssessedCareLevel = CodeOf<typeof ASSESSED_CARE_LEVEL>;
