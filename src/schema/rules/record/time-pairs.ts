import type { Layout } from '../../layout.js';
import type { Cells } from '../rule.js';

/** Columns that are the beginning and the end of something. */
export const PAIRS_OF_TIMES = [
  ['startTime', 'endTime'],
  ['activityStartTime', 'activityEndTime'],
] as const;
export type PairName = (typeof PAIRS_OF_TIMES)[number][number];

/** Both times of a pair, undefined where there is no time of day; nothing where the cells say nothing that can be judged. */
export function timesOf(
  record: Cells<PairName>,
  [startName, endName]: readonly [PairName, PairName],
  { columns }: Layout,
): { readonly start: string | undefined; readonly end: string | undefined } | undefined {
  const column = columns[startName];
  if (!column) return undefined;
  const start = record[startName];
  const end = record[endName];
  // An empty required cell is told already.
  if (column.required && (start === undefined || end === undefined)) return undefined;
  const { marker } = column.kind;
  return { start: start === marker ? undefined : start, end: end === marker ? undefined : end };
}
