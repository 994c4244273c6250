import { type CodeOf, defineCodes } from './define.js';

export const NECESSITY = defineCodes('要否', {
  '1': '要',
  '2': '否',
});
export type Necessity = CodeOf<typeof NECESSITY>;
