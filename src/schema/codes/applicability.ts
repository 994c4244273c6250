import { type CodeOf, defineCodes } from './define.js';

export const APPLICABILITY = defineCodes('該当・非該当', {
  '0': '非該当',
  '1': '該当',
});
export type Applicability = CodeOf<typeof APPLICABILITY>;
