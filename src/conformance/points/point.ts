import type { Issue, IssueCode } from '../../schema/internal.js';
import type { Kit, KitRow } from '../kit.js';
import type { PatternId } from '../pattern.js';
import type { MustId } from './must.js';
import type { ShownId } from './show.js';

/**
 * `must`: what is wrong in any file. `show`: a situation that a sender has to be able to write, and that some file shows.
 * `may`: one that the standard leaves to the sender.
 */
export type Obligation = 'must' | 'show' | 'may';

/** What breaks a point, and where; no personal data, unless values were asked for. */
export interface Finding extends Pick<Issue, 'file' | 'row' | 'column' | 'columnName' | 'path' | 'message'> {
  /** The code of the checker, where it is one of its issues: `careplan check --explain CODE`. */
  readonly code?: IssueCode;
}

/** Where a situation is shown. */
export interface Place {
  readonly file: string;
  readonly row?: number;
}

interface PointBase {
  /** The section of the standard. */
  readonly section: string;
  readonly patterns: readonly PatternId[];
}

/** What every file keeps. */
export interface MustPoint extends PointBase {
  readonly id: MustId;
  readonly obligation: 'must';
  /** Issues that are about it: its errors fail the point. */
  readonly codes: readonly IssueCode[];
  /** Of these the ones that fail it even as a warning: a receiver goes on, and gets something wrong. */
  readonly strictly?: readonly IssueCode[];
  /** Issues that are about it whatever their code is about, and fail it. */
  claims?(issue: Issue): boolean;
  /** What the checker does not know. */
  find?(kit: Kit): Iterable<Finding>;
}

/** A situation. */
export interface ShownPoint extends PointBase {
  readonly id: ShownId;
  readonly obligation: 'show' | 'may';
  /** The first place where it is shown. */
  shown(kit: Kit): Place | undefined;
}

export type Point = MustPoint | ShownPoint;
export type PointId = Point['id'];

export const placeOf = ({ file, row }: Pick<KitRow, 'file' | 'row'>): Place =>
  row === undefined ? { file } : { file, row };

/** A finding at a row, at a column of its layout. */
export function findingAt(at: KitRow, name: string, message: Finding['message']): Finding {
  const column = at.layout.placed.find((one) => one.name === name);
  return { ...placeOf(at), ...(column ? { column: column.no, columnName: column.ja } : {}), message };
}
