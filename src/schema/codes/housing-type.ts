import { type CodeOf, defineCodes } from './define.js';

export const HOUSING_TYPE = defineCodes('居住形態', {
  '01': '自宅',
  '02': '借家',
  '03': '一戸建て',
  '04': '集合住宅',
  '05': '自宅・一戸建て',
  '06': '自宅・集合住宅',
  '07': '借家・一戸建て',
  '08': '借家・集合住宅',
});
export type HousingType = CodeOf<typeof HOUSING_TYPE>;
