import type { Layout, RecordOfLayout } from './layout.js';

/** A kind of image file that accompanies a CSV file (section 2). */
export interface ImageKind {
  readonly kind: string;
  readonly ja: string;
  readonly extension: string;
  /** Digits of the branch number at the end of the name. */
  readonly branchDigits: number;
  /** The file whose rows name such images, and the column that does. */
  readonly namedBy: string;
  readonly namedIn: string;
}

/** One edition of the standard: its csvVersion, its layouts and its images. */
export interface Edition<
  L extends readonly Layout[] = readonly Layout[],
  I extends readonly ImageKind[] = readonly ImageKind[],
  Id extends string = string,
  V extends string = string,
> {
  readonly id: Id;
  readonly csvVersion: V;
  /** The first service month it applies to, `YYYY-MM`. */
  readonly from: string;
  /** How long the service types in the names of its files are; 0 where there are none (section 2). */
  readonly nameTypeLength: 0 | 2 | 3;
  /** Whether it is written; else it is only read. */
  readonly written: boolean;
  readonly layouts: L;
  readonly images: I;
}

/** Declares an edition. */
export const defineEdition = <
  const L extends readonly Layout[],
  const I extends readonly ImageKind[],
  const Id extends string,
  const V extends string,
>(
  edition: Edition<L, I, Id, V>,
): Edition<L, I, Id, V> => Object.freeze(edition);

/** The kinds of CSV file of an edition: `'UPHOSOKU' | 'UP1KYO' | ...`. */
export type KindOf<E> = E extends Edition<infer L> ? L[number]['kind'] : never;

/** The record of one kind of an edition. */
export type RecordOfKind<E, K extends string> =
  E extends Edition<infer L> ? RecordOfLayout<Extract<L[number], { kind: K }>> : never;
