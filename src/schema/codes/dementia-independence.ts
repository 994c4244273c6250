import { type CodeOf, defineCodes } from './define.js';

export const DEMENTIA_INDEPENDENCE = defineCodes('認知症高齢者の日常生活自立度', {
  '01': '自立',
  '02': 'Ⅰ',
  '03': 'Ⅱａ',
  '04': 'Ⅱｂ',
  '05': 'Ⅲａ',
  '06': 'Ⅲｂ',
  '07': 'Ⅳ',
  '08': 'Ｍ',
});
export type DementiaIndependence = CodeOf<typeof DEMENTIA_INDEPENDENCE>;
