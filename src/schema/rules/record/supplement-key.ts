import { recordRule } from '../rule.js';
import { markerOf, SUPPLEMENT_KEYS, supplementKeys } from './supplement.js';

/** A supplement without the key that it needs (section 5). */
export const supplementKey = recordRule({
  code: 'record.supplementKey',
  section: '5',
  columns: SUPPLEMENT_KEYS,
  of: ({ monthMarker }) => monthMarker !== undefined,
  check(record, report, file) {
    const isEmpty = (key: (typeof SUPPLEMENT_KEYS)[number]) => record[key] === markerOf(key, file);
    const { used } = supplementKeys(file) ?? {};
    if (used === undefined ? SUPPLEMENT_KEYS.every(isEmpty) : isEmpty(used)) report(used ?? SUPPLEMENT_KEYS[0]);
  },
});
