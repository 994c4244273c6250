import { type CodeOf, defineCodes } from './define.js';

export const ILLNESS_COURSE = defineCodes('経過', {
  '01': '治療中',
  '02': '経過観察中',
  '03': 'その他',
});
export type IllnessCourse = CodeOf<typeof ILLNESS_COURSE>;
