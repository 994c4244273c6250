import type { RuleVector } from '../rule-samples.js';
import { rowOf } from '../rule-samples.js';

/** Vectors of the rules of one record. */
export const RECORD_VECTORS: readonly RuleVector[] = [
  {
    code: 'record.times',
    bases: ['slip'],
    break: (slip) => {
      const row = rowOf(slip, 'UPPLAN');
      row.startTime = '09:00';
      row.endTime = '9999';
    },
    at: { kind: 'UPPLAN', row: 1, field: 'endTime' },
    keep: (slip) => {
      const row = rowOf(slip, 'UPPLAN');
      row.startTime = '9999';
      row.endTime = '9999';
    },
  },
];
