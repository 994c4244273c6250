import { type CodeOf, defineCodes } from './define.js';

export const CERTIFICATION_STATUS = defineCodes('認定状況区分', {
  '1': '申請中',
  '2': '認定済',
});
export type CertificationStatus = CodeOf<typeof CERTIFICATION_STATUS>;
