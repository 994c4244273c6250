import type { Layout } from '../../layout.js';
import { supplementKeys } from '../record/supplement.js';
import type { Cells, ColumnName, TransmissionFile } from '../rule.js';

/** Where the first row of a unit stands. */
export interface UnitPlace {
  readonly file: TransmissionFile;
  readonly index: number;
}

/** The column at which a person is told of. */
export const PERSON = 'insuredPersonNumber';

/** The files that rows of others belong to; withdrawals and actuals are whole in themselves. */
export const isHead = ({ headedBy, accompanies, withdraws }: Layout): boolean =>
  headedBy === undefined && accompanies === undefined && withdraws === undefined;

/** The files of one kind. */
export const filesOfKind = (files: readonly TransmissionFile[], kind: string | undefined): TransmissionFile[] =>
  files.filter(({ layout }) => layout.kind === kind);

/** Whether every row of these files was read and has its key: else nobody can be said to be missing from them. */
export const areComplete = (files: readonly TransmissionFile[]): boolean =>
  files.every(
    ({ whole, records, units }) =>
      whole && units.reduce((sum, unit) => sum + unit.indexes.length, 0) === records.length,
  );

/** The units of files by their key in some columns, with the first row of each. */
export function unitsBy(files: readonly TransmissionFile[], { unitKey }: Layout): ReadonlyMap<string, UnitPlace> {
  const places = new Map<string, UnitPlace>();
  for (const file of files) {
    for (const { indexes } of file.units) {
      const [index = 0] = indexes;
      const record = file.records[index] as Cells;
      const key = unitKey.map((name) => record[name as ColumnName] ?? '').join(' ');
      if (!places.has(key)) places.set(key, { file, index });
    }
  }
  return places;
}

/**
 * The first row of each unit of a file that others have no row of; none where a row of those may be missing, or all of them
 * are empty, which is told of the files.
 */
export function* unitsWithout(file: TransmissionFile, others: readonly TransmissionFile[]): Generator<number> {
  if (!areComplete(others) || others.every(({ records }) => records.length === 0)) return;
  const known = unitsBy(others, file.layout);
  for (const [key, { index }] of unitsBy([file], file.layout)) if (!known.has(key)) yield index;
}

/** Whether a file is a supplement that goes with a head: the month in its name tells with which (section 2). */
export function supplements(file: TransmissionFile, head: Layout): boolean {
  if (!file.layout.accompanies?.includes(head.kind)) return false;
  const { used } = supplementKeys(file) ?? {};
  return used === undefined || head.unitKey.includes(used);
}
