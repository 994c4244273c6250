import { Problem } from './problem.js';

/** Where a list goes on: after a number of a mailbox. The letter tells lists apart. */
export const formatCursor = (list: 'i' | 's', after: number): string => `${list}${after}`;

export function parseCursor(list: 'i' | 's', cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const digits = new RegExp(`^${list}(0|[1-9][0-9]{0,14})$`).exec(cursor)?.[1];
  if (digits === undefined) throw new Problem('cursor-invalid');
  return Number(digits);
}

export interface PageOf<T> {
  readonly items: readonly T[];
  /** Where the list goes on, now or when there is more. */
  readonly next: string;
  readonly more: boolean;
}
