import { type CodeOf, defineCodes } from './define.js';

export const INSURANCE_COVERAGE = defineCodes('保険対象区分', {
  Y: '対象',
  N: '対象外',
});
export type InsuranceCoverage = CodeOf<typeof INSURANCE_COVERAGE>;
