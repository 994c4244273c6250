import { UPHOSOKU } from '../../schema/editions/v4-1/UPHOSOKU.js';
import {
  IDENTITY,
  type Identity,
  SERVICE_TYPE_LIMITS,
  type ServiceUser,
  SUPPLEMENT,
  type Supplement,
} from '../../schema/model/service-user.js';
import { type Reading, take, takeSlots } from './reading.js';
import { keyOf, type Row, type SourceRow } from './row-table.js';
import { type Path, type Piece, piece, slotsPiece, type Writing } from './writing.js';

/** What stands in the key columns of the supplement that do not apply: 00000000 and 000000 (section 5). */
const MARKERS = Object.fromEntries(
  UPHOSOKU.placed.flatMap(({ name, kind }) => (kind.marker === undefined ? [] : [[name, kind.marker]])),
);

/** Whose document a row is of. */
export const readIdentity = (record: Row): Identity => take(IDENTITY, record) as Identity;

/** The person of a document, with the supplement that accompanies it, where it is there. */
export function readServiceUser(reading: Reading, record: Row, key: Row): ServiceUser {
  const identity = readIdentity(record);
  const rows = supplementRows(reading, identity, key);
  const row = rows.length > 0 && reading.accepts(rows) ? reading.one(rows) : undefined;
  if (!row) return identity;
  const supplement = {
    ...take(SUPPLEMENT, row.record),
    ...takeSlots('serviceTypeLimits', SERVICE_TYPE_LIMITS, row.record),
  } as Supplement;
  return { ...identity, supplement };
}

/** The supplement's rows; the part of its key that is not used should hold a marker, and may hold something else. */
function supplementRows(reading: Reading, identity: Identity, key: Row): readonly SourceRow[] {
  const rows = reading.table.take(UPHOSOKU, keyOf(UPHOSOKU, { ...MARKERS, ...identity, ...key }));
  if (rows.length > 0) return rows;
  const others = reading.table.takeWhere(UPHOSOKU, { ...identity, ...key });
  const unused = Object.keys(MARKERS).find((name) => !(name in key));
  if (others[0] && unused !== undefined)
    reading.tell(others[0], 'document.unusedKey', unused, { expected: MARKERS[unused] ?? '' });
  return others;
}

export const identityPiece = (serviceUser: Identity, path: Path): Piece =>
  piece(IDENTITY, serviceUser, [...path, 'serviceUser']);

/** Writes the supplement that accompanies a document with this key. */
export function writeSupplement(writing: Writing, serviceUser: ServiceUser, key: Piece, path: Path): void {
  const { supplement } = serviceUser;
  if (!supplement) return;
  const at = [...path, 'serviceUser', 'supplement'];
  writing.row(UPHOSOKU, [
    identityPiece(serviceUser, path),
    piece(SUPPLEMENT, supplement, at),
    slotsPiece(SERVICE_TYPE_LIMITS, supplement.serviceTypeLimits, [...at, 'serviceTypeLimits']),
    key,
    { names: Object.keys(MARKERS), values: MARKERS, path },
  ]);
}
