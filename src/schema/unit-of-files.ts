import { V4_1 } from './editions/index.js';
import type { Layout } from './layout.js';

const V4_1_LAYOUTS: readonly Layout[] = V4_1.layouts;
const BY_KIND: ReadonlyMap<string, Layout> = new Map(V4_1_LAYOUTS.map((layout) => [layout.kind, layout]));

/** The heads that a file goes with: its own, or itself; those that a supplement may accompany. */
const headsOf = ({ kind, headedBy, accompanies }: Layout): readonly string[] => accompanies ?? [headedBy ?? kind];

/** The heads of these kinds of file, there or missing. A supplement has none by itself: it goes with several. */
export function headsIn(kinds: Iterable<string>): ReadonlySet<string> {
  const layouts = [...kinds].flatMap((kind) => BY_KIND.get(kind) ?? []);
  return new Set(layouts.flatMap((layout) => (layout.accompanies ? [] : headsOf(layout))));
}

/**
 * What is missing for these kinds of file to be whole transmission units (送信単位, section 1): of each head that they
 * have, or are part of, all its files, and its supplement. Images are not counted: only records name them.
 */
export function missingFiles(kinds: Iterable<string>, layouts: readonly Layout[] = V4_1_LAYOUTS): readonly Layout[] {
  const there = new Set(kinds);
  const heads = headsIn(there);
  return layouts.filter((layout) => !there.has(layout.kind) && headsOf(layout).some((head) => heads.has(head)));
}

/** The transmission unit that a head belongs to, by the head that it is named for: two heads may share one. */
export const unitOfHead = (head: string): string => BY_KIND.get(head)?.joins ?? head;
