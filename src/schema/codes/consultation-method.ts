import { type CodeOf, defineCodes } from './define.js';

export const CONSULTATION_METHOD = defineCodes('相談方法', {
  '01': '来所',
  '02': '電話',
  '03': 'その他',
});
export type ConsultationMethod = CodeOf<typeof CONSULTATION_METHOD>;
