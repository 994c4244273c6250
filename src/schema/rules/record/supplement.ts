import type { FileFacts } from '../rule.js';

/** The columns that tie a supplement to a care plan or to a slip: one is used, the other holds its marker. */
export const SUPPLEMENT_KEYS = ['planDate', 'serviceMonth'] as const;
type Key = (typeof SUPPLEMENT_KEYS)[number];

/** Which key a supplement uses, and which not: the month in its name tells; where it has none, `undefined`. */
export function supplementKeys({ layout, month }: FileFacts): { readonly used: Key; readonly unused: Key } | undefined {
  if (month === undefined) return undefined;
  return month === layout.monthMarker
    ? { used: 'planDate', unused: 'serviceMonth' }
    : { used: 'serviceMonth', unused: 'planDate' };
}

/** The marker of a key: 00000000, 000000. */
export const markerOf = (key: Key, { layout }: FileFacts): string | undefined => layout.columns[key]?.kind.marker;
