import type { Layout } from '../../layout.js';
import type { ColumnName } from '../rule.js';

/** Columns that are the beginning and the end of something. */
export const PAIRS_OF_TIMES = [
  ['startTime', 'endTime'],
  ['activityStartTime', 'activityEndTime'],
] as const satisfies readonly (readonly [ColumnName, ColumnName])[];

export const hasTimes = ({ columns }: Layout): boolean => PAIRS_OF_TIMES.some(([start]) => start in columns);

/** What stands where a service has no time of day. */
export const NO_TIME = '9999';
