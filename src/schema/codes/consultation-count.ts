import { type CodeOf, defineCodes } from './define.js';

export const CONSULTATION_COUNT = defineCodes('相談回数', {
  '01': '初回',
  '02': '再来',
});
export type ConsultationCount = CodeOf<typeof CONSULTATION_COUNT>;
