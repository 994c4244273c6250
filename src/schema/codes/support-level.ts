import { type CodeOf, defineCodes } from './define.js';

export const SUPPORT_LEVEL = defineCodes('要支援状態区分', {
  '1': '要支援１',
  '2': '要支援２',
  '3': '地域支援事業',
});
export type SupportLevel = CodeOf<typeof SUPPORT_LEVEL>;
