import { type CodeOf, defineCodes } from './define.js';

export const WEEKDAY = defineCodes('曜日', {
  '1': '月曜日',
  '2': '火曜日',
  '3': '水曜日',
  '4': '木曜日',
  '5': '金曜日',
  '6': '土曜日',
  '7': '日曜日',
});
export type Weekday = CodeOf<typeof WEEKDAY>;
