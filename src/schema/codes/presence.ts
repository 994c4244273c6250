import { type CodeOf, defineCodes } from './define.js';

export const PRESENCE = defineCodes('有無', {
  '1': '有',
  '2': '無',
});
export type Presence = CodeOf<typeof PRESENCE>;
