import type { ParsedAddress } from '../../codec/internal.js';
import {
  DOCUMENT_LISTS,
  DOCUMENTS,
  type DocumentList,
  type DocumentOf,
  type Documents,
  documentKey,
  mask,
  type PlacedColumn,
} from '../../schema/internal.js';
import { lookUp, pathText } from '../../schema/model/check.js';
import { COMPARE } from '../words/compare.js';
import { type Apart, differ, type Path } from './differ.js';
import { leavesIn, textOf } from './match.js';

/** Documents that were sent from one office to another; of those without addresses only the content is compared. */
export interface AddressedDocuments {
  readonly from?: ParsedAddress;
  readonly to?: ParsedAddress;
  readonly documents: Documents;
}

/** One thing that is not as it was expected. */
export interface Difference {
  readonly kind: Apart['kind'];
  /** `document`: a whole one; `entry`: a row or a part of one; `field`: a value; `address`: of sender or receiver. */
  readonly of: 'document' | 'entry' | 'field' | 'address';
  /** Where it was expected: `transmissions[0].documents.usageSlips[1].lines[2].units`; absent of what is too much. */
  readonly expectedPath?: string;
  /** Where it was found; absent of what is missing. */
  readonly foundPath?: string;
  /** The column that it stands for: its number and its Japanese name. */
  readonly column?: number;
  readonly columnName?: string;
  /** Shapes of the values, the values themselves where they were asked for. */
  readonly expected?: string;
  readonly found?: string;
  readonly message: { readonly ja: string; readonly en: string };
}

export interface CompareOptions {
  /** Put values into differences instead of their shapes: they may be personal data. */
  readonly showValues?: boolean;
  /** Names of properties that are not compared: `createdOn`, where a form was filled in on another day. */
  readonly ignore?: readonly string[];
}

/** What two sets of documents have in common, and what not. */
export interface Comparison {
  readonly equal: boolean;
  /** How many documents were expected, and how many were found. */
  readonly expected: number;
  readonly found: number;
  readonly differences: readonly Difference[];
}

interface Item {
  readonly list: DocumentList;
  readonly key: string;
  readonly addresses: string;
  readonly given: AddressedDocuments;
  readonly document: DocumentOf<DocumentList>;
  /** The transmission's place, and the document's. */
  readonly at: Path;
  readonly path: Path;
}

/**
 * Compares documents with those that were expected, field by field: which are missing, which are too much, what differs.
 *
 * Documents are paired by kind, key, sender and receiver, those that replace each other in their order; serials are not
 * compared. Rows have no order where the standard numbers none: lines, days, rows of sheet 7, the week, the schedule.
 */
export function compareDocuments(
  expected: readonly AddressedDocuments[],
  found: readonly AddressedDocuments[],
  options: CompareOptions = {},
): Comparison {
  const ignored = new Set(options.ignore);
  const [left, right] = [itemsOf(expected), itemsOf(found)];
  const [missing, extra] = [new Set(left), new Set(right)];
  const pairs: (readonly [Item, Item])[] = [];
  const count = (a: Item, b: Item): number => [...differ(a.document, b.document, ignored)].length;
  const pair = (isPair: (a: Item, b: Item) => boolean): void => {
    const candidates = [...missing].flatMap((a) =>
      [...extra].flatMap((b) => (isPair(a, b) ? [{ a, b, apart: count(a, b) }] : [])),
    );
    for (const { a, b } of candidates.sort((x, y) => x.apart - y.apart)) {
      if (!missing.has(a) || !extra.has(b)) continue;
      missing.delete(a);
      extra.delete(b);
      pairs.push([a, b]);
    }
  };
  const isSame = (a: Item, b: Item) => a.list === b.list && a.key === b.key;
  const isBetween = (a: Item, b: Item) => a.addresses === '' || b.addresses === '' || a.addresses === b.addresses;
  pair((a, b) => isSame(a, b) && isBetween(a, b));
  pair(isSame);
  const isLike = (a: Item, b: Item) => a.list === b.list && count(a, b) * 2 < leavesIn(a.document);
  pair((a, b) => isBetween(a, b) && isLike(a, b));

  const differences = [
    ...inOrder(pairs, left).flatMap(([a, b]) => [
      ...addressDifferences(a, b, options),
      ...fieldDifferences(a, b, ignored, options),
    ]),
    ...[...missing].map((one) => whole('missing', one)),
    ...[...extra].map((one) => whole('extra', one)),
  ];
  return { equal: differences.length === 0, expected: left.length, found: right.length, differences };
}

/** Pairs in the order in which they were expected. */
const inOrder = (pairs: readonly (readonly [Item, Item])[], left: readonly Item[]): (readonly [Item, Item])[] => {
  const found = new Map(pairs);
  return left.flatMap((a) => {
    const b = found.get(a);
    return b ? [[a, b] as const] : [];
  });
};

function itemsOf(all: readonly AddressedDocuments[]): Item[] {
  return all.flatMap((given, i) =>
    DOCUMENT_LISTS.flatMap((list) =>
      (given.documents[list] ?? []).map((document, j): Item => {
        const at = ['transmissions', i];
        const addresses = given.from && given.to ? textOf([given.from, given.to]) : '';
        return {
          list,
          key: documentKey(document),
          addresses,
          given,
          document,
          at,
          path: [...at, 'documents', list, j],
        };
      }),
    ),
  );
}

function whole(kind: 'missing' | 'extra', { list, path }: Item): Difference {
  const at = pathText(path);
  const message = COMPARE.document(kind, list);
  return { kind, of: 'document', ...(kind === 'missing' ? { expectedPath: at } : { foundPath: at }), message };
}

function addressDifferences(a: Item, b: Item, { showValues }: CompareOptions): Difference[] {
  if (a.addresses === '' || b.addresses === '' || a.addresses === b.addresses) return [];
  const sides = ({ from, to }: AddressedDocuments) => ({ from, to });
  return [...differ(sides(a.given), sides(b.given), new Set())].map((one): Difference => {
    const values = valuesOf(one, showValues);
    const name = String(one.expectedAt[0]) === 'from' ? ('from' as const) : ('to' as const);
    return {
      kind: one.kind,
      of: 'address',
      expectedPath: pathText([...a.at, ...one.expectedAt]),
      foundPath: pathText([...b.at, ...one.foundAt]),
      ...values,
      message: COMPARE.address(name, values),
    };
  });
}

function fieldDifferences(a: Item, b: Item, ignored: ReadonlySet<string>, options: CompareOptions): Difference[] {
  return [...differ(a.document, b.document, ignored)].map((one): Difference => {
    const [item, at] = one.kind === 'extra' ? [b, one.foundAt] : [a, one.expectedAt];
    const column = columnAt(item, at);
    const isEntry = typeof (one.expected ?? one.found) === 'object';
    const values = isEntry ? {} : valuesOf(one, options.showValues);
    return {
      kind: one.kind,
      of: isEntry ? 'entry' : 'field',
      ...(one.kind === 'extra' ? {} : { expectedPath: pathText([...a.path, ...one.expectedAt]) }),
      ...(one.kind === 'missing' ? {} : { foundPath: pathText([...b.path, ...one.foundAt]) }),
      ...(column ? { column: column.no, columnName: column.ja } : {}),
      ...values,
      message: isEntry ? COMPARE.entry(one.kind, at) : COMPARE.field(one.kind, column, values),
    };
  });
}

const columnAt = ({ list, document }: Item, at: Path): PlacedColumn | undefined =>
  lookUp(DOCUMENTS[list], document, at).column;

function valuesOf({ expected, found }: Apart, showValues = false): { expected?: string; found?: string } {
  const text = (value: unknown) => (showValues ? String(value) : mask(String(value)));
  return {
    ...(expected === undefined ? {} : { expected: text(expected) }),
    ...(found === undefined ? {} : { found: text(found) }),
  };
}
