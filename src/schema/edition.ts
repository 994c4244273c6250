import type { Layout, RecordOfLayout } from './layout.js';

/** A kind of image file that accompanies a CSV file (section 2). */
export interface ImageKind {
  readonly kind: string;
  readonly ja: string;
  readonly extension: string;
  /** Digits of the branch number at the end of the name. */
  readonly branchDigits: number;
  /** The column that names the image of its row. */
  readonly namedIn: string;
}

/** One edition of the standard: its csvVersion, its layouts and its images. */
export interface Edition<
  L extends readonly Layout[] = readonly Layout[],
  I extends readonly ImageKind[] = readonly ImageKind[],
> {
  readonly id: string;
  readonly csvVersion: string;
  /** The first service month it applies to, `YYYY-MM`. */
  readonly from: string;
  readonly layouts: L;
  readonly images: I;
}

/** Declares an edition. */
export const defineEdition = <const L extends readonly Layout[], const I extends readonly ImageKind[]>(
  edition: Edition<L, I>,
): Edition<L, I> => Object.freeze(edition);

/** The kinds of CSV file of an edition: `'UPHOSOKU' | 'UP1KYO' | ...`. */
export type KindOf<E> = E extends Edition<infer L> ? L[number]['kind'] : never;

/** The record of one kind of an edition. */
export type RecordOfKind<E, K extends string> =
  E extends Edition<infer L> ? RecordOfLayout<Extract<L[number], { kind: K }>> : never;
