import type { Address } from '../address.js';

/** What a file's name says of the set it belongs to. */
export interface GroupedName {
  readonly from: Address;
  readonly to: Address;
  /** 14 digits. */
  readonly serial: string;
  readonly kind: string;
  /** The name as the standard writes it, whatever people made of it. */
  readonly name: string;
}

/** A file of a set, with its bytes as they lie there. */
export interface SetFile extends Pick<GroupedName, 'name' | 'kind'> {
  /** Not to be changed: they are what is given to the receiver. */
  readonly bytes: Uint8Array;
}

/** Reads a file's name; undefined where it tells no set. */
export type Grouping = (name: string) => GroupedName | undefined;

const OFFICE = '[0-9]{2}[0-9A-Z][0-9]{7}';
const TYPE = '[0-9A-Z]{2}';
const FORM = new RegExp(
  `^(?<kind>[A-Z0-9]+(?:_[A-Z]+[0-9]?)?)(?:_[0-9]{6})?` +
    `_(?<from>${OFFICE})_(?<fromType>${TYPE})_(?<to>${OFFICE})_(?<toType>${TYPE})_(?<serial>[0-9]{14})(?:_[0-9]{4})?` +
    `\\.(?:csv|jpg)$`,
  'i',
);

/**
 * The grouping where none is given: names exactly as edition 4.1 writes them, in any letter case; the set is what stands
 * behind the kind and its month, the two addresses and the serial. It knows no kinds.
 */
export const groupByName: Grouping = (name) => {
  const groups = FORM.exec(name)?.groups;
  if (!groups) return undefined;
  const { kind = '', from = '', fromType = '', to = '', toType = '', serial = '' } = groups;
  const upper = name.toUpperCase();
  return {
    from: { officeNumber: from.toUpperCase(), serviceType: fromType.toUpperCase() },
    to: { officeNumber: to.toUpperCase(), serviceType: toType.toUpperCase() },
    serial,
    kind: kind.toUpperCase(),
    name: upper.endsWith('.JPG') ? upper.replace(/\.JPG$/, '.jpg') : upper,
  };
};
