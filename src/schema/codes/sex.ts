import { type CodeOf, defineCodes } from './define.js';

export const SEX = defineCodes('利用者性別', {
  '1': '男性',
  '2': '女性',
});
export type Sex = CodeOf<typeof SEX>;
