import { type CodeOf, defineCodes } from './define.js';

export const PHYSICAL_INDEPENDENCE = defineCodes('障害高齢者の日常生活自立度', {
  '01': '自立',
  '11': 'J1',
  '12': 'J2',
  '21': 'A1',
  '22': 'A2',
  '31': 'B1',
  '32': 'B2',
  '41': 'C1',
  '42': 'C2',
});
export type PhysicalIndependence = CodeOf<typeof PHYSICAL_INDEPENDENCE>;
