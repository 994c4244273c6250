import {
  type FileKind,
  type Issue,
  type IssueCode,
  type IssueDetails,
  issue,
  type Layout,
  type WrittenEdition,
} from '../../schema/internal.js';
import { pathText } from '../../schema/model/check.js';
import type { Part, Slots } from '../../schema/model/part.js';
import { layoutOf } from '../kinds.js';
import type { Row } from './row-table.js';

/** A place in the documents: `['usageSlips', 0, 'lines', 2]`. */
export type Path = readonly (string | number)[];

/** Some columns of a row, and the object that they come from. */
export interface Piece {
  /** The columns, filled or not. */
  readonly names: readonly string[];
  readonly values: Row;
  readonly path: Path;
  /** The column's property in the object, where it is another. */
  propertyOf?(column: string): Path;
}

/** An image that travels with the records. */
export interface OutgoingImage {
  readonly branch: string;
  readonly bytes: Uint8Array;
}

/** The rows that documents become, each column with its place in the documents. */
export class Writing {
  readonly records = new Map<FileKind, Row[]>();
  readonly images: OutgoingImage[] = [];
  readonly issues: Issue[] = [];
  private readonly pieces = new Map<string, (readonly Piece[])[]>();

  /** `imageName` makes the name of the image with a branch number. */
  constructor(
    readonly imageName: (branch: string) => string | undefined,
    private readonly edition: WrittenEdition,
  ) {}

  /**
   * Adds a row: a csvVersion, and the columns of the pieces in the order of the table. What the edition has no column for
   * is added behind, so that it is refused when the row is written, and not lost.
   */
  row({ kind: name }: Layout, pieces: readonly Piece[]): void {
    const kind = name as FileKind;
    const layout = layoutOf(kind, this.edition);
    if (!layout) {
      this.report('file.kind', pieces[0]?.path ?? [], { found: kind });
      return;
    }
    const record: Record<string, unknown> = {};
    for (const { name, kind: cell } of layout.placed) {
      const value = cell.constant ?? pieces.find(({ values }) => values[name] !== undefined)?.values[name];
      if (value !== undefined) record[name] = value;
    }
    for (const { values } of pieces) {
      for (const name of Object.keys(values)) if (!(name in layout.columns)) record[name] = values[name];
    }
    listIn(this.records, kind).push(record);
    listIn(this.pieces, kind).push(pieces);
  }

  /** Adds an image; no two may have the same branch number. */
  image(image: OutgoingImage, path: Path): void {
    if (this.images.some(({ branch }) => branch === image.branch)) {
      this.report('transmission.duplicate', [...path, 'branch'], { found: image.branch });
    }
    this.images.push(image);
  }

  report(code: IssueCode, path: Path, details: IssueDetails = {}): void {
    this.issues.push(issue(code, { path: pathText(path) }, details));
  }

  /** Where a column of a row comes from (`row` from 1); the first piece where it is of none. */
  pathOf(kind: string, row: number, column?: string): Path | undefined {
    const pieces = this.pieces.get(kind)?.[row - 1];
    const piece = pieces?.find(({ names }) => column !== undefined && names.includes(column)) ?? pieces?.[0];
    if (!piece) return undefined;
    return column === undefined ? piece.path : [...piece.path, ...(piece.propertyOf?.(column) ?? [column])];
  }
}

/** The columns of a part that an object holds. */
export function piece({ names }: Pick<Part, 'names'>, object: object, path: Path): Piece {
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const value = (object as Row)[name];
    if (value !== undefined) values[name] = value;
  }
  return { names, values, path };
}

/** The repeating columns of a list of entries. */
export function slotsPiece(part: Slots, list: readonly object[] | undefined, path: Path): Piece {
  const values: Record<string, unknown> = {};
  const places = new Map<string, Path>();
  list?.forEach((entry, i) => {
    part.columnsAt(i).forEach((column, n) => {
      const name = part.names[n] as string;
      places.set(column, [i, name]);
      if ((entry as Row)[name] !== undefined) values[column] = (entry as Row)[name];
    });
  });
  return { names: [...places.keys()], values, path, propertyOf: (column) => places.get(column) ?? [] };
}

function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
