import type { AnyKind, CellType } from '../cell.js';
import type { IssueCode, IssueDetails, IssuePlace } from '../issue.js';
import type { PlacedColumn } from '../layout.js';

/** The sentences of one language. */
export interface Messages {
  where(place: IssuePlace): string;
  /** What a cell of a kind looks like in the file. */
  kinds: Readonly<Record<CellType, (kind: AnyKind) => string>>;
  codes: Readonly<Record<IssueCode, (details: IssueDetails, column: PlacedColumn | undefined) => string>>;
}
