import { type CellKind, Fault, month, office } from '../schema/cell.js';
import { type EditionId, type IssueCode, type Layout, officeTypeOf, serviceTypeOf, V4_1 } from '../schema/internal.js';
import { given, imageOf } from './file-name-search.js';
import { layoutOf } from './kinds.js';
import { isSerial } from './serial.js';

/** A part of a name that is not as the standard wants it. */
export interface WrongPart {
  /** Its property: `from.officeNumber`. */
  readonly part: string;
  readonly code: IssueCode;
  readonly value: unknown;
  /** Its form; absent where the kind has no such part. */
  readonly expected?: string;
}

/** A name of which nothing is certain yet. */
interface AnyName {
  readonly kind: string;
  readonly month?: unknown;
  readonly from?: AnyAddress | undefined;
  readonly to?: AnyAddress | undefined;
  readonly serial?: unknown;
  readonly branch?: unknown;
}
interface AnyAddress {
  readonly officeNumber?: unknown;
  readonly serviceType?: unknown;
}

const layouts: readonly Layout[] = V4_1.layouts;
const MONTHS: ReadonlyMap<string, CellKind<string>> = new Map(
  layouts.filter((layout) => layout.monthInName).map((layout) => [layout.kind, month(layout.monthMarker)]),
);
const OFFICE = office();

/** The month in the names of a kind; undefined where they have none. */
export const monthOf = (kind: string): CellKind<string> | undefined => MONTHS.get(kind);

/**
 * Every part that an edition of the standard does not have so, in the order of the name (section 2); `monthForm` is how
 * one is written. Service types are told of 4.1 only: 3 has none, and those of 4.0 are of unknown form.
 */
export function* wrongParts(name: AnyName, monthForm: string, edition: EditionId): Generator<WrongPart> {
  const layout = layoutOf(name.kind, edition);
  const image = imageOf(name.kind);
  const wrong = (part: string, code: IssueCode, value: unknown, expected?: string): WrongPart => ({
    part,
    code,
    value,
    ...given('expected', expected),
  });

  if (!layout && !image) {
    yield wrong('kind', 'name.parts', name.kind, [...layouts, ...V4_1.images].map(({ kind }) => kind).join(', '));
  } else {
    const months = monthOf(name.kind);
    if (!months) {
      if (name.month !== undefined) yield wrong('month', 'name.month', name.month);
    } else if (months.write(name.month) instanceof Fault) {
      const form = months.marker === undefined ? monthForm : `${monthForm}, ${months.marker}`;
      yield wrong('month', 'name.month', name.month, form);
    }
  }
  for (const side of ['from', 'to'] as const) {
    const number = name[side]?.officeNumber;
    const type = name[side]?.serviceType;
    if (OFFICE.write(number) instanceof Fault) {
      yield wrong(`${side}.officeNumber`, 'name.officeNumber', number, '[0-9]{2}[0-9A-Z][0-9]{7}');
    }
    if (edition === V4_1.id && !isService(type) && !isOffice(type)) {
      yield wrong(`${side}.serviceType`, 'name.serviceType', type, 'SERVICE_TYPES, OFFICE_TYPES');
    }
  }
  const [sender, receiver] = [name.from?.serviceType, name.to?.serviceType];
  if (layout?.sentBy === 'service' && onlyManages(sender)) {
    // An entrusted office passes the actuals on to the centre (section 1): another type of care management.
    const passedOn = onlyManages(receiver) && receiver !== sender;
    if (!passedOn) yield wrong('from.serviceType', 'name.sender', sender, 'SERVICE_TYPES');
  }
  if (typeof name.serial !== 'string' || !isSerial(name.serial)) {
    yield wrong('serial', 'name.serial', name.serial, 'YYYYMMDDhhmmss');
  }
  if (image ? !isDigits(name.branch, image.branchDigits) : layout && name.branch !== undefined) {
    yield wrong('branch', 'name.parts', name.branch, image && `[0-9]{${image.branchDigits}}`);
  }
}

const isService = (type: unknown) => typeof type === 'string' && serviceTypeOf(type) !== undefined;
const isOffice = (type: unknown) => typeof type === 'string' && officeTypeOf(type) !== undefined;
const onlyManages = (type: unknown) => isOffice(type) && !isService(type);

const isDigits = (value: unknown, count: number) =>
  typeof value === 'string' && value.length === count && /^[0-9]+$/.test(value);
