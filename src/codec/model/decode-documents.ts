import { DOCUMENTS, type DocumentList, type Documents, type Issue, issue } from '../../schema/internal.js';
import { checkObject } from '../../schema/model/check.js';
import { layoutOf } from '../kinds.js';
import type { Transmission } from '../transmission.js';
import { readBasicInformation } from './basic-information.js';
import { readCarePlans } from './care-plan.js';
import { readPreventivePlans } from './preventive-plan.js';
import { Reading, type SourceImage, type UnplacedRow } from './reading.js';
import { isReadable, type Row, type SourceRow } from './row-table.js';
import { readActuals, readUsageSlips } from './usage-slip.js';
import { readWithdrawals } from './withdrawal.js';

const READERS: { readonly [K in DocumentList]: (reading: Reading) => Iterable<unknown> } = {
  carePlans: readCarePlans,
  usageSlips: readUsageSlips,
  actuals: readActuals,
  basicInformation: readBasicInformation,
  preventivePlans: readPreventivePlans,
  withdrawals: readWithdrawals,
};

export interface DecodedDocuments {
  /** The documents that could be put together; kinds without one are left out. */
  readonly documents: Documents;
  /** Rows that are part of no document, with the reason among the issues: nothing is lost. */
  readonly rest: readonly UnplacedRow[];
  /** Images that no document names. */
  readonly images: readonly SourceImage[];
  readonly issues: readonly Issue[];
}

/**
 * Puts the records of a transmission together into documents: care plans, slips, actuals, basic information, preventive
 * plans and withdrawals.
 *
 * Does not throw. A document of which a cell could not be read, or whose head (sheet 1, sheet 6 ...) is not there, is not
 * made; its rows are in `rest`. A document that can be read, but not written as it is, has warnings with the path into
 * `documents`. The issues of the files themselves are not told again. Sections 5 to 11 of the standard.
 */
export function decodeDocuments(
  transmission: Pick<Transmission, 'from' | 'to' | 'serial' | 'files' | 'images'>,
): DecodedDocuments {
  return documentsFrom(new Reading(rowsOf(transmission), transmission.images));
}

/** The documents that the rows of a reading make. */
export function documentsFrom(reading: Reading): DecodedDocuments {
  const documents: { [list: string]: unknown[] } = {};
  const issues: Issue[] = [];
  for (const list of Object.keys(READERS) as DocumentList[]) {
    const read = [...READERS[list](reading)];
    if (read.length > 0) documents[list] = read;
    read.forEach((document, i) => {
      const found = checkObject(DOCUMENTS[list], document, { at: [list, i], severity: 'warning' });
      for (const one of found) issues.push(one);
    });
  }
  for (const row of [...reading.table.left()]) leave(reading, row);
  for (const { path } of reading.images) {
    reading.issues.push(issue('document.strayImage', path === undefined ? {} : { file: path }));
  }
  return {
    documents: documents as Documents,
    rest: reading.rest,
    images: reading.images,
    issues: [...reading.issues, ...issues],
  };
}

/** A row whose document is not there: of another edition, or without its head. */
function leave(reading: Reading, row: SourceRow): void {
  if (!row.readable) reading.leave([row], 'document.unreadable');
  else {
    const { headedBy, accompanies = [] } = row.layout;
    reading.leave([row], 'document.head', row, { expected: headedBy ?? accompanies.join(', ') });
  }
}

function* rowsOf({ files, from, to, serial }: Omit<Transmission, 'images'>): Generator<SourceRow> {
  const envelope = { from, to, serial };
  for (const { kind, path, records, rows } of files) {
    const layout = layoutOf(kind);
    for (const [i, record] of (records as readonly Row[]).entries()) {
      const { row } = rows.at(i) ?? {};
      const place = { file: path, ...(row === undefined ? {} : { row }) };
      yield { layout, record, readable: isReadable(layout, record), envelope, ...place };
    }
  }
}
