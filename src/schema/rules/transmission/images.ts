import { V4_1 } from '../../editions/index.js';
import type { ColumnName, TransmissionFile } from '../rule.js';

/** A row that names images, in the column that does. */
export interface NamingRow {
  readonly file: TransmissionFile;
  readonly index: number;
  readonly column: ColumnName;
  /** The names, comparable. */
  readonly names: readonly string[];
}

/** A name of an image as it is compared: extensions come in any letter case (section 2). */
export const comparable = (name: string): string => name.trim().toLowerCase();

const JPEG_NAME = /\.jpe?g$/i;

/** The rows that name images: one each, or several by their extensions. */
export function* rowsWithImages(files: readonly TransmissionFile[]): Generator<NamingRow> {
  for (const { namedBy, namedIn } of V4_1.images) {
    for (const file of files) {
      if (file.layout.kind !== namedBy) continue;
      for (const [index, record] of file.records.entries()) {
        const value = record[namedIn];
        if (value === undefined) continue;
        const parts = value.split(/[\s,;、，；]+/).filter((part) => JPEG_NAME.test(part));
        yield { file, index, column: namedIn, names: (parts.length > 1 ? parts : [value]).map(comparable) };
      }
    }
  }
}
