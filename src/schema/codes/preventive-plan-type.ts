import { type CodeOf, defineCodes } from './define.js';

export const PREVENTIVE_PLAN_TYPE = defineCodes('計画種類', {
  '1': '介護予防支援',
  '2': '介護予防ケアマネジメント',
});
export type PreventivePlanType = CodeOf<typeof PREVENTIVE_PLAN_TYPE>;
