import { recordRule } from '../rule.js';
import { markerOf, SUPPLEMENT_KEYS, supplementKeys } from './supplement.js';

/** A supplement whose unused key holds a value (section 5). */
export const supplementUnusedKey = recordRule({
  code: 'record.supplementUnusedKey',
  reading: 'warning',
  section: '5',
  columns: SUPPLEMENT_KEYS,
  of: ({ monthMarker }) => monthMarker !== undefined,
  check(record, report, file) {
    const isFilled = (key: (typeof SUPPLEMENT_KEYS)[number]) =>
      record[key] !== undefined && record[key] !== markerOf(key, file);
    const { unused } = supplementKeys(file) ?? {};
    if (unused === undefined ? !SUPPLEMENT_KEYS.every(isFilled) : !isFilled(unused)) return;
    const column = unused ?? 'serviceMonth';
    const expected = markerOf(column, file);
    report(column, expected === undefined ? {} : { expected });
  },
});
