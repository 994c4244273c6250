import { type CodeOf, defineCodes } from './define.js';

export const ENTRUSTMENT = defineCodes('委託の有無', {
  '1': '自前',
  '2': '委託',
});
export type Entrustment = CodeOf<typeof ENTRUSTMENT>;
