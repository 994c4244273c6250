import { type CodeOf, defineCodes } from './define.js';

export const HOUSEKEEPING_REASON = defineCodes('生活援助中心型の算定理由', {
  '1': '一人暮らし',
  '2': '家族等が障害、疾病等',
  '3': 'その他',
});
export type HousekeepingReason = CodeOf<typeof HOUSEKEEPING_REASON>;
