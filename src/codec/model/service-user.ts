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
import { keyOf, type Row } from './row-table.js';
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
  const rows = reading.table.take(UPHOSOKU, keyOf(UPHOSOKU, { ...MARKERS, ...identity, ...key }));
  const row = rows.length > 0 && reading.accepts(rows) ? reading.one(rows) : undefined;
  if (!row) return identity;
  const supplement = {
    ...take(SUPPLEMENT, row.record),
    ...takeSlots('serviceTypeLimits', SERVICE_TYPE_LIMITS, row.record),
  } as Supplement;
  return { ...identity, supplement };
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
