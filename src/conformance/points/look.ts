import { encodeMs932 } from '../../codec/internal.js';
import {
  type Cells,
  type ColumnName,
  type DocumentList,
  type DocumentOf,
  type Documents,
  serviceTypeOf,
} from '../../schema/internal.js';
import { type Kit, type KitRow, servedBy } from '../kit.js';
import { headOf } from '../pattern.js';
import { unitsOf } from './own.js';
import { type Place, placeOf } from './point.js';

type Look = (kit: Kit) => Place | undefined;

/** A row for which something holds. */
export const inRow =
  (holds: (record: Cells, at: KitRow) => boolean): Look =>
  ({ transmissions }) => {
    for (const { rows } of transmissions) {
      const at = rows.find((row) => holds(row.record, row));
      if (at) return placeOf(at);
    }
    return undefined;
  };

/** A row of a service for which something holds: no subtotal, nothing of sheet 7. */
export const inService = (holds: (record: Cells) => boolean): Look =>
  inRow((record) => record.serviceDate !== undefined && holds(record));

/** A text in which something stands. */
export const inText = (holds: (text: string) => boolean): Look =>
  inRow((record, { layout }) =>
    layout.placed.some(({ name, kind }) => {
      const value = record[name as ColumnName];
      return kind.quoted && typeof value === 'string' && holds(value);
    }),
  );

/** A character whose code in MS932 lies between two others. */
export const hasCodeIn =
  (first: number, last: number) =>
  (text: string): boolean =>
    [...text].some((character) => {
      if (character <= '\u007f') return false;
      const [lead = 0, trail] = encodeMs932(character).bytes;
      const code = trail === undefined ? lead : lead * 256 + trail;
      return code >= first && code <= last;
    });

/** A document of a list for which something holds. */
export const inDocument =
  <K extends DocumentList>(list: K, holds: (document: DocumentOf<K>) => boolean): Look =>
  ({ transmissions }) => {
    const found = transmissions.find(({ documents }) =>
      (documents as Documents)[list]?.some((one) => holds(one as never)),
    );
    return found && placeIn(found);
  };

const placeIn = ({ files }: Kit['transmissions'][number]): Place => ({ file: files[0]?.path ?? '' });

/** Several persons in a file that heads the pattern. */
export const severalPersons: Look = ({ pattern, transmissions }) => {
  for (const { rows } of transmissions) {
    const persons = new Map<string, KitRow>();
    for (const at of rows) {
      if (at.layout.kind !== pattern.head) continue;
      const { insurerNumber, insuredPersonNumber } = at.record;
      persons.set(`${insurerNumber} ${insuredPersonNumber}`, at);
    }
    const second = [...persons.values()][1];
    if (second) return placeOf(second);
  }
  return undefined;
};

/** One office number that is addressed by two service types. */
export const twoTypes: Look = ({ pattern, transmissions }) => {
  const isReverse = headOf(pattern).sentBy === 'service';
  const known = new Map<string, string | undefined>();
  for (const one of transmissions) {
    const { officeNumber, serviceType } = isReverse ? one.from : one.to;
    if (known.has(officeNumber) && known.get(officeNumber) !== serviceType) return placeIn(one);
    known.set(officeNumber, serviceType);
  }
  return undefined;
};

/** Services of two offices in one person's slip. */
export const severalOffices: Look = ({ pattern, transmissions }) => {
  for (const { rows } of transmissions) {
    for (const unit of unitsOf(rows.filter(({ layout }) => layout.kind === pattern.head))) {
      const other = unit.find(({ record }) => record.serviceOfficeNumber !== unit[0]?.record.serviceOfficeNumber);
      if (other) return placeOf(other);
    }
  }
  return undefined;
};

/** Documents of one person that go to several offices: two receivers of one pattern. */
export const severalReceivers: Look = ({ transmissions }) => {
  const [first, ...others] = transmissions;
  const other = others.find(({ to }) => to.officeNumber !== first?.to.officeNumber);
  return other && placeIn(other);
};

/** What replaces what: a document that the same pair of offices had in an earlier transmission. */
export const correction: Look = ({ pattern, transmissions }) => {
  const known = new Map<string, string>();
  for (const { from, to, serial, rows } of transmissions) {
    for (const [at] of unitsOf(rows.filter(({ layout }) => layout.kind === pattern.head))) {
      if (!at) continue;
      const { unitKey } = at.layout;
      const values = unitKey.map((name) => (name === 'serviceCode' ? 'type' : at.record[name as ColumnName]));
      const type = unitKey.includes('serviceCode') ? servedBy(at.record)?.slice(0, 2) : undefined;
      const key = JSON.stringify([from, to, values, type]);
      const earlier = known.get(key);
      if (earlier !== undefined && earlier !== serial) return placeOf(at);
      known.set(key, serial);
    }
  }
  return undefined;
};

/** A withdrawal of what the pattern is about. */
export const withdrawal: Look = (kit) => inRow((_, { layout }) => layout.withdraws === kit.pattern.head)(kit);

/** A service of a programme, for which something holds. */
export const ofProgram = (program: string, holds: (record: Cells) => boolean = () => true): Look =>
  inService((record) => serviceTypeOf((servedBy(record) ?? '').slice(0, 2))?.program === program && holds(record));
