import { decodeMs932, encodeMs932, type OnUnencodable } from '../../src/codec/ms932.js';
import type { Issue } from '../../src/schema/internal.js';

/** Clusters of several code points, none of them in MS932. */
export const FAMILY = '👨\u200d👩\u200d👧';
export const FLAG = '🇯🇵';

/** An issue in short: its code without `char.`, place, code points, and what was written. */
const short = ({ code, index, codePoints, replacement }: Issue) =>
  [code.slice(5), index, codePoints?.join(' '), ...(replacement === undefined ? [] : [replacement])] as const;

/** What a text becomes in MS932, read again, and the issues in short. */
export function encode(text: string, onUnencodable: OnUnencodable = 'error') {
  const { bytes, issues } = encodeMs932(text, { onUnencodable });
  return { text: decodeMs932(bytes).text, issues: issues.map(short) };
}
