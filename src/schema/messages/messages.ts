import type { AnyKind, CellType } from '../cell.js';
import type { IssueCode, IssueDetails, IssuePlace } from '../issue.js';
import type { PlacedColumn } from '../layout.js';

/** The sentences of one language. */
export interface Messages {
  where(place: IssuePlace): string;
  /** Follows a sentence about an error whose meaning was certain, so that it became a warning. */
  readonly readAllTheSame: string;
  /** What a cell of a kind looks like in the file. */
  kinds: Readonly<Record<CellType, (kind: AnyKind) => string>>;
  codes: Readonly<Record<IssueCode, (details: IssueDetails, column: PlacedColumn | undefined) => string>>;
}
