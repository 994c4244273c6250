import { type CodeOf, defineCodes } from './define.js';

export const PLAN_CATEGORY = defineCodes('計画書区分', {
  '11': '初回',
  '12': '紹介',
  '21': '継続',
  '51': '初回＆紹介',
  '52': '初回＆継続',
  '53': '紹介＆継続',
  '54': '初回＆紹介＆継続',
});
export type PlanCategory = CodeOf<typeof PLAN_CATEGORY>;
