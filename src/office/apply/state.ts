import type { Envelope, Row } from '../../codec/internal.js';
import { type FileKind, type Layout, V4_1 } from '../../schema/internal.js';

/**
 * What is known of one unit of a file: its records, or that it was withdrawn, and by which transmission.
 *
 * A unit is what the standard replaces at once: the rows of one file with the same `unitKey` (section 5).
 */
export type StatePart = Envelope & { readonly kind: FileKind; readonly key: readonly unknown[] } & (
    | { readonly withdrawn: true; readonly records?: undefined; readonly images?: undefined }
    | {
        readonly withdrawn?: undefined;
        readonly records: readonly Row[];
        /** The images that came with the records, in base64, by the branch number of their names. */
        readonly images?: readonly { readonly branch: string; readonly base64: string }[];
      }
  );

/** What an office has received: plain data that can be kept as JSON. */
export interface OfficeState {
  readonly parts: Readonly<Record<string, StatePart>>;
}

/** The state of an office that has received nothing. */
export const emptyState = (): OfficeState => ({ parts: {} });

/** The name of a unit in a state. */
export const partName = ({ kind, key }: Pick<StatePart, 'kind' | 'key'>): string => `${kind} ${JSON.stringify(key)}`;

const layouts: readonly Layout[] = V4_1.layouts;

/** The files that go when rows of a head are withdrawn: the head's, and those subordinate to it (section 5). */
export const withdrawnWith = (head: string): readonly Layout[] =>
  layouts.filter(({ kind, headedBy }) => kind === head || headedBy === head);

/** 0 for the same; more than 0 where `one` comes later: by serial. The rest only makes the order the same everywhere. */
export function compareParts(one: StatePart, other: StatePart): number {
  const [a, b] = [orderOf(one), orderOf(other)];
  const i = a.findIndex((text, n) => text !== b[n]);
  return i < 0 ? 0 : (a[i] as string) < (b[i] as string) ? -1 : 1;
}

const orderOf = ({ serial, from, to, ...content }: StatePart): readonly string[] => [
  serial,
  JSON.stringify([from, to]),
  JSON.stringify(content),
];
